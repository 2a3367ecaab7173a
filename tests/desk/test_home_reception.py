"""The first page of the reception: who waits, who came, how to find somebody, and no word of a follow-up."""

import datetime

import pytest

from accounts.models import AuditEntry
from common import clock
from tests.factories import AccompanimentFactory, FollowUpFactory, MissionLocaleFactory, YouthFactory

QUERIES = [
    "session",
    "user",
    "memberships",
    "notices unread",
    "the longest waits",
    "how many wait",
    "received last, with their referents",
    "audit",
]


def days_ago(days):
    return clock.now() - datetime.timedelta(days)


@pytest.mark.parametrize("number", [1, 20])
def test_it_costs_the_same_for_1_youth_and_20(
    number, as_member, reception, counsellor, django_assert_num_queries
):
    for _number in range(number):
        YouthFactory(organisation=reception.organisation)
        FollowUpFactory(youth__organisation=reception.organisation, referent=counsellor)
    client = as_member(reception)
    with django_assert_num_queries(len(QUERIES)):
        client.get("/")


def test_the_longest_wait_stands_first(as_member, reception, youth):
    short = YouthFactory(organisation=reception.organisation, created_at=days_ago(2))
    long = YouthFactory(organisation=reception.organisation, created_at=days_ago(12))
    YouthFactory(organisation=MissionLocaleFactory(), created_at=days_ago(40))
    context = as_member(reception).get("/").context
    assert [(row["youth"], row["is_long"]) for row in context["waiting"]] == [(long, True), (short, False)]
    assert context["waiting_count"] == 2


def test_how_many_wait_opens_their_list(as_member, reception, youth):
    waiting = YouthFactory.create_batch(11, organisation=reception.organisation)
    client = as_member(reception)
    page = client.get("/")
    assert len(page.context["waiting"]) < len(waiting)
    assert "11 jeunes attendent" in page.content.decode()
    assert 'href="/youths/?waiting=true"' in page.content.decode()
    rows = client.get("/youths/?waiting=true").context["rows"]
    assert {row.youth for row in rows} == set(waiting)


def test_those_who_came_last_stand_with_their_referent(as_member, reception, youth, counsellor):
    latest = YouthFactory(
        organisation=reception.organisation, created_at=clock.now() + datetime.timedelta(minutes=1)
    )
    rows = as_member(reception).get("/").context["received"]
    assert [(row["youth"], row["referent"]) for row in rows] == [(latest, ""), (youth, str(counsellor))]


def test_somebody_is_found_from_there_by_a_body(as_member, reception, youth):
    client = as_member(reception)
    page = client.get("/").content.decode()
    form = page[page.index('id="find"') - 600 : page.index('id="find"')]
    assert 'method="post" action="/youths/"' in form
    assert "BENALI Yanis" in client.post("/youths/", {"q": "benali"}).content.decode()


def test_not_a_word_of_a_follow_up_is_said(as_member, reception, counsellor):
    waiting = YouthFactory(
        organisation=reception.organisation, housing="hostel", situation="dropping", mobility="Sans permis"
    )
    AccompanimentFactory(
        author=counsellor,
        youths=[waiting],
        text="Une confidence.",
        next_step="Rappeler",
        next_on=clock.today(),
    )
    page = as_member(reception).get("/").content.decode()
    assert waiting.last_name.upper() in page
    for word in ("confidence", "Rappeler", "permis", waiting.get_housing_display()):
        assert word not in page


def test_the_names_shown_are_written_down(as_member, reception, youth):
    waiting = YouthFactory(organisation=reception.organisation)
    as_member(reception).get("/")
    assert set(AuditEntry.objects.get().subject_ids) == {str(youth.pk), str(waiting.pk)}


def test_an_empty_structure_says_what_comes(as_member, reception):
    page = as_member(reception).get("/").content.decode()
    assert "Personne n’attend" in page
    assert "Aucun dossier" in page
