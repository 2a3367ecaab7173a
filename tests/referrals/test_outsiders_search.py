"""An outsider searches, filters, orders and counts by what it is shown: what is hidden changes none of its answers.

Every filter of every list is asked about hidden values, while they are there and after they were changed.
"""

import datetime

import pytest
from django.urls import reverse

from accounts.models import Role
from common.api import parameters_of
from config.api import router
from desk.caseload import CaseloadFilter
from evaluations.filters import EvaluationFilter
from partnerships.filters import AgreementFilter
from referrals.filters import ReferralFilter
from referrals.workflow import Status
from tests.factories import (
    AccompanimentFactory,
    MembershipFactory,
    MissionLocaleFactory,
    PartnerFactory,
    ReferralFactory,
)
from youths.models import PassedNote, Youth
from youths.models.share import SHAREABLE

HIDDEN = {
    "usual_name": "Marinette",
    "birth_date": datetime.date(2004, 2, 29),
    "phone": "06 98 76 54 32",
    "email": "cachee@test.example",
    "commune": "Fos-sur-Mer",
    "housing": "none",
    "situation": "dropping",
    "languages": "tigrigna",
    "recognised_disability": True,
}
PLAIN = {
    name: "" if isinstance(value, str) else False for name, value in HIDDEN.items() if name != "birth_date"
} | {"birth_date": datetime.date(2006, 6, 6)}
PAGES = {
    "referrals:referral_list": ReferralFilter,
    "desk:caseload": CaseloadFilter,
    "partnerships:agreement_list": AgreementFilter,
    "evaluations:evaluation_list": EvaluationFilter,
}
OUTSIDERS = ["agent", "colleague_elsewhere"]  # the others have no list with a person in it


@pytest.fixture
def referral(youth, partner, counsellor):
    """Shared with the partner: the name, and nothing besides. Another partner noted something, which was passed on."""
    values = {"sender": youth.organisation, "youth": youth, "author": counsellor, "fields": []}
    referral = ReferralFactory(recipient=partner, status=Status.ACCEPTED, **values)
    beside = ReferralFactory(recipient=PartnerFactory(), status=Status.ACCEPTED, **values)
    note = AccompanimentFactory(
        author=MembershipFactory(organisation=beside.recipient), youths=[youth], text="Vu."
    )
    PassedNote.objects.create(accompaniment=note, share=referral.share, by=counsellor)
    referral.note_beside = note
    return referral


@pytest.fixture
def colleague_elsewhere(youth, counsellor):
    """Of another Mission Locale, to which the young person was referred, too."""
    other = MissionLocaleFactory()
    ReferralFactory(
        sender=youth.organisation,
        recipient=other,
        youth=youth,
        author=counsellor,
        fields=[],
        status="accepted",
    )
    return MembershipFactory(organisation=other, role=Role.COUNSELLOR)


def probes(referral) -> list[str]:
    """What somebody would try who guesses: beginnings of values, and ids of what is not told."""
    note = referral.note_beside
    numbers = ["0698", "7654", "+33 6 98", HIDDEN["phone"]]
    return [
        "marin",
        "fos",
        *numbers,
        str(note.organisation_id),
        str(note.author.user_id),
        str(referral.youth_id),
    ]


def questions(referral) -> list[tuple[str, str, str]]:
    """Every list of the API and of the pages with each of its filters set to each guess."""
    found = []
    for prefix, resource, _ in router.registry:
        names = (
            parameters_of(resource.filterset_class) if getattr(resource, "filterset_class", None) else set()
        )
        found += [(f"/api/v1/{prefix}/", name) for name in sorted(names)]
    found += [
        (reverse(name), parameter) for name, filters in PAGES.items() for parameter in filters.base_filters
    ]
    return [(path, name, value) for path, name in found for value in probes(referral)]


def told(client, referral) -> dict[tuple, tuple]:
    """By question: the status, and what a list shows, as ids or as the number of rows of a page."""
    found = {}
    for path, name, value in questions(referral):
        ask = client.get if path.startswith("/api/") or name != "q" else client.post  # names travel in bodies
        found[path, name, value] = answer_of(ask(path, {name: value}))
    return found


def answer_of(answer) -> tuple:
    if answer.headers["Content-Type"].startswith("application/"):
        rows = answer.json().get("results", [])
        return answer.status_code, sorted(row["id"] for row in rows)
    page = answer.context.get("page") if answer.context else None
    return answer.status_code, sorted(str(row.pk) for row in page) if page else []


@pytest.mark.parametrize("role", OUTSIDERS)
def test_hidden_values_change_no_answer(request, as_member, referral, role):
    client = as_member(request.getfixturevalue(role))
    youth = Youth.objects.get(pk=referral.youth_id)
    youth.write(**HIDDEN)
    with_them = told(client, referral)
    youth.write(**PLAIN)
    assert told(client, referral) == with_them


def test_the_question_is_worth_asking(as_member, referral, counsellor):
    """The structure itself does find the person by what outsiders may not search: the guesses are real ones."""
    youth = Youth.objects.get(pk=referral.youth_id)
    youth.write(**HIDDEN)
    client = as_member(counsellor)
    asked = [(reverse("referrals:referral_list"), {"q": q}) for q in ("Marinette", "7654", HIDDEN["phone"])]
    assert all(answer_of(client.post(*question))[1] for question in asked)
    youth.write(**PLAIN)
    assert not any(answer_of(client.post(*question))[1] for question in asked)
    assert HIDDEN.keys() - SHAREABLE.keys() == {"usual_name", "housing", "recognised_disability"}


def test_names_shown_are_found_by_whoever_sees_them(as_member, referral, agent, colleague_elsewhere):
    for member in (agent, colleague_elsewhere):
        for words in ("benali", "Yan", "yanis BENALI"):
            found = as_member(member).get("/api/v1/referrals/", {"q": words}).json()["results"]
            assert len(found) == 1, words


def test_lists_are_not_ordered_by_what_is_hidden():
    """Lists have one order each, which no parameter changes; none of an outsider's names a field of the file."""
    for prefix, resource, _ in router.registry:
        if prefix not in {"youths", "follow-ups"}:  # which outsiders have none of
            assert not {name.lstrip("-") for name in resource.ordering} & {"search", *HIDDEN}
