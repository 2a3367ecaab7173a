from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.organisation import UNIONS, Kind, Organisation, Site
from accounts.models.roles import (
    MISSION_LOCALE_STAFF,
    PARTNER_STAFF,
    ROLES_IN_A_MISSION_LOCALE,
    ROLES_IN_A_PARTNER,
    ROLES_IN_A_UNION,
    ROLES_RUN_BY,
    Role,
)
from accounts.models.user import User
from common import clock
from common.records import Record


class MembershipQuerySet(models.QuerySet):
    def active(self):
        """In its dates, for a person and an organisation that are active."""
        today = clock.today()
        return self.filter(
            Q(ends_on=None) | Q(ends_on__gte=today),
            starts_on__lte=today,
            user__is_active=True,
            organisation__is_active=True,
        )

    def able_to_read_files(self):
        """Active, and with a second factor where one is demanded. A client's token stands for its own."""
        if not settings.SECOND_FACTOR_REQUIRED:
            return self.active()
        has_factor = Exists(Authenticator.objects.filter(user=OuterRef("user")))
        return self.active().filter(has_factor | Q(role=Role.CLIENT))

    def staff(self):
        return self.filter(role__in=sorted(MISSION_LOCALE_STAFF))

    def run_by(self, member):
        """The colleagues whom a director or a lead agent invites, changes and lets go, themself among them."""
        return self.filter(organisation=member.organisation_id, role__in=member.roles_run)

    def present(self):
        """Not yet gone: also those who begin later."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=clock.today()))

    def nameable_by(self, member):
        """Colleagues whom a counsellor or director may name as referent, each once: by the latest membership."""
        if not member.is_mission_locale_staff:
            return self.none()
        own = self.active().staff().filter(organisation=member.organisation_id)
        later = Q(starts_on__gt=OuterRef("starts_on")) | Q(
            starts_on=OuterRef("starts_on"), pk__gt=OuterRef("pk")
        )
        own = own.filter(~Exists(own.filter(later, user=OuterRef("user"))))
        return own.select_related("user").order_by("user__last_name", "user__first_name", "pk")


class Membership(Record):
    """A person acting for one organisation in one role between two dates: the actor everywhere."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    organisation_kind = models.CharField(max_length=20, choices=Kind, editable=False)
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

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        constraints = [
            models.CheckConstraint(
                name="membership_role_fits_the_kind_of_organisation",
                condition=Q(organisation_kind=Kind.MISSION_LOCALE, role__in=ROLES_IN_A_MISSION_LOCALE)
                | Q(organisation_kind__in=sorted(UNIONS), role__in=ROLES_IN_A_UNION)
                | Q(organisation_kind=Kind.OTHER, role=Role.ADMINISTRATOR)
                | (
                    ~Q(organisation_kind__in=sorted({Kind.MISSION_LOCALE, *UNIONS}))
                    & Q(role__in=ROLES_IN_A_PARTNER)
                ),
            ),
            models.CheckConstraint(
                name="membership_dates_in_order",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
            ),
            models.UniqueConstraint(
                name="membership_one_open_per_person_and_organisation",
                fields=["user", "organisation"],
                condition=Q(ends_on=None),
            ),
        ]

    def __str__(self):
        return str(self.user)

    def save(self, *args, **kwargs):
        # The kind is copied because a constraint cannot look into another table; an organisation keeps its kind.
        self.organisation_kind = self.organisation.kind
        super().save(*args, **kwargs)

    def clean(self):
        if self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The end comes before the beginning.")})

    @property
    def reads_as(self) -> str | None:
        """The role whose rights count: a client sees what its director, lead agent or network head sees."""
        if self.role != Role.CLIENT:
            return self.role
        if self.organisation_kind == Kind.MISSION_LOCALE:
            return Role.DIRECTOR
        return Role.NETWORK if self.organisation_kind in UNIONS else Role.LEAD

    @property
    def is_mission_locale_staff(self) -> bool:
        return self.reads_as in MISSION_LOCALE_STAFF

    @property
    def is_partner_staff(self) -> bool:
        return self.reads_as in PARTNER_STAFF

    @property
    def roles_run(self) -> list[str]:
        """In which roles this person has others work for the organisation; none for most."""
        return ROLES_RUN_BY.get(self.role, [])

    @property
    def is_director(self) -> bool:
        return self.reads_as == Role.DIRECTOR
