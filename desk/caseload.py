"""What calls for attention in a caseload: its filters, its counters, the words of its rows."""

import datetime
from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_filters import rest_framework as filters

from accounts.models import Role, Site
from accounts.prepared import ForReader
from common import clock
from common.filters import YesNo
from common.ordering import Order, Sorting
from common.pagination import capped_counts
from common.text import words_of
from common.words import day_of
from desk.words import Badge, Due, age_words, days_since, due_words
from exchange.saved.lists import Choice, SavedList, orders_to_keep
from referrals.models import Referral
from referrals.models.referral_queryset import LIKE_A_NUMBER
from youths.filters import Due as DueChoice
from youths.filters import YouthFilter
from youths.models import FollowUp, Reminder, Youth
from youths.models.follow_up import SILENCE, heard_at, not_erased

ANSWERS_SHOWN_FOR = datetime.timedelta(days=14)
STRUCTURE = "structure"


def own_sites(request):
    return Site.objects.filter(organisation=request.member.organisation_id)


class CaseloadFilter(YouthFilter):
    """The young people's filters, one by site, and what asks their referrals: one more, and the search for a number."""

    q = filters.CharFilter(
        method="search",
        label=gettext_lazy("Name, mobile or referral number"),
        widget=forms.SearchInput(attrs={"autocomplete": "off"}),
    )
    site = filters.ModelChoiceFilter(queryset=own_sites, label=gettext_lazy("Site"))
    answered = YesNo(method="with_an_answer", label=gettext_lazy("Partner’s answer received"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.request.member.reads_as == Role.RECEPTION:
            self.filters["q"].label = YouthFilter.base_filters["q"].label

    def search(self, queryset, name, value):
        return queryset.search(value, or_else=self.of_a_case)

    def of_a_case(self, word) -> Q:
        if not LIKE_A_NUMBER.fullmatch(word):
            return Q()
        return Q(pk__in=Referral.objects.visible_to(self.request.member).numbered(word).values("youth"))

    def with_an_answer(self, queryset, name, value):
        return queryset.concerned_by(recently_answered(self.request.member)) if value else queryset


CONTACT = "contact"  # who has no referent has no last contact: the column sorts a caseload, not a structure
ORDERS = (
    Order("name", gettext_lazy("Name, A to Z"), ("search", "pk"), "youth"),
    Order("-name", gettext_lazy("Name, Z to A"), ("-search", "-pk"), "youth"),
    Order("contact", gettext_lazy("Longest without contact"), ("last_news", "pk"), CONTACT),
    Order("-contact", gettext_lazy("Latest contact"), ("-last_news", "-pk"), CONTACT),
    Order("-opened", gettext_lazy("Latest files"), ("-created_at", "-pk")),
)
SAVED = SavedList(
    key="youths",
    title=gettext_lazy("Youths"),
    page="desk:caseload",
    filterset=CaseloadFilter,
    names=("due", "silent", "answered", "waiting", "referent", "site"),
    choices={
        "scope": Choice(gettext_lazy("Whose youths"), {STRUCTURE: gettext_lazy("The whole structure")}),
        **orders_to_keep(ORDERS),
    },
)


def is_own_scope(request) -> bool:
    """Counsellors and directors begin with their own; reception sees the structure's."""
    return request.member.is_mission_locale_staff and request.asked.get("scope") != STRUCTURE


def narrowed(request) -> CaseloadFilter:
    """The young people of the scope, as the request asks for them."""
    visible = Youth.objects.visible_to(request.member)
    if is_own_scope(request):
        visible = visible.followed_by(request.member).annotate(last_news=heard_at("follow_ups__"))
    return CaseloadFilter(request.asked, visible, request=request)


def sorting(request) -> Sorting:
    """What was searched for is shown the likeliest first, and in no other order."""
    if request.named:
        return Sorting(request, ORDERS[:1])
    is_mine = is_own_scope(request)
    return Sorting(request, [order for order in ORDERS if is_mine or order.column != CONTACT])


def order_of(youths: QuerySet, request) -> tuple[str, ...]:
    return youths.best_first if request.named else sorting(request).by


def recently_answered(member, since=None) -> QuerySet:
    """The own referrals that a partner answered since that moment, a fortnight ago by default."""
    answered = Referral.objects.answered_unread(since=since or clock.now() - ANSWERS_SHOWN_FOR)
    return answered.filter(not_erased(member), sender=member.organisation_id)


def of_the_caseload(referent, rows: QuerySet) -> QuerySet:
    """Those of these rows that are about a young person whom this member follows."""
    return rows.filter(youth__in=FollowUp.objects.open().filter(referent=referent).values("youth"))


def as_rows(youths: QuerySet, member, typed="") -> QuerySet:
    """All that `Row` prints, in the query of the list itself."""
    answered = recently_answered(member).filter(youth=OuterRef("pk"))
    cases = Referral.objects.visible_to(member).numbered(*words_of(typed)).filter(youth=OuterRef("pk"))
    return (
        youths.ranked(typed)
        .for_list(member)
        .annotate(answered=Exists(answered), case=Subquery(cases.order_by("-created_at").values("pk")[:1]))
    )


@dataclass(frozen=True)
class Row:
    """A young person in a list (needs `as_rows`), and what was typed to find it."""

    youth: Youth
    typed: str = ""

    @property
    def detail(self) -> str:
        return age_words(self.youth.age)

    @property
    def found_in(self) -> list[str]:
        case = [str(Referral(pk=self.youth.case))] if self.youth.case else []
        return self.youth.found_in(self.typed) + case

    @property
    def last_contact(self) -> str:
        return day_of(self.youth.last_contact_at)

    @property
    def referent(self) -> str:
        names = (self.youth.referent_first_name, self.youth.referent_last_name)
        return " ".join(name for name in names if name)

    @property
    def next_step(self) -> str:
        if self.youth.next_on is None:
            return ""
        return self.youth.next_step or _("Get back in touch")

    @cached_property
    def due(self) -> Due | None:
        return due_words(self.youth.next_on) if self.youth.next_on else None

    @property
    def situation(self) -> Badge:
        """The one thing that a counsellor should know first."""
        youth = self.youth
        if youth.next_on and youth.next_on < clock.today():
            return Badge("bad", due_words(youth.next_on).text)
        if youth.next_on == clock.today():
            return Badge("violet", _("To do today"))
        if youth.answered:
            return Badge("info", _("Partner’s answer received"))
        if youth.follow_up_id is None:
            return not_followed(youth)
        if clock.now() - (youth.last_contact_at or youth.opened_at) > SILENCE:
            return Badge("warn", silence_words(youth.last_contact_at or youth.opened_at))
        return Badge("ok", _("In follow-up"))


def not_followed(youth) -> Badge:
    if youth.waits:
        return Badge("warn", _("Waiting for a follow-up"))
    return Badge("mute", _("Follow-up ended"))


def silence_words(moment) -> str:
    days = days_since(moment)
    return ngettext("No contact for %(days)s day", "No contact for %(days)s days", days) % {"days": days}


@dataclass(frozen=True)
class Counter:
    number: int
    label: str
    query: str
    late: bool = False


def counters(member, *, referent=None, site=None) -> list[Counter]:
    """How many young people each list holds, in one query; of one referent or site, where one is given.

    `query` is the list's filter. Counted from the rows that concern them, which are few, and not from the
    files, which are many.
    """
    chosen = {name: one.pk for name, one in (("referent", referent), ("site", site)) if one}
    since = {"answered": clock.now() - ANSWERS_SHOWN_FOR, "silent": clock.now() - SILENCE}
    found = capped_counts(
        **{name: counted.ids(member, name, since=moment, **chosen) for name, moment in since.items()},
        **{name: counted.ids(member, name, **chosen) for name in ("late", "today")},
    )
    return [
        Counter(found["late"], _("late"), f"due={DueChoice.LATE}", late=True),
        Counter(found["today"], _("to do today"), f"due={DueChoice.TODAY}"),
        Counter(found["answered"], answers_words(found["answered"]), "answered=true"),
        Counter(found["silent"], _("no contact for 30 days"), "silent=true"),
    ]


@ForReader
def counted(member, name: str, *, since=None, referent=None, site=None) -> QuerySet:
    """The young people of one counter, each once."""
    match name:
        case "silent":
            found = FollowUp.objects.visible_to(member).silent(since)
        case "answered":
            found = recently_answered(member, since)
        case "late":
            found = Reminder.objects.visible_to(member).late()
        case "today":
            found = Reminder.objects.visible_to(member).of_today()
    if site:
        found = found.filter(youth__site=site)
    if name == "silent":  # one open follow-up for each
        return (found.filter(referent=referent) if referent else found).values("youth")
    if referent:
        found = of_the_caseload(referent, found)
    return found.order_by().values("youth").distinct()


def answers_words(number) -> str:
    return ngettext("answer from a partner", "answers from partners", number)
