"""Referrals are found by their number and by whom they are about; a number finds the young person, too."""

import re
from uuid import UUID

import pytest
from django.urls import reverse

from accounts.models import Role
from common import clock
from referrals.workflow import Status
from tests.factories import MembershipFactory, PartnerFactory, ReferralFactory, YouthFactory

LIST, CASELOAD = reverse("referrals:referral_list"), reverse("desk:caseload")
PHONE = "06 39 98 01 02"
CASE = UUID("3f2a91bc-0000-4000-8000-000000000000")
BESIDE = UUID("d41f77aa-0000-4000-8000-000000000000")


@pytest.fixture
def known(youth):
    """Benali Yanis, found by a usual name and by a telephone number, too."""
    youth.write(usual_name="Marinette", phone=PHONE)
    return youth


@pytest.fixture
def referral(known, partner, counsellor):
    values = {"sender": known.organisation, "youth": known, "author": counsellor}
    ReferralFactory(id=BESIDE, recipient=PartnerFactory(), **values)
    return ReferralFactory(id=CASE, recipient=partner, fields=["phone"], status=Status.ACCEPTED, **values)


@pytest.fixture
def agent_beside(referral):
    """Of the other partner to which the same person was referred."""
    other = type(referral).objects.get(pk=BESIDE).recipient
    return MembershipFactory(organisation=other, role=Role.AGENT)


def cases(client, typed):
    page = client.post(LIST, {"q": typed})
    by_api = {row["id"] for row in client.get("/api/v1/referrals/", {"q": typed}).json()["results"]}
    shown = {referral.pk for referral in page.context["page"]}
    assert {str(pk) for pk in shown} == by_api
    return shown


def people(client, typed):
    answer = client.post(CASELOAD, {"q": typed, "scope": "structure"})
    return [str(row.youth) for row in answer.context["rows"]]


@pytest.mark.parametrize("typed", ["3F2A91BC", "3f2a", "2a91", "91bc", "3f", "benali 3f2a", "3f2a yanis"])
def test_both_sides_find_a_case_by_its_number(as_member, counsellor, agent, referral, typed):
    assert cases(as_member(counsellor), typed) == {CASE}
    assert cases(as_member(agent), typed) == {CASE}


@pytest.mark.parametrize("typed", ["yan", "benali", "BÉN yanis"])
def test_both_sides_find_a_case_by_the_name(as_member, counsellor, agent, referral, typed):
    assert cases(as_member(counsellor), typed) == {CASE, BESIDE}
    assert cases(as_member(agent), typed) == {CASE}


@pytest.mark.parametrize("typed", [PHONE, "3998", "+33 6 39 98 01 02", "marin"])
def test_the_structure_alone_finds_by_what_is_not_the_name(as_member, counsellor, agent, referral, typed):
    """Even a number that is shared is not searched: what is shared differs from one person to the next."""
    assert cases(as_member(counsellor), typed) == {CASE, BESIDE}
    assert cases(as_member(agent), typed) == set()


@pytest.mark.parametrize("typed", ["benal 3e", "3f2b", "costa", "3f2a91bc0", "3f2a costa"])
def test_what_does_not_fit_finds_nothing(as_member, counsellor, agent, referral, typed):
    for reader in (counsellor, agent):
        assert cases(as_member(reader), typed) == set()


def test_once_the_share_is_closed_the_number_still_finds_the_case(as_member, agent, referral):
    referral.share.close()
    client = as_member(agent)
    assert cases(client, "benali") == cases(client, "yanis 3f2a") == set()
    assert cases(client, "3f2a91bc") == {CASE}
    assert "BENALI" not in client.post(LIST, {"q": "3f2a91bc"}).content.decode()


def test_nobody_finds_the_cases_of_others(
    as_member, agent, agent_beside, stranger_counsellor, stranger_agent, referral
):
    for typed in ("3f2a91bc", "benali 3f2a", "d41f77aa"):
        for stranger in (stranger_counsellor, stranger_agent):
            assert cases(as_member(stranger), typed) == set()
    assert cases(as_member(agent), "d41f") == set()
    assert cases(as_member(agent_beside), "3f2a") == set()
    assert cases(as_member(agent_beside), "d41f") == {BESIDE}


def test_a_draft_is_found_by_its_own_side_alone(as_member, counsellor, agent, known, partner):
    values = {"sender": known.organisation, "recipient": partner, "author": counsellor}
    ReferralFactory(id=CASE, youth=known, status=Status.DRAFT, share=None, **values)
    assert cases(as_member(counsellor), "3f2a") == {CASE}
    assert cases(as_member(agent), "3f2a") == set()


@pytest.mark.parametrize("typed", ["3F2A91BC", "91bc", "benali 3f2a"])
def test_the_number_of_a_case_finds_the_young_person(
    as_member, counsellor, stranger_counsellor, referral, typed
):
    assert people(as_member(counsellor), typed) == ["BENALI Yanis"]
    assert people(as_member(stranger_counsellor), typed) == []


@pytest.mark.parametrize("persona", ["reception", "agent", "volunteer", "network"])
def test_a_number_finds_nobody_for_those_who_see_no_case_or_no_file(request, as_member, referral, persona):
    assert people(as_member(request.getfixturevalue(persona)), "3f2a91bc") == []


def test_letters_alone_are_a_name(as_member, counsellor, mission_locale, partner):
    """One case in forty has 'be' in its number: whoever types a name has not asked for those."""
    for pk, name in [(UUID(int=0xBEBE << 112), "Costa"), (UUID(int=1), "Abebe")]:
        youth = YouthFactory(organisation=mission_locale, last_name=name, first_name="Lou")
        ReferralFactory(id=pk, sender=mission_locale, recipient=partner, author=counsellor, youth=youth)
    assert people(as_member(counsellor), "be") == ["ABEBE Lou"]
    assert people(as_member(counsellor), "bebe0000") == ["COSTA Lou"]
    assert cases(as_member(counsellor), "bebe") == {UUID(int=1)}


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("benali", []),
        ("yan marin", ["Marinette"]),
        ("3998", [PHONE]),
        ("3f2a", ["Orientation 3F2A91BC"]),
        ("39 98 yanis", [PHONE]),
    ],
)
def test_a_row_says_what_was_found_where_it_prints_it_not(as_member, counsellor, referral, typed, told):
    answer = as_member(counsellor).post(CASELOAD, {"q": typed, "scope": "structure"})
    (row,) = answer.context["rows"]
    assert row.found_in == told
    assert all(text in answer.content.decode() for text in told)


@pytest.mark.parametrize(
    ("typed", "told", "told_outside"),
    [
        ("benali", [], []),
        ("3f2a", ["Orientation 3F2A91BC"], ["Orientation 3F2A91BC"]),
        ("39 98 3f2a", [PHONE, "Orientation 3F2A91BC"], None),
        ("marin 3f2a", ["Marinette", "Orientation 3F2A91BC"], None),
    ],
)
def test_a_referral_says_it_too_and_tells_outsiders_nothing_more(
    as_member, counsellor, agent, referral, typed, told, told_outside
):
    for reader, expected in ((counsellor, told), (agent, told_outside)):
        answer = as_member(reader).post(LIST, {"q": typed})
        readings = answer.context["readings"]
        assert [reading.found_in for reading in readings] == (
            [] if expected is None else [expected] * len(readings)
        )
        assert all(text in answer.content.decode() for text in expected or [])
        if reader is agent:
            assert PHONE not in answer.content.decode()


def test_reception_is_told_the_usual_name_that_was_found(as_member, reception, known):
    text = as_member(reception).post(CASELOAD, {"q": "marin"}).content.decode()
    assert re.search(r"BENALI Yanis.*Marinette", text, re.S)
    assert "Marinette" not in as_member(reception).post(CASELOAD, {"q": "benali"}).content.decode()


def test_a_search_costs_what_the_list_costs_and_reads_the_open_shares_first(
    as_member, counsellor, agent, referral, django_assert_num_queries
):
    # session, user, memberships, bell, views, open shares, rows (sent and received apart), their shares, count, audit
    for reader, queries in ((counsellor, 11), (agent, 10)):
        client = as_member(reader)
        with django_assert_num_queries(queries):
            client.post(LIST, {"q": "benali 3f2a"})


def test_a_person_opposed_is_found_by_its_own_structure_alone(as_member, counsellor, agent, referral, known):
    known.write(opposed_at=clock.now())
    assert cases(as_member(counsellor), "benali 3f2a") == {CASE}
    assert cases(as_member(agent), "benali") == set()
