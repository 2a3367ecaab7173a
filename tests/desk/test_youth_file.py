"""A young person's file: what it shows to whom, and that reading it is written down."""

import datetime
import uuid

import pytest
from django.db import connection
from django.db.utils import DatabaseError

from accounts.models import AuditEntry, Role
from common import clock
from desk.timeline import PAGE, Position, entries
from referrals.workflow import Status
from tests.factories import (
    AccompanimentFactory,
    MembershipFactory,
    ReferralFactory,
    YouthFactory,
)
from youths.models.choices import Audience

HTMX = {"HX-Request": "true", "HX-Target": "file"}

FILE = [
    "session",
    "user",
    "memberships",
    "notices unread",
    "youth",
    "open follow-up",
    "reminders",
    "running referrals",
    "team",
    "history of the referents",
    "positions of the timeline",
    "its contacts",
    "its rows of the referent",
    "audit",
]


def url_of(youth, section=""):
    return f"/youths/{youth.pk}/{section}"


def at(days_ago):
    return clock.now() - datetime.timedelta(days_ago)


@pytest.mark.parametrize("number", [1, 19])
def test_the_file_costs_the_same_for_1_contact_and_19(
    number, as_member, counsellor, youth, django_assert_num_queries
):
    AccompanimentFactory.create_batch(number, author=counsellor, youths=[youth])
    client = as_member(counsellor)
    with django_assert_num_queries(len(FILE)):
        client.get(url_of(youth))


@pytest.mark.parametrize(
    "section", ["", "identity/", "edit/", "referent/", "accompaniments/", "follow-up/close/"]
)
def test_reading_is_written_down(section, as_member, counsellor, youth):
    response = as_member(counsellor).get(url_of(youth, section))
    assert response.status_code == 200
    entry = AuditEntry.objects.get()
    assert (entry.by, entry.subject_ids) == (counsellor, [str(youth.pk)])


@pytest.mark.parametrize("section", ["", "identity/", "edit/", "referent/", "accompaniments/"])
def test_nothing_leaves_where_the_reading_cannot_be_written_down(section, as_member, counsellor, youth):
    client = as_member(counsellor)
    client.raise_request_exception = False
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE accounts_auditentry RENAME TO elsewhere")
    try:
        page = client.get(url_of(youth, section)).content.decode()
    except DatabaseError as error:  # PostgreSQL then refuses the rest of the test's transaction
        page = str(error)
    assert "BENALI" not in page


@pytest.mark.parametrize("role", ["agent", "stranger_counsellor", "network", "volunteer", "administrator"])
@pytest.mark.parametrize("section", ["", "identity/", "edit/", "referent/", "accompaniments/"])
def test_what_may_not_be_seen_does_not_exist(role, section, request, as_member, youth):
    response = as_member(request.getfixturevalue(role)).get(url_of(youth, section))
    assert response.status_code == 404
    assert not AuditEntry.objects.exists()


def test_reception_sees_the_identity_and_no_note(as_member, reception, counsellor, youth):
    AccompanimentFactory(author=counsellor, youths=[youth], text="Il a peur de rentrer chez lui.")
    youth.write(recognised_disability=True, mobility="Sans permis", phone="06 12 34 56 78")
    response = as_member(reception).get(url_of(youth), follow=True)
    page = response.content.decode()
    assert response.redirect_chain
    assert "BENALI Yanis" in page
    assert "06 12 34 56 78" in page
    for hidden in ("Il a peur", "Sans permis", "edit/", "accompaniments/"):
        assert hidden not in page


def test_the_timeline_merges_all_kinds_newest_first(as_member, counsellor, youth, agreement):
    AccompanimentFactory(author=counsellor, youths=[youth], happened_at=at(10), text="Le plus ancien.")
    AccompanimentFactory(author=counsellor, youths=[youth], happened_at=at(1), text="Le plus récent.")
    ReferralFactory(
        youth=youth,
        sender=counsellor.organisation,
        agreement=agreement,
        status=Status.COMPLETED,
        sent_at=at(9),
        answered_at=at(6),
        ended_at=at(2),
    )
    entries = as_member(counsellor).get(url_of(youth)).context["entries"]
    moments = [entry.datetime for entry in entries]
    assert moments == sorted(moments, reverse=True)
    kinds = [entry.kind for entry in entries]
    assert kinds == ["contact", "referral", "referral", "referral", "contact", "quiet"]


@pytest.mark.parametrize(("shown", "number"), [("contacts", 2), ("referrals", 1), ("referent", 1), ("?", 4)])
def test_the_timeline_is_narrowed_by_kind(shown, number, as_member, counsellor, youth, agreement):
    AccompanimentFactory.create_batch(2, author=counsellor, youths=[youth])
    ReferralFactory(youth=youth, sender=counsellor.organisation, agreement=agreement)
    response = as_member(counsellor).get(url_of(youth), {"shown": shown})
    assert len(response.context["entries"]) == number


def test_the_timeline_pages_without_a_gap_even_at_one_moment(as_member, counsellor, youth):
    moment = at(3)
    for number in range(45):
        AccompanimentFactory(author=counsellor, youths=[youth], happened_at=moment, text=f"Note {number}.")
    client, url, texts = as_member(counsellor), url_of(youth), []
    while url:
        context = client.get(url).context
        texts += [entry.text for entry in context["entries"] if entry.kind == "contact"]
        url = context["older_url"]
    assert sorted(texts) == sorted(f"Note {number}." for number in range(45))


def test_what_happened_to_one_referral_at_one_moment_is_told_across_pages(as_member, counsellor, youth):
    moment = at(3)
    ReferralFactory(
        youth=youth,
        sender=counsellor.organisation,
        status=Status.COMPLETED,
        sent_at=moment,
        answered_at=moment,
        ended_at=moment,
    )
    AccompanimentFactory.create_batch(PAGE - 2, author=counsellor, youths=[youth])
    first = as_member(counsellor).get(url_of(youth)).context
    second = as_member(counsellor).get(first["older_url"]).context
    told = [entry.title for context in (first, second) for entry in context["entries"] if entry.href]
    assert len(set(told)) == len(told) == 3


def test_what_was_closed_to_the_reader_meanwhile_is_left_out(counsellor, youth):
    gone = Position("contact", clock.now(), str(uuid.uuid4()))
    assert list(entries([gone], youth, counsellor)) == []


@pytest.mark.parametrize("cursor", ["", "x", "gAAAAA", "[" * 5000])
def test_a_broken_cursor_shows_the_newest(cursor, as_member, counsellor, youth):
    response = as_member(counsellor).get(url_of(youth), {"cursor": cursor})
    assert len(response.context["entries"]) == 1


def test_a_note_for_the_team_is_read_by_the_team(as_member, counsellor, colleague, youth):
    AccompanimentFactory(author=counsellor, youths=[youth], text="Entre nous.", audience=Audience.TEAM)
    assert "Entre nous." in as_member(counsellor).get(url_of(youth)).content.decode()
    assert "Entre nous." not in as_member(colleague).get(url_of(youth)).content.decode()


def test_someone_received_without_a_follow_up_waits(as_member, counsellor, mission_locale):
    youth = YouthFactory(organisation=mission_locale)
    response = as_member(counsellor).get(url_of(youth))
    assert response.context["waits"]
    assert url_of(youth, "follow-up/") in response.content.decode()


def test_someone_whose_follow_up_ended_does_not_wait(as_member, counsellor, youth):
    youth.follow_up.close(by=counsellor, reason="Parti à Lyon.")
    response = as_member(counsellor).get(url_of(youth))
    assert not response.context["waits"]
    assert "Parti à Lyon." in response.content.decode()


def test_htmx_gets_the_part_that_changes(as_member, counsellor, youth):
    page = as_member(counsellor).get(url_of(youth), headers=HTMX).content.decode()
    assert 'id="file"' in page
    assert "<html" not in page


def test_names_are_escaped(as_member, counsellor, youth):
    youth.write(first_name="<script>alert(1)</script>")
    AccompanimentFactory(author=counsellor, youths=[youth], text="<img src=x onerror=alert(1)>")
    page = as_member(counsellor).get(url_of(youth)).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_a_director_of_another_structure_sees_nothing(as_member, youth):
    stranger = MembershipFactory(role=Role.DIRECTOR)
    assert as_member(stranger).get(url_of(youth)).status_code == 404
