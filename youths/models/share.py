from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Organisation, User
from accounts.prepared import ForReader
from common import clock
from common.records import Record
from partnerships.models import Agreement

# What may be shown to an outsider, with its label; the name always is. Team-only facts are not here.
SHAREABLE = {
    "birth_date": _("Date of birth"),
    "phone": _("Mobile"),
    "email": _("E-mail"),
    "preferred_channel": _("Preferred channel"),
    "commune": _("Municipality"),
    "situation": _("Situation"),
    "schooling": _("Schooling level"),
    "mobility": _("Mobility"),
    "languages": _("Languages"),
}
TELLING_THE_ADDRESS = {"commune"}


class ShareQuerySet(models.QuerySet):
    def open_to(self, member):
        """The six conditions, computed at each read and by date, so that no job has to close anything.

        The organisation is active; the membership is active, with its second factor; the ground holds
        for the reader at the young person's site; the share is not closed; today lies within its dates;
        the young person has neither opposed the sharing nor been erased.
        """
        if not (member.is_partner_staff or member.is_mission_locale_staff):
            return self.none()
        return self.filter(pk__in=open_shares.ids(member))

    def running_for(self, organisation):
        """Those of the six conditions that do not depend on which of its people reads."""
        return self._running(organisation).filter(organisation=organisation)

    def running(self):
        """The same for whichever organisation each is for."""
        return self._running(OuterRef(OuterRef("organisation")))

    def _running(self, reader):
        today = clock.today()
        return self.filter(
            Q(until__isnull=True) | Q(until__gte=today),
            ground_holds(reader, today),
            organisation__is_active=True,
            closed_at=None,
            from_on__lte=today,
            youth__opposed_at=None,
            youth__erased_at=None,
        )


def ground_holds(reader, today) -> Q:
    """Whether an agreement still links the reader and the structure at the site where the young person goes.

    The ground itself, in force or running off, or its successor in force: what `Referral.send` asks, looked at again.
    """
    # Named from two levels below: a party of an agreement of the share.
    structure, site = OuterRef(OuterRef("youth__organisation")), OuterRef(OuterRef("youth__site"))
    linked = {"structure": structure, "partner": reader, "site": site, "on": today}
    ground = Agreement.objects.upholding(today).linking(**linked).filter(pk=OuterRef("ground"))
    successor = Agreement.objects.in_force(today).linking(**linked).filter(succeeds=OuterRef("ground"))
    return Q(Exists(ground)) | Q(Exists(successor))


@ForReader
def open_shares(member) -> models.QuerySet:
    able = Membership.objects.able_to_read_files().filter(pk=member.pk)
    return Share.objects.running_for(member.organisation_id).filter(
        Q(person=None) | Q(person=member.user_id), organisation__in=able.values("organisation")
    )


class Share(Record):
    """The only door for anyone outside the Mission Locale's staff: who may read which fields, why, until when."""

    youth = models.ForeignKey("youths.Youth", on_delete=models.PROTECT, related_name="shares")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    ground = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="+", db_index=False)
    fields = models.JSONField(default=list)
    shows_accompaniments = models.BooleanField(default=False)
    takes_notes = models.BooleanField(default=False)  # from the recipient's yes on it may write, too
    from_on = models.DateField(default=clock.today)
    until = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)

    objects = ShareQuerySet.as_manager()

    class Meta:
        verbose_name = _("share")
        constraints = [
            models.CheckConstraint(
                name="share_dates_in_order", condition=Q(until=None) | Q(until__gte=F("from_on"))
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "closed_at"],
                name="share_closed",
                condition=Q(closed_at__isnull=False),
            ),
            models.Index(fields=["organisation", "youth"], name="share_open", condition=Q(closed_at=None)),
        ]

    def __str__(self):
        return f"{self.youth} → {self.organisation}"

    def person_shown(self) -> list[tuple[str, str]]:
        """Labels and values of the fields listed that the file fills in; names are shown apart."""
        return [
            (str(SHAREABLE[name]), value)
            for name in fields_shareable_of(self.youth)
            if name in self.fields and (value := value_shown(self.youth, name))
        ]

    def close(self):
        """Called in the transaction of the act that ends the sharing. Closing twice is closing once."""
        if self.closed_at is None:
            self.write(closed_at=clock.now())


def fields_shareable_of(youth) -> list[str]:
    """Names of the fields that may be shared about this person; a protected address takes its own away."""
    return fields_shareable(protected_address=youth.protected_address)


def fields_shareable(*, protected_address: bool) -> list[str]:
    hidden = TELLING_THE_ADDRESS if protected_address else set()
    return [name for name in SHAREABLE if name not in hidden]


def value_shown(youth, name) -> str:
    if name == "birth_date":
        return f"{youth.birth_date:%d/%m/%Y}"
    display = getattr(youth, f"get_{name}_display", None)
    return str(display() if display else getattr(youth, name))
