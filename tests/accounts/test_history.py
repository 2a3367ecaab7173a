"""What happened is written once, and reads are written down before the data leaves."""

from functools import partial

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import resolve, reverse

from accounts import events
from accounts.audit import NotWrittenDown, audited, showing
from accounts.models import AuditEntry
from common import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(youth, counsellor):
    return events.record("changed", youth, by=counsellor, after={"phone": "0600000000"})


@pytest.fixture
def entry(counsellor):
    return AuditEntry.objects.create(by=counsellor, action=AuditEntry.Action.READ, route="desk:home")


@pytest.mark.parametrize("row", ["event", "entry"])
def test_what_happened_is_neither_edited_nor_deleted(request, row):
    written = request.getfixturevalue(row)
    rows = type(written).objects.filter(pk=written.pk)
    for act in (written.save, written.delete, rows.delete, partial(rows.update, moment=clock.now())):
        with pytest.raises(TypeError):
            act()
    assert rows.exists()


def test_an_event_names_who_for_whom_and_about_what(event, youth, counsellor, mission_locale):
    assert (event.by, event.organisation) == (counsellor, mission_locale)
    assert (event.subject_type, event.subject_id) == ("youths.youth", youth.pk)
    assert (event.about_type, event.about_id) == ("youths.youth", youth.pk)
    assert event.position is None, "numbered late"


def test_what_the_software_does_by_itself_has_no_author(youth):
    event = events.record("expired", youth, by=None)
    assert event.by is event.organisation is None


def test_values_are_quoted_as_json_holds_them(youth, counsellor):
    after = {"referent": counsellor, "on": clock.today(), "at": clock.now()}
    event = events.record("changed", youth, by=counsellor, after=after)
    event.refresh_from_db()
    assert event.after["referent"] == str(counsellor.pk)
    assert event.after["on"] == clock.today().isoformat()


# The audit.


@pytest.fixture
def ask(counsellor):
    """Calls a view as the counsellor would, at the address of the home page."""

    def call(view):
        request = RequestFactory().get(reverse("desk:home"))
        request.member, request.user = counsellor, counsellor.user
        request.resolver_match = resolve(reverse("desk:home"))
        return audited(view)(request)

    return call


def test_a_read_is_one_entry_with_its_filters_and_the_ids_shown(ask, youth, counsellor):
    def view(request):
        showing(request, "youths.youth", [youth.pk], {"q": "Benali"})
        return HttpResponse("BENALI")

    ask(view)
    entry = AuditEntry.objects.get()
    assert (entry.by, entry.organisation_id) == (counsellor, counsellor.organisation_id)
    assert entry.route == "desk:home"
    assert entry.filters == ["q"], "what was typed could name someone"
    assert entry.subject_ids == [str(youth.pk)]


def test_nothing_leaves_when_it_cannot_be_written_down(ask, monkeypatch, youth):
    def view(request):
        showing(request, "youths.youth", [youth.pk])
        return HttpResponse("BENALI")

    def broken(*args, **kwargs):
        raise OSError("disk full")

    monkeypatch.setattr(AuditEntry.objects, "bulk_create", broken)
    with pytest.raises(OSError, match="disk full"):
        ask(view)


def test_a_page_that_does_not_say_whom_it_shows_fails(ask):
    with pytest.raises(NotWrittenDown):
        ask(lambda request: HttpResponse("BENALI"))


def test_a_page_that_shows_nobody_says_so_by_an_empty_list(ask):
    def view(request):
        showing(request, "youths.youth", [])
        return HttpResponse("Personne")

    ask(view)
    assert AuditEntry.objects.get().subject_ids == []
