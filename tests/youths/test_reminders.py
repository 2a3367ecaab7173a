"""A reminder is a row for one young person: settled once, put off, and what lists ask stands on the rows they read."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from accounts.models import Event
from common import clock
from common.errors import DomainError, NotPermitted
from tests.factories import AccompanimentFactory, FollowUpFactory, YouthFactory
from youths.actions import log_accompaniment, postpone_reminder, settle_reminder
from youths.models import Accompaniment, FollowUp, Participation, Reminder, Youth
from youths.models.choices import Audience

pytestmark = pytest.mark.django_db


def in_days(days):
    return clock.today() + datetime.timedelta(days)


@pytest.fixture
def reminder(counsellor, youth):
    noted = AccompanimentFactory(author=counsellor, youths=[youth], next_on=in_days(-2), next_step="Appeler")
    return noted.reminders.get()


@pytest.fixture
def pair(counsellor, mission_locale, youth):
    """The reminders of a contact with two young people."""
    contact = Accompaniment(kind="workshop", next_step="Rappeler", next_on=in_days(3))
    noted = log_accompaniment(
        contact, by=counsellor, youths=[youth, YouthFactory(organisation=mission_locale)]
    )
    return list(noted.reminders.order_by("pk"))


def test_a_contact_with_two_reminds_of_each(pair, counsellor, youth):
    assert {reminder.youth_id for reminder in pair} == set(
        pair[0].accompaniment.youths.values_list("pk", flat=True)
    )
    assert {(r.what, r.due_on, r.owner, r.settled_at) for r in pair} == {
        ("Rappeler", in_days(3), counsellor, None)
    }


def test_a_contacts_next_step_is_done_once_it_is_done_for_everybody(pair, counsellor):
    one, other = pair
    settle_reminder(one, by=counsellor)
    contact = Accompaniment.objects.get()
    assert contact.next_done_at is None
    settle_reminder(other, by=counsellor)
    contact.refresh_from_db()
    assert contact.next_done_at == other.settled_at


def test_one_contact_reminds_of_one_person_once(reminder):
    again = Reminder(
        youth=reminder.youth,
        organisation=reminder.organisation,
        structure=reminder.structure,
        owner=reminder.owner,
        accompaniment=reminder.accompaniment,
        due_on=reminder.due_on,
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()


@pytest.mark.parametrize("days", [1, 7, 14])
def test_a_reminder_is_put_off_from_the_file(as_member, counsellor, reminder, days):
    answer = as_member(counsellor).post(f"/reminders/{reminder.pk}/postpone/", {"days": days})
    assert answer.url == reminder.youth.get_absolute_url()
    reminder.refresh_from_db()
    assert reminder.due_on == in_days(days)
    event = Event.objects.get(subject_id=reminder.pk, verb="reminder_postponed")
    assert (event.before, event.about_id) == ({"due_on": str(in_days(-2))}, reminder.youth_id)


@pytest.mark.parametrize("days", ["", "0", "-3", "9999999999", "demain"])
def test_an_odd_number_of_days_changes_nothing(as_member, counsellor, reminder, days):
    client = as_member(counsellor)
    answer = client.post(f"/reminders/{reminder.pk}/postpone/", {"days": days}, follow=True)
    assert "combien de jours" in answer.content.decode()
    reminder.refresh_from_db()
    assert reminder.due_on == in_days(-2)


def test_what_a_colleague_has_settled_is_not_put_off(counsellor, colleague, reminder):
    theirs = Reminder.objects.get(pk=reminder.pk)
    settle_reminder(theirs, by=colleague)
    postpone_reminder(reminder, to=in_days(3), by=counsellor)
    reminder.refresh_from_db()
    assert (reminder.settled_by, reminder.due_on) == (colleague, in_days(-2))
    assert not Event.objects.filter(verb="reminder_postponed").exists()


def test_what_a_colleague_has_put_off_is_still_put_off_and_settled(counsellor, colleague, reminder):
    """Each page was opened before the other's click."""
    pages = [Reminder.objects.get(pk=reminder.pk) for _page in range(2)]
    postpone_reminder(reminder, to=in_days(7), by=colleague)
    postpone_reminder(pages[0], to=in_days(3), by=counsellor)
    settle_reminder(pages[1], by=counsellor)
    reminder.refresh_from_db()
    assert (reminder.settled_by, reminder.due_on) == (counsellor, in_days(3))
    put_off = Event.objects.filter(verb="reminder_postponed").order_by("moment")
    days = [(event.before["due_on"], event.after["due_on"]) for event in put_off]
    assert days == [(str(in_days(-2)), str(in_days(7))), (str(in_days(7)), str(in_days(3)))]


def test_a_reminder_is_not_put_off_into_the_past(counsellor, reminder):
    with pytest.raises(DomainError):
        postpone_reminder(reminder, to=in_days(-1), by=counsellor)


def test_only_who_set_it_settles_it_or_puts_it_off(stranger_counsellor, agent, reminder):
    for other in (stranger_counsellor, agent):
        with pytest.raises(NotPermitted):
            settle_reminder(reminder, by=other)
        with pytest.raises(NotPermitted):
            postpone_reminder(reminder, to=in_days(3), by=other)


def test_reminders_of_a_team_are_seen_by_the_team_alone(counsellor, colleague, youth):
    AccompanimentFactory(author=colleague, youths=[youth], next_on=in_days(1), audience=Audience.TEAM)
    elsewhere = YouthFactory(organisation=colleague.organisation)
    hidden = AccompanimentFactory(
        author=colleague, youths=[elsewhere], next_on=in_days(1), audience=Audience.TEAM
    )
    assert Reminder.objects.visible_to(colleague).count() == 2
    assert not Reminder.objects.visible_to(counsellor).filter(accompaniment=hidden).exists()
    assert Reminder.objects.visible_to(counsellor).filter(youth=youth).exists()


# What is kept on a row so that a read follows an index is recounted from where it comes from.


def test_what_is_kept_on_rows_agrees_with_where_it_comes_from(
    pair, counsellor, colleague, mission_locale, youth
):
    waiting = YouthFactory(organisation=mission_locale)
    late = YouthFactory(organisation=mission_locale)
    follow_up = FollowUp.objects.begin(late, referent=colleague, by=counsellor)
    follow_up.close(by=counsellor, reason="Parti.")
    assert set(Youth.objects.waiting()) == set(Youth.objects.filter(follow_ups=None))
    assert waiting in Youth.objects.waiting()
    assert not FollowUp.objects.exclude(structure=F("youth__organisation")).exists()
    assert Reminder.objects.filter(structure=F("youth__organisation")).count() == 2
    ties = Participation.objects
    assert ties.count() == 2
    assert not ties.exclude(
        structure=F("accompaniment__structure"),
        happened_at=F("accompaniment__happened_at"),
        audience=F("accompaniment__audience"),
    ).exists()


def test_silence_is_counted_from_the_last_news_or_the_beginning(counsellor, mission_locale):
    def followed(opened, heard=None):
        return FollowUpFactory(
            youth=YouthFactory(organisation=mission_locale),
            referent=counsellor,
            opened_at=clock.now() - datetime.timedelta(opened),
            last_contact_at=heard and clock.now() - datetime.timedelta(heard),
        )

    silent = {followed(90, heard=31), followed(31)}
    followed(90, heard=29)
    followed(29)
    assert set(FollowUp.objects.silent()) == silent
