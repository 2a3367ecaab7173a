from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Organisation, Site


class Party(models.Model):
    """An organisation bound by an agreement, on the sites listed or on all of them when none is."""

    agreement = models.ForeignKey(
        "partnerships.Agreement", on_delete=models.PROTECT, related_name="parties", db_index=False
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    sites = models.ManyToManyField(Site, blank=True, related_name="+", verbose_name=_("sites covered"))
    contact = models.ForeignKey(
        Membership,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("single contact"),
    )

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="party_once_per_agreement", fields=["agreement", "organisation"])
        ]

    def __str__(self):
        return str(self.organisation)


class AdhesionQuerySet(models.QuerySet):
    def on(self, day):
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)


class Adhesion(models.Model):
    """An organisation joins, between two dates, the agreement that its network signed."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="adhesions")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = AdhesionQuerySet.as_manager()

    class Meta:
        verbose_name = _("local adhesion")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="adhesion_dates_in_order", condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on"))
            ),
            models.UniqueConstraint(
                name="adhesion_one_open_per_organisation",
                fields=["party", "organisation"],
                condition=Q(ends_on=None),
            ),
        ]

    def __str__(self):
        return str(self.organisation)

    def clean(self):
        network = Organisation.objects.within(self.party.organisation_id)
        if not network.filter(pk=self.organisation_id).exists():
            raise ValidationError(_("Only an organisation of the party’s network can join its agreement."))


class Signatory(models.Model):
    """A named person who signs for a party, in a capacity: a president, a director by delegation."""

    class How(models.TextChoices):
        INSIDE = "inside", _("In Passerelle")
        OUTSIDE = "outside", _("Outside, on paper")

    agreement = models.ForeignKey(
        "partnerships.Agreement", on_delete=models.PROTECT, related_name="signatories"
    )
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="signatories", db_index=False)
    name = models.CharField(
        _("name"), max_length=150, blank=True
    )  # of an interim accord: known when it is signed
    capacity = models.CharField(_("capacity"), max_length=150)
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    how = models.CharField(_("how"), max_length=7, choices=How, blank=True)

    class Meta:
        verbose_name = _("signatory")
        verbose_name_plural = _("signatories")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="signatory_signed_on_goes_with_how",
                condition=(Q(signed_on=None) & Q(how="")) | (Q(signed_on__isnull=False) & ~Q(how="")),
            ),
            models.CheckConstraint(
                name="signatory_named_once_signed", condition=Q(signed_on=None) | ~Q(name="")
            ),
            models.UniqueConstraint(name="signatory_once_per_party", fields=["party", "name"]),
        ]

    def __str__(self):
        return self.name
