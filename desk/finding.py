"""What a few words find, wherever it is: young people, referrals, agreements, partners, pages and acts."""

from dataclasses import dataclass, field
from functools import reduce
from operator import and_

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.models import Membership, Organisation
from common.pagination import first_of
from common.text import MOST_LETTERS, normalised, words_of
from desk.acts import acts_of
from partnerships.models import Agreement
from referrals.models import Referral
from referrals.reading import Reading
from youths.models import Youth

MOST = 5  # of a kind
SHORTEST = 2  # letters of a title


@dataclass(frozen=True)
class Found:
    label: str | Promise
    url: str
    icon: str
    detail: str = ""


@dataclass(frozen=True)
class Findings:
    """In groups, the likeliest first; and whose data they show, for the audit."""

    groups: list[tuple[str, list[Found]]]
    youths: list[Youth] = field(default_factory=list)
    referrals: list[Referral] = field(default_factory=list)

    @property
    def number(self) -> int:
        return sum(len(found) for _title, found in self.groups)


def find(words: str, member: Membership) -> Findings:
    """Without words, what the reader can do."""
    youths = people_called(words, member) if words else []
    referrals = cases_called(words, member) if words else []
    groups = [
        (_("Youths"), [as_found(youth, words, member) for youth in youths]),
        (_("Referrals"), [as_case(Reading(referral, member, words)) for referral in referrals]),
        (_("Pages and acts"), [Found(act.label, act.url, act.icon) for act in acts_called(words, member)]),
        (_("Agreements"), titled(Agreement.objects.visible_to(member), "title", words, "document-text")),
        (
            _("Organisations"),
            titled(Organisation.objects.visible_to(member), "name", words, "building-office-2"),
        ),
    ]
    return Findings([group for group in groups if group[1]], youths, referrals)


def people_called(words, member) -> list[Youth]:
    found = Youth.objects.visible_to(member).search(words)
    order, load = found.best_first, lambda rows: rows.ranked(words).for_list(member)
    return first_of(found.order_by(*order), order, MOST, load)


def cases_called(words, member) -> list[Referral]:
    """A partner finds people inside the referrals that show them to it."""
    if not member.is_partner_staff:
        return []
    order = ("-created_at", "pk")
    visible = Referral.objects.visible_to(member).for_reader(member).for_list()
    return first_of(visible.search(words, member).order_by(*order), order, MOST)


def acts_called(words, member) -> list:
    wanted = words_of(words)
    return [act for act in acts_of(member) if all(word in normalised(str(act.label)) for word in wanted)]


def titled(visible: QuerySet, column: str, words: str, icon: str) -> list[Found]:
    parts = [part[:MOST_LETTERS] for part in words.replace("\0", " ").split()[:MOST]]
    if not parts or max(map(len, parts)) < SHORTEST:
        return []
    called = reduce(and_, (Q(**{f"{column}__icontains": part}) for part in parts))
    return [
        Found(str(one), page_of_a(one), icon) for one in visible.filter(called).order_by(column, "pk")[:MOST]
    ]


def page_of_a(record: Agreement | Organisation) -> str:
    if isinstance(record, Agreement):
        return record.get_absolute_url()
    return reverse("desk:organisation_page", args=[record.pk])


def as_found(youth: Youth, words: str, member) -> Found:
    is_read = member.is_mission_locale_staff
    url = youth.get_absolute_url() if is_read else reverse("desk:youth_identity", args=[youth.pk])
    referent = f"{youth.referent_first_name or ''} {youth.referent_last_name or ''}".strip()
    detail = " · ".join(filter(None, [*youth.found_in(words), referent]))
    return Found(str(youth), url, "user", detail)


def as_case(reading: Reading) -> Found:
    referral = reading.referral
    return Found(reading.title, referral.get_absolute_url(), "arrows-right-left", str(referral))
