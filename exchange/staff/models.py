import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Organisation, Role, Site
from common import clock
from common.records import Record
from exchange.links.purposes import Purpose, declare
from exchange.staff.mail import invitation_words


class InvitationQuerySet(models.QuerySet):
    def visible_to(self, member):
        """Those of the own organisation, to whom runs its staff; to the administrator those sent for the platform."""
        if member.role == Role.ADMINISTRATOR:
            return self.filter(invited_by__organisation=member.organisation_id)
        return self.filter(organisation=member.organisation_id) if member.roles_run else self.none()

    def waiting(self):
        return self.filter(membership=None, revoked_at=None)

    def for_list(self):
        return self.select_related("organisation").order_by("-created_at", "pk")


class Invitation(Record):
    """Somebody is asked to act for an organisation, and does from the day on which they say yes."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", db_index=False, editable=False
    )
    email = models.EmailField(_("e-mail address"))
    first_name = models.CharField(_("first name"), max_length=100)
    last_name = models.CharField(_("last name"), max_length=100)
    role = models.CharField(_("role"), max_length=13, choices=Role)
    title = models.CharField(_("job title"), max_length=120, blank=True)
    site = models.ForeignKey(
        Site,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("site"),
    )
    starts_on = models.DateField(_("from"), default=clock.today)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    invited_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, related_name="+", db_index=False, editable=False
    )
    membership = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, related_name="+", db_index=False, editable=False
    )
    revoked_at = models.DateTimeField(null=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        constraints = [
            models.UniqueConstraint(
                name="invitation_one_waiting_for_each_address",
                fields=["organisation", "email"],
                condition=Q(membership=None, revoked_at=None),
            ),
            models.CheckConstraint(
                name="invitation_dates_in_order",
                condition=Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")),
                violation_error_message=_("The end comes before the beginning."),
            ),
            models.CheckConstraint(
                name="invitation_followed_or_revoked", condition=Q(membership=None) | Q(revoked_at=None)
            ),
        ]

    def __str__(self):
        return f"{self.first_name} {self.last_name}"

    @property
    def stands(self) -> bool:
        is_over = self.ends_on is not None and self.ends_on < clock.today()
        return not (self.membership_id or self.revoked_at or is_over) and self.organisation.is_active


INVITE = declare(
    Purpose(
        name="invite",
        page="exchange:invitation_answer",
        still_stands=lambda invitation: invitation.stands,
        words=invitation_words,
        organisation=lambda invitation: invitation.organisation_id,
        serves=datetime.timedelta(days=7),
    )
)
