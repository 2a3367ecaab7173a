import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Organisation, Site
from common import clock
from common.prepared import Prepared
from common.records import Record
from common.text import digits_of, fits, normalised, searchable, words_of
from exchange.documents.carrier import Carrier
from youths.models.choices import (
    Audience,
    Channel,
    FirstMet,
    Gender,
    Housing,
    Paper,
    Schooling,
    Situation,
)
from youths.models.follow_up import FollowUp
from youths.models.youth_queryset import YouthQuerySet

YOUNGEST, OLDEST, OLDEST_WITH_DISABILITY = 16, 25, 29
TEAM_ONLY = {"recognised_disability"}
NAMES, FOUND = 320, 360  # characters
FOUND_BY = ("last_name", "first_name", "usual_name", "phone")
OLDEST_IN_ANY_FILE = 80  # later birthdays end nothing, but a year may be mistyped


class Youth(Record):
    """A young person's file: the least that is needed, the rest optional and asked when it serves."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    site = models.ForeignKey(
        Site,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=gettext_lazy("site"),
    )
    first_name = models.CharField(gettext_lazy("first name"), max_length=100)
    last_name = models.CharField(gettext_lazy("last name"), max_length=100)
    usual_name = models.CharField(gettext_lazy("usual name"), max_length=100, blank=True)
    birth_date = models.DateField(gettext_lazy("date of birth"))
    gender = models.CharField(gettext_lazy("gender"), max_length=6, choices=Gender, blank=True)
    phone = models.CharField(gettext_lazy("mobile"), max_length=20, blank=True)
    email = models.EmailField(gettext_lazy("e-mail"), blank=True)
    preferred_channel = models.CharField(
        gettext_lazy("preferred channel"), max_length=8, choices=Channel, blank=True
    )
    commune = models.CharField(gettext_lazy("municipality"), max_length=100, blank=True)
    commune_insee = models.CharField(gettext_lazy("INSEE code"), max_length=5, blank=True)
    protected_address = models.BooleanField(
        gettext_lazy("protected address"),
        default=False,
        help_text=gettext_lazy("Where the young person lives is shown to nobody outside the structure."),
    )
    priority_district = models.BooleanField(
        gettext_lazy("lives in a priority district"), null=True, blank=True
    )
    languages = models.CharField(gettext_lazy("languages"), max_length=100, blank=True)
    interpreter = models.BooleanField(gettext_lazy("needs an interpreter"), default=False)
    legal_representative = models.CharField(
        gettext_lazy("legal representative of a minor"), max_length=200, blank=True
    )
    schooling = models.CharField(
        gettext_lazy("schooling level"), max_length=12, choices=Schooling, blank=True
    )
    situation = models.CharField(gettext_lazy("situation"), max_length=10, choices=Situation, blank=True)
    housing = models.CharField(gettext_lazy("housing"), max_length=10, choices=Housing, blank=True)
    mobility = models.CharField(gettext_lazy("mobility"), max_length=200, blank=True)
    first_met = models.CharField(gettext_lazy("how first met"), max_length=9, choices=FirstMet, blank=True)
    recognised_disability = models.BooleanField(
        gettext_lazy("recognised disability"),
        default=False,
        help_text=gettext_lazy("Seen by the team only, never shared; opens the file until the age of 29."),
    )
    waits = models.BooleanField(default=True, editable=False)  # never followed yet
    opposed_at = models.DateTimeField(null=True, editable=False)
    erased_at = models.DateTimeField(null=True, editable=False)
    search = models.CharField(max_length=NAMES, editable=False)  # what lists are ordered by
    found_by = models.CharField(max_length=FOUND, editable=False)  # the names, and the digits of the number
    # The name that every share shows: letter by letter, a search tells what it looks through.
    search_outside = models.CharField(max_length=FOUND, editable=False)

    objects = YouthQuerySet.as_manager()

    DOCUMENTS = Carrier(
        kinds=Paper,
        readers={
            Audience.STRUCTURE: YouthQuerySet.open_to_staff,
            Audience.TEAM: YouthQuerySet.in_the_care_of,
            Audience.SHARED: YouthQuerySet.shown_with_contacts,
        },
        writers=YouthQuerySet.open_to_staff,
        page="desk:youth_documents",
        signed=frozenset({Paper.COMMITMENT}),
    )

    class Meta:
        verbose_name = gettext_lazy("young person")
        verbose_name_plural = gettext_lazy("young people")
        constraints = [
            models.CheckConstraint(
                name="youth_is_named", condition=~Q(first_name="") & ~Q(last_name="") & ~Q(search="")
            ),
        ]
        indexes = [
            # A search reads this index alone, a structure's names from first to last.
            models.Index(
                fields=["organisation", "search", "id", "found_by", "erased_at"], name="youth_by_name"
            ),
            models.Index(
                fields=["organisation", "created_at", "id"], name="youth_waiting", condition=Q(waits=True)
            ),
            models.Index(fields=["organisation", "-created_at"], name="youth_latest"),
            models.Index(
                fields=["site", "search", "id"], name="youth_of_site", condition=Q(site__isnull=False)
            ),
            models.Index(fields=["organisation"], name="youth_erased", condition=Q(erased_at__isnull=False)),
        ]

    def __str__(self):
        return f"{self.last_name.upper()} {self.first_name}"

    def get_absolute_url(self):
        return reverse("desk:youth_file", args=[self.pk])

    def save(self, *args, **kwargs):
        self.gather()
        super().save(*args, **kwargs)

    def write(self, **values):
        if values.keys() & set(FOUND_BY):
            values |= searched_in(*(values.get(name, getattr(self, name)) for name in FOUND_BY))
        super().write(**values)

    def gather(self):
        """Fill the columns that are searched."""
        for name, value in searched_in(*(getattr(self, name) for name in FOUND_BY)).items():
            setattr(self, name, value)

    def clean(self):
        """A person is received from 16 to 25 (29 with a recognised disability); later birthdays end nothing."""
        self.gather()  # constraints are looked at before save() comes to do it
        if self.first_name and self.last_name and not self.search:
            raise ValidationError({"last_name": _("Write a name in letters.")})
        if self.birth_date:
            oldest = OLDEST_WITH_DISABILITY if self.recognised_disability else OLDEST
            if not self._state.adding:
                oldest = OLDEST_IN_ANY_FILE
            if not YOUNGEST <= self.age_on(clock.today()) <= oldest:
                raise ValidationError({"birth_date": age_sentence(self.age_on(clock.today()), oldest)})
        if self.site_id and self.site.organisation_id != self.organisation_id:
            raise ValidationError({"site": _("This site belongs to another organisation.")})

    def check_values(self):
        """As `full_clean`, for thousands of files, without a query: `clean` says what the one constraint does.

        That organisation and site exist is the database's to say; `clean` compares them.
        """
        self.full_clean(exclude=["organisation", "site"], validate_unique=False, validate_constraints=False)

    def age_on(self, day: datetime.date) -> int:
        """Completed years on that day."""
        before_birthday = (day.month, day.day) < (self.birth_date.month, self.birth_date.day)
        return day.year - self.birth_date.year - before_birthday

    @property
    def age(self) -> int:
        return self.age_on(clock.today())

    @property
    def initials(self) -> str:
        return (self.first_name[:1] + self.last_name[:1]).upper()

    def found_in(self, typed: str) -> list[str]:
        """What the words typed are found in, besides the names that lists print."""
        besides = {self.usual_name: normalised(self.usual_name), self.phone: digits_of(self.phone)}
        parts = [fits(word)[1] for word in words_of(typed)]
        return [told for told, text in besides.items() if any(part in searchable(text) for part in parts)]

    def tells_all_to(self, member) -> bool:
        """Whether the person may read and change what is for the team only."""
        return type(self).objects.in_the_care_of(member).filter(pk=self.pk).exists()

    @property
    def follow_up(self):
        """The open follow-up, None while the young person waits for one."""
        return next(iter(open_follow_up.rows(youth=self.pk)), None)


@Prepared
def open_follow_up(*, youth) -> models.QuerySet:
    return FollowUp.objects.open().filter(youth=youth).select_related("referent__user")


def searched_in(last_name, first_name, usual_name, phone) -> dict[str, str]:
    """The columns that order a list, that the structure searches, and that an outsider does.

    Some letters fold to several: what is longer than the columns is nobody's name, and is cut.
    """
    inside, outside = normalised(last_name, first_name, usual_name), normalised(last_name, first_name)
    return {
        "search": inside[:NAMES],
        "found_by": f"{searchable(inside[:NAMES])}{digits_of(phone)} ",
        "search_outside": searchable(outside[:NAMES]),
    }


def age_sentence(age, oldest) -> str:
    if age < 0:
        return _("This date lies in the future.")
    if age > OLDEST_IN_ANY_FILE:
        return _("This date is too far back. Check the year.")
    return _("A Mission Locale welcomes people from 16 to %(oldest)s; this person is %(age)s.") % {
        "oldest": oldest,
        "age": age,
    }
