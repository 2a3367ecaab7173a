from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from accounts.models.roles import DIRECTORY_READERS
from common.records import Record
from partnerships.models.theme import Theme


class ServiceOfferQuerySet(models.QuerySet):
    def visible_to(self, member):
        return self if member.reads_as in DIRECTORY_READERS else self.none()

    def open(self):
        return self.filter(is_open=True, organisation__is_active=True)

    def for_list(self):
        return self.select_related("organisation", "theme").order_by("title", "pk")


class ServiceOffer(Record):
    """What an organisation proposes to the young people referred to it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="+", db_index=False)
    title = models.CharField(_("title"), max_length=150)
    description = models.TextField(_("description"), blank=True)
    places = models.PositiveSmallIntegerField(_("places"), null=True, blank=True)
    is_open = models.BooleanField(_("open"), default=True)

    objects = ServiceOfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("service offer")
        constraints = [
            models.CheckConstraint(name="service_offer_has_a_title", condition=~Q(title="")),
        ]

    def __str__(self):
        return self.title
