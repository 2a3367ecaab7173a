"""The first page, by role."""

import datetime
import re
from html import unescape

import pytest

from accounts.models import AuditEntry, Role
from common import clock
from partnerships.models import AgreementKind
from partnerships.workflow import Status as AgreementStatus
from referrals.models import Urgency
from referrals.workflow import Status
from tests.factories import (
    AccompanimentFactory,
    AgreementFactory,
    FollowUpFactory,
    MembershipFactory,
    ReferralFactory,
    YouthFactory,
)

COUNSELLOR = [
    "session",
    "user",
    "memberships",
    "notices unread",
    "counters",
    "next actions",
    "answers",
    "given",
    "taken",
    "files opened lately",
    "their names",
    "audit",
]


def in_days(days):
    return clock.today() + datetime.timedelta(days)


def followed(counsellor, next_on, **names):
    youth = YouthFactory(organisation=counsellor.organisation, **names)
    FollowUpFactory(youth=youth, referent=counsellor)
    AccompanimentFactory(author=counsellor, youths=[youth], next_on=next_on, next_step="Appeler")
    return youth


@pytest.mark.parametrize("number", [1, 20])
def test_a_counsellors_home_costs_the_same_for_1_youth_and_20(
    number, as_member, counsellor, agreement, django_assert_num_queries
):
    client = as_member(counsellor)
    for _number in range(number):
        youth = followed(counsellor, in_days(-1))
        ReferralFactory(
            youth=youth, sender=counsellor.organisation, agreement=agreement, status=Status.ACCEPTED
        )
    client.get(youth.get_absolute_url())
    with django_assert_num_queries(len(COUNSELLOR)):
        client.get("/")


def test_a_counsellor_begins_with_what_is_latest(as_member, counsellor, colleague):
    later = followed(counsellor, in_days(5))
    late = followed(counsellor, in_days(-3))
    followed(colleague, in_days(-9))
    response = as_member(counsellor).get("/")
    rows = response.context["to_do"]
    assert [row.youth for row in rows] == [late, later]
    assert [row.due.late for row in rows] == [True, False]
    assert not response.context["nothing_late"]


def test_nothing_late_says_so_and_what_comes_next(as_member, counsellor):
    youth = followed(counsellor, in_days(4))
    context = as_member(counsellor).get("/").context
    assert context["nothing_late"]
    assert context["to_do"][0].youth == youth


def test_the_names_on_the_home_page_are_written_down(as_member, counsellor):
    youth = followed(counsellor, in_days(0))
    as_member(counsellor).get("/")
    assert AuditEntry.objects.get().subject_ids == [str(youth.pk)]


def test_files_opened_lately_come_back(as_member, counsellor, mission_locale):
    one, two = YouthFactory.create_batch(2, organisation=mission_locale)
    client = as_member(counsellor)
    for youth in (one, two, one):
        client.get(youth.get_absolute_url())
    assert client.get("/").context["recent"] == [one, two]


def test_answers_of_a_fortnight_about_the_own_caseload(as_member, counsellor, colleague, agreement):
    for referent, days in ((counsellor, 3), (counsellor, 20), (colleague, 3)):
        youth = followed(referent, in_days(9))
        ReferralFactory(
            youth=youth,
            sender=counsellor.organisation,
            agreement=agreement,
            status=Status.DECLINED,
            sent_at=clock.now() - datetime.timedelta(30),
            answered_at=clock.now() - datetime.timedelta(days),
        )
    answers = as_member(counsellor).get("/").context["answers"]
    assert [(answer["youth"].follow_up.referent, answer["tone"]) for answer in answers] == [
        (counsellor, "bad")
    ]


def test_a_director_sees_what_waits_and_what_ends(as_member, director, counsellor, mission_locale, partner):
    waiting = YouthFactory(organisation=mission_locale, created_at=clock.now() - datetime.timedelta(12))
    followed(counsellor, in_days(-1))
    both = [mission_locale, partner]
    lead = {"lead_organisation": mission_locale, "between": both}
    unsigned = AgreementFactory(status=AgreementStatus.TO_SIGN, **lead)
    ending = AgreementFactory(signed_on=clock.months_after(clock.today(), -20), **lead)
    AgreementFactory(**lead)
    youth = YouthFactory(organisation=mission_locale)
    ReferralFactory(youth=youth, sender=mission_locale, by_letter=True)
    context = as_member(director).get("/").context
    assert waiting in [row["youth"] for row in context["waiting"]]
    assert context["waiting"][0]["is_long"]
    assert context["to_sign"] == [unsigned]
    assert [row["agreement"] for row in context["ending"]] == [ending]
    assert context["letters"] == 1
    held = {row["name"]: (row["held"], row["late"]) for row in context["caseloads"]}
    assert held[str(counsellor)] == (1, 1)


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "convention à signer"), (1, "convention à signer"), (2, "conventions à signer")],
)
def test_counters_agree_with_their_number(number, words, as_member, director, mission_locale, partner):
    for _number in range(number):
        both = {"lead_organisation": mission_locale, "between": [mission_locale, partner]}
        AgreementFactory(status=AgreementStatus.TO_SIGN, **both)
    page = as_member(director).get("/").content.decode()
    assert f'<span class="counter-label">{words}</span>' in page


def test_a_directors_counters_open_the_rows_they_count(
    as_member, director, agreement, mission_locale, partner
):
    interim = AgreementFactory(
        kind=AgreementKind.INTERIM,
        term_months=6,
        lead_organisation=mission_locale,
        between=[mission_locale, partner],
    )
    letter = ReferralFactory(sender=mission_locale, by_letter=True, agreement=None)
    ReferralFactory(sender=mission_locale, recipient=partner, agreement=agreement)
    client = as_member(director)
    links = re.findall(r'href="(/(?:agreements|referrals)/\?[^"]+)"', client.get("/").content.decode())
    assert links == ["/referrals/?by_letter=true", "/agreements/?kind=interim&amp;phase=in_force"]
    by_letter, in_force = (client.get(unescape(link)).context for link in links)
    assert [reading.referral for reading in by_letter["readings"]] == [letter]
    assert [cycle.agreement for cycle in in_force["cycles"]] == [interim]


def test_a_director_sees_first_who_leaves_with_a_caseload(as_member, director, counsellor, mission_locale):
    for _number in range(3):
        followed(counsellor, in_days(1))
    leaving = MembershipFactory(organisation=mission_locale, ends_on=in_days(10), role=Role.COUNSELLOR)
    followed(leaving, in_days(1))
    first = as_member(director).get("/").context["caseloads"][0]
    assert (first["name"], first["held"]) == (str(leaving), 1)


def test_a_director_sees_how_long_partners_take(as_member, director, agreement, mission_locale, partner):
    for days in (2, 4):
        ReferralFactory(
            sender=mission_locale,
            recipient=partner,
            agreement=agreement,
            status=Status.ACCEPTED,
            sent_at=clock.now() - datetime.timedelta(10),
            answered_at=clock.now() - datetime.timedelta(10 - days),
        )
    (row,) = as_member(director).get("/").context["answer_times"]
    assert (row["name"], row["answered"], row["late"]) == (str(partner), 2, 0)
    assert row["time"].startswith("3")


def test_a_partner_answers_the_urgent_ones_first(as_member, agent, agreement, mission_locale, partner):
    received = {"sender": mission_locale, "recipient": partner, "agreement": agreement}
    calm = ReferralFactory(answer_by=in_days(-1), **received)
    urgent = ReferralFactory(urgency=Urgency.URGENT, answer_by=in_days(2), **received)
    running = ReferralFactory(status=Status.ACCEPTED, **received)
    ReferralFactory(status=Status.DRAFT, **received)
    ReferralFactory()
    answer = as_member(agent).get("/")
    context = answer.context
    assert "Réponse attendue pour le" not in answer.content.decode()  # “Demain” may follow, as well as a date
    assert [row["referral"] for row in context["to_answer"]] == [urgent, calm]
    assert [row["referral"] for row in context["running"]] == [running]


def test_what_has_expired_takes_no_place_of_what_a_partner_may_answer(
    as_member, agent, agreement, mission_locale, partner
):
    received = {"sender": mission_locale, "recipient": partner, "agreement": agreement}
    expired = {"sent_at": clock.now() - datetime.timedelta(120), "answer_by": in_days(-110)}
    ReferralFactory.create_batch(12, **received, **expired)
    fresh = ReferralFactory(**received)
    assert [row["referral"] for row in as_member(agent).get("/").context["to_answer"]] == [fresh]


def test_a_partner_reads_no_name_once_the_share_is_closed(
    as_member, agent, agreement, mission_locale, partner
):
    referral = ReferralFactory(
        youth__last_name="Secrète",
        sender=mission_locale,
        recipient=partner,
        agreement=agreement,
        status=Status.ACCEPTED,
    )
    client = as_member(agent)
    assert "SECRÈTE" in client.get("/").content.decode()
    referral.share.close()
    assert "SECRÈTE" not in client.get("/").content.decode()


@pytest.mark.parametrize(
    "role",
    [
        "counsellor",
        "director",
        "reception",
        "agent",
        "lead",
        "stranger_agent",
        "network",
        "volunteer",
        "administrator",
    ],
)
def test_every_role_has_a_home_even_an_empty_one(role, request, as_member):
    member = request.getfixturevalue(role)
    response = as_member(member).get("/")
    assert response.status_code == 200
    assert AuditEntry.objects.exists()


@pytest.mark.parametrize("role", ["network", "volunteer", "administrator", "stranger_agent"])
def test_no_young_person_is_named_to_those_who_see_none(role, request, as_member, youth):
    assert "BENALI" not in as_member(request.getfixturevalue(role)).get("/").content.decode()
