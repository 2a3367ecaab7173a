from uuid import UUID

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models.roles import DIRECTORY_READERS
from common.records import Record


class Kind(models.TextChoices):
    MISSION_LOCALE = "mission_locale", _("Mission Locale")
    REGIONAL_UNION = "regional_union", _("Regional union")
    NATIONAL_UNION = "national_union", _("National union")
    TEMP_AGENCY = "temp_agency", _("Temp-work agency")
    CHAMBER = "chamber", _("Chamber of trades")
    FOUNDATION = "foundation", _("Foundation or association")
    TRAINING_BODY = "training_body", _("Training body")
    EMPLOYER = "employer", _("Employer")
    PUBLIC_SERVICE = "public_service", _("Public service")
    STATE_SERVICE = "state_service", _("State service")
    FUNDER = "funder", _("Funder")
    OTHER = "other", _("Other organisation")


UNIONS = frozenset({Kind.REGIONAL_UNION, Kind.NATIONAL_UNION})


class Level(models.TextChoices):
    LOCAL = "local", _("Local")
    DEPARTMENTAL = "departmental", _("Departmental")
    REGIONAL = "regional", _("Regional")
    NATIONAL = "national", _("National")


class OrganisationQuerySet(models.QuerySet):
    def visible_to(self, member):
        """Every signed-in person but a volunteer reads the directory."""
        return self if member.reads_as in DIRECTORY_READERS else self.none()

    def within(self, organisation_id):
        """The organisation and those below it, two levels down (union, regional union, structure)."""
        return self.filter(
            Q(pk=organisation_id) | Q(parent=organisation_id) | Q(parent__parent=organisation_id)
        )

    def called(self, name: str):
        """The one of that identifier or short name, as commands are told it."""
        try:
            return self.filter(Q(pk=UUID(name)) | Q(short_name=name))
        except ValueError:
            return self.filter(short_name=name)

    def for_list(self):
        return self.select_related("parent").order_by("name", "pk")


class Organisation(Record):
    """A Mission Locale, a partner, a union. It exists without users: a partner need not have an account."""

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    level = models.CharField(_("level"), max_length=12, choices=Level, default=Level.LOCAL)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("network"),
    )
    name = models.CharField(_("name"), max_length=200)
    short_name = models.SlugField(_("short name"), max_length=60, unique=True)
    siret = models.CharField("SIRET", max_length=14, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    commune = models.CharField(_("municipality"), max_length=100, blank=True)
    commune_insee = models.CharField(_("INSEE code"), max_length=5, blank=True)
    region = models.CharField(_("region"), max_length=60, blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    is_sensitive = models.BooleanField(
        _("sensitive"), default=False, help_text=_("Its very name tells something about a young person.")
    )
    is_active = models.BooleanField(_("active"), default=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        constraints = [
            models.CheckConstraint(
                name="organisation_is_not_its_own_parent", condition=~Q(parent=models.F("id"))
            ),
            models.UniqueConstraint(
                name="organisation_one_for_each_siret",
                fields=["siret"],
                condition=~Q(siret=""),
                violation_error_message=_("This SIRET belongs to another organisation already."),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("desk:organisation_page", args=[self.pk])

    @property
    def is_mission_locale(self) -> bool:
        return self.kind == Kind.MISSION_LOCALE

    @property
    def is_union(self) -> bool:
        return self.kind in UNIONS


class Site(models.Model):
    """One place where an organisation receives people; an agreement may cover some sites only."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="sites", db_index=False
    )
    name = models.CharField(_("name"), max_length=120)
    commune = models.CharField(_("municipality"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("site")
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(name="site_named_once", fields=["organisation", "name"])]

    def __str__(self):
        return self.name
