"""The quick-log, reminders and the page that asks with whom."""

import datetime
import uuid

import pytest

from accounts.models import AuditEntry, Event
from common import clock
from common.errors import Stale
from tests.factories import AccompanimentFactory, FollowUpFactory, ThemeFactory, YouthFactory
from youths.actions import log_accompaniment, settle_reminder
from youths.models import Accompaniment, Reminder
from youths.models.choices import Audience

HTMX = {"HX-Request": "true", "HX-Target": "file"}


def url_of(youth):
    return f"/youths/{youth.pk}/accompaniments/"


def typed(**changes):
    values = {"record_id": str(uuid.uuid4()), "kind": "call", "text": "A rappelé.", "reminder": "none"}
    return values | {"audience": "structure"} | changes


def in_days(days):
    return clock.today() + datetime.timedelta(days)


def test_a_contact_is_noted_and_moves_the_last_contact(as_member, counsellor, youth):
    response = as_member(counsellor).post(url_of(youth), typed())
    assert response.url == youth.get_absolute_url()
    logged = Accompaniment.objects.get()
    assert (logged.kind, logged.made, logged.author) == ("call", True, counsellor)
    assert list(logged.youths.all()) == [youth]
    assert youth.follow_up.last_contact_at == logged.happened_at


def test_nobody_answered_is_a_call_that_was_not_made(as_member, counsellor, youth):
    due = AccompanimentFactory(author=counsellor, youths=[youth], next_on=in_days(-1))
    as_member(counsellor).post(url_of(youth), typed(kind="no_answer", settle="on"))
    logged = Accompaniment.objects.exclude(pk=due.pk).get()
    assert (logged.kind, logged.made) == ("call", False)
    assert youth.follow_up.last_contact_at is None
    due.refresh_from_db()
    assert due.next_done_at is None


@pytest.mark.parametrize("moment", ["0001-01-01T00:00", "1900-01-01T00:00", "9999-12-31T23:59"])
def test_a_moment_that_cannot_be_is_refused(moment, as_member, counsellor, youth):
    """PostgreSQL gives the first back as a year before Christ, which no page could show again."""
    client = as_member(counsellor)
    response = client.post(url_of(youth), typed(happened_at=moment))
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"happened_at"}
    assert "A rappelé." in response.content.decode()
    assert client.get(youth.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("reminder", "next_on"),
    [
        ({"reminder": "none"}, None),
        ({"reminder": "none", "next_on": in_days(3), "next_step": "Oublié"}, None),
        ({"reminder": "week"}, in_days(7)),
        ({"reminder": "fortnight", "next_step": "Appeler"}, in_days(14)),
        ({"reminder": "date", "next_on": in_days(3)}, in_days(3)),
    ],
)
def test_reminders(reminder, next_on, as_member, counsellor, youth):
    response = as_member(counsellor).post(url_of(youth), typed(**reminder))
    assert response.status_code == 302
    assert Accompaniment.objects.get().next_on == next_on


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "telepathy"}, "kind"),
        ({"reminder": "date"}, "next_on"),
        ({"reminder": "date", "next_on": "2020-01-01"}, "next_on"),
        ({"minutes": "1500"}, "minutes"),
        ({"happened_at": "2090-01-01T10:00"}, "happened_at"),
        ({"audience": "everybody"}, "audience"),
    ],
)
def test_a_mistake_is_told_at_its_field_and_loses_nothing(wrong, field, as_member, counsellor, youth):
    client, values = as_member(counsellor), typed(text="Long récit.")
    response = client.post(url_of(youth), values | wrong)
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {field}
    assert "Long récit." in response.content.decode()
    assert not Accompaniment.objects.exists()
    assert client.post(url_of(youth), values).status_code == 302


def test_a_double_click_notes_one_contact(as_member, counsellor, youth):
    client, values = as_member(counsellor), typed()
    assert client.post(url_of(youth), values).url == client.post(url_of(youth), values).url
    assert Accompaniment.objects.count() == 1


def test_the_same_form_with_other_words_is_not_swallowed(as_member, counsellor, youth):
    client, values = as_member(counsellor), typed()
    client.post(url_of(youth), values)
    response = client.post(url_of(youth), values | {"text": "Autre chose."})
    assert response.status_code == 422
    assert "Autre chose." in response.content.decode()


def test_htmx_is_led_to_the_part_of_the_file_with_its_toast(as_member, counsellor, youth):
    response = as_member(counsellor).post(url_of(youth), typed(text="Tout neuf."), headers=HTMX, follow=True)
    page = response.content.decode()
    assert "<html" not in page
    assert 'id="file"' in page
    assert "Tout neuf." in page
    assert "beforeend:#toasts" in page


def test_htmx_gets_a_mistake_back_in_the_form_alone(as_member, counsellor, youth):
    response = as_member(counsellor).post(url_of(youth), typed(kind=""), headers=HTMX)
    assert response.status_code == 422
    assert response["HX-Retarget"] == "#quick-log"
    assert response.content.decode().lstrip().startswith("<form")


def test_what_was_due_is_settled_with_the_contact(as_member, counsellor, youth):
    due = AccompanimentFactory(author=counsellor, youths=[youth], next_on=in_days(-2))
    later = AccompanimentFactory(author=counsellor, youths=[youth], next_on=in_days(5))
    as_member(counsellor).post(url_of(youth), typed(settle="on"))
    due.refresh_from_db()
    later.refresh_from_db()
    assert due.next_done_at
    assert not later.next_done_at


def test_a_reminder_is_settled_by_its_button(as_member, counsellor, youth):
    due = AccompanimentFactory(author=counsellor, youths=[youth], next_on=in_days(-2))
    client, url = as_member(counsellor), f"/reminders/{due.reminders.get().pk}/settle/"
    assert client.get(url).status_code == 405
    assert client.post(url, {"youth": "not-an-id"}).url == youth.get_absolute_url()
    due.refresh_from_db()
    assert due.next_done_at
    assert client.post(url).status_code == 302, "a double click settles once"


@pytest.mark.parametrize("role", ["reception", "agent", "stranger_counsellor", "network"])
def test_others_settle_nothing(role, request, as_member, counsellor, youth):
    due = AccompanimentFactory(author=counsellor, youths=[youth], next_on=in_days(-2))
    client = as_member(request.getfixturevalue(role))
    assert client.post(f"/reminders/{due.reminders.get().pk}/settle/").status_code == 404


def test_a_colleague_outside_the_team_does_not_settle_its_reminders(as_member, counsellor, colleague, youth):
    due = AccompanimentFactory(author=counsellor, youths=[youth], next_on=in_days(-2), audience=Audience.TEAM)
    assert as_member(colleague).post(f"/reminders/{due.reminders.get().pk}/settle/").status_code == 404


@pytest.mark.parametrize(
    ("role", "status"), [("reception", 403), ("agent", 404), ("stranger_counsellor", 404)]
)
def test_others_note_nothing(role, status, request, as_member, youth):
    client = as_member(request.getfixturevalue(role))
    assert client.post(url_of(youth), typed()).status_code == status
    assert not Accompaniment.objects.exists()


def test_whom_the_contact_was_with(as_member, counsellor, colleague, youth):
    elsewhere = YouthFactory(organisation=counsellor.organisation, last_name="Costa", first_name="Inès")
    FollowUpFactory(youth=elsewhere, referent=colleague)
    client = as_member(counsellor)
    assert list(client.get("/contacts/new/").context["youths"]) == [youth]
    assert list(client.post("/contacts/new/", {"q": "ines"}).context["youths"]) == [elsewhere]
    assert AuditEntry.objects.latest("moment").subject_ids == [str(elsewhere.pk)]
    assert client.post("/contacts/new/", {"q": "x" * 200}).status_code == 200


@pytest.mark.parametrize("role", ["reception", "agent", "network", "volunteer", "administrator"])
def test_only_staff_is_asked(role, request, as_member):
    assert as_member(request.getfixturevalue(role)).get("/contacts/new/").status_code == 403


def test_what_is_tied_to_a_contact_is_part_of_it(counsellor, mission_locale, youth):
    """The event tells with whom it was, and the same id for someone else is no repetition."""
    other, theme, pk = YouthFactory(organisation=mission_locale), ThemeFactory(), uuid.uuid4()

    def note(youths, themes=()):
        return log_accompaniment(
            Accompaniment(pk=pk, kind="call"), by=counsellor, youths=youths, themes=themes
        )

    first = note([youth, other], [theme])
    assert note([other, youth], [theme]) == first
    assert Event.objects.get(subject_id=pk).after["youths"] == sorted([str(youth.pk), str(other.pk)])
    for youths, themes in [([youth], [theme]), ([youth, other], [])]:
        with pytest.raises(Stale):
            note(youths, themes)


def test_a_reminder_that_two_settle_at_once_is_settled_once(counsellor, colleague, youth):
    pk = AccompanimentFactory(author=counsellor, youths=[youth], next_on=in_days(-1)).reminders.get().pk
    mine, theirs = Reminder.objects.get(pk=pk), Reminder.objects.get(pk=pk)
    settle_reminder(mine, by=counsellor)
    settle_reminder(theirs, by=colleague)
    assert Event.objects.get(subject_id=pk, verb="reminder_settled").by == counsellor


def test_contacts_of_the_erased_alone_are_gone_and_those_of_a_group_stay(counsellor, mission_locale, youth):
    other = YouthFactory(organisation=mission_locale)
    alone = AccompanimentFactory(author=counsellor, youths=[youth])
    group = AccompanimentFactory(author=counsellor, youths=[youth, other])
    youth.write(erased_at=clock.now())
    assert list(Accompaniment.objects.visible_to(counsellor)) == [group]
    assert alone.pk != group.pk
    other.write(erased_at=clock.now())
    assert not Accompaniment.objects.visible_to(counsellor).exists()
