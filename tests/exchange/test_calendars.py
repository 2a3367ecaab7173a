"""A person's dates, read by a calendar that does not sign in: what its rights show today, with initials alone."""

import datetime
import re

import pytest
import vobject
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEntry
from common import clock
from evaluations.actions import open_evaluation
from evaluations.periods import opens_on
from exchange.models import CalendarAddress
from referrals.workflow import Status
from tests import factories
from youths import actions
from youths.models import Reminder

pytestmark = pytest.mark.django_db
SOON = datetime.timedelta(5)


@pytest.fixture
def address_of():
    def made(member) -> str:
        secret = CalendarAddress.objects.renew(member)[1]
        return reverse("exchange:calendar_feed", args=[secret])

    return made


def events(url) -> dict:
    """By key, as a second parser reads them, which refuses what the standard does."""
    answer = Client().get(url)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = vobject.readOne(answer.content.decode())
    return {event.uid.value.partition("@")[0]: event for event in getattr(calendar, "vevent_list", [])}


@pytest.fixture
def youth(mission_locale, counsellor):
    youth = factories.YouthFactory(organisation=mission_locale, first_name="Zoé", last_name="Kervadec")
    factories.FollowUpFactory(youth=youth, referent=counsellor)
    return youth


@pytest.fixture
def reminder(youth, counsellor):
    factories.AccompanimentFactory(
        author=counsellor, youths=[youth], next_step="Appeler sa mère", next_on=clock.today() + SOON
    )
    return Reminder.objects.get()


def test_a_reminder_is_a_whole_day_with_initials_and_a_link(address_of, counsellor, reminder, settings):
    url = address_of(counsellor)
    event = events(url)[f"reminder-{reminder.pk}"]
    assert event.dtstart.value == reminder.due_on
    assert event.dtend.value == reminder.due_on + clock.ONE_DAY
    assert event.summary.value == "Relance\u00a0: ZK"
    assert event.url.value == settings.SITE_URL + reminder.youth.get_absolute_url()
    text = Client().get(url).content.decode()
    assert not re.search("Zo|Kervadec|mère", text)


def test_what_is_put_off_keeps_its_name_and_counts_on(address_of, counsellor, reminder):
    url = address_of(counsellor)
    before = events(url)[f"reminder-{reminder.pk}"]
    actions.postpone_reminder(reminder, to=reminder.due_on + SOON, by=counsellor)
    after = events(url)[f"reminder-{reminder.pk}"]
    assert after.dtstart.value > before.dtstart.value
    assert int(after.sequence.value) > int(before.sequence.value)


def test_what_is_settled_is_cancelled_for_a_week(address_of, counsellor, reminder):
    url, key = address_of(counsellor), f"reminder-{reminder.pk}"
    before = events(url)[key]
    actions.settle_reminder(reminder, by=counsellor)
    for _calendar in range(2):  # the second one looks later
        event = events(url)[key]
        assert event.status.value == "CANCELLED"
        assert int(event.sequence.value) > int(before.sequence.value)
        assert event.summary.value == "Passerelle"
    with clock.at(clock.now() + datetime.timedelta(8)):
        assert key not in events(url)


def test_a_colleague_is_told_of_the_own_caseload_alone(address_of, colleague, director, reminder):
    assert events(address_of(colleague)) == {}
    assert f"reminder-{reminder.pk}" not in events(address_of(director))


def test_a_hand_over_moves_the_reminder(address_of, counsellor, colleague, reminder):
    former, new, key = address_of(counsellor), address_of(colleague), f"reminder-{reminder.pk}"
    assert key in events(former)
    reminder.youth.follow_ups.get().hand_over(to=colleague, by=counsellor, reason="Congé")
    assert events(former)[key].status.value == "CANCELLED"
    assert events(new)[key].summary.value == "Relance\u00a0: ZK"


def test_answers_are_wanted_of_who_was_asked_and_by_who_asked(
    address_of, counsellor, colleague, agent, stranger_agent, agreement, youth
):
    referral = factories.ReferralFactory(
        youth=youth,
        sender=counsellor.organisation,
        recipient=agent.organisation,
        agreement=agreement,
        author=counsellor,
        status=Status.SENT,
        answer_by=clock.today() + SOON,
    )
    key, url = f"answer-{referral.pk}", address_of(agent)
    assert events(address_of(counsellor))[key].summary.value == "Réponse attendue\u00a0: ZK"
    assert events(url)[key].summary.value == "Réponse attendue\u00a0: ZK"
    assert key not in events(address_of(colleague))
    assert events(address_of(stranger_agent)) == {}
    youth.write(opposed_at=clock.now())
    assert events(url)[key].summary.value == f"Réponse attendue\u00a0: {referral.number}"


def test_directions_are_told_of_ends(address_of, director, lead, counsellor, agreement):
    key = f"end-{agreement.pk}"
    with clock.at(agreement.ends_on - datetime.timedelta(100)):
        assert events(address_of(director))[key].dtstart.value == agreement.ends_on
        assert key in events(address_of(lead))
        assert events(address_of(counsellor)) == {}
    with clock.at(agreement.ends_on + datetime.timedelta(1)):
        assert key not in events(address_of(director))


def test_directors_are_told_from_when_on_a_year_is_evaluated(address_of, director, counsellor, agreement):
    day, key = opens_on(agreement, 1), f"evaluation-{agreement.pk}-1"
    with clock.at(day - datetime.timedelta(100)):
        assert events(address_of(director))[key].dtstart.value == day
        assert events(address_of(counsellor)) == {}
    with clock.at(day):
        evaluation = open_evaluation(agreement, 1, by=director)
        assert evaluation.number == 1
        assert key not in events(address_of(director))


def test_each_look_is_written_down(address_of, counsellor, reminder):
    events(address_of(counsellor))
    entry = AuditEntry.objects.get(route="exchange:calendar_feed")
    assert (entry.by, entry.organisation) == (counsellor, counsellor.organisation)


# The address.


def refused(url) -> bool:
    return Client().get(url).status_code == 404


def test_it_ends_when_closed_replaced_or_when_its_owner_leaves(address_of, as_member, counsellor):
    first = address_of(counsellor)
    second = address_of(counsellor)
    assert refused(first)
    assert not refused(second)
    as_member(counsellor).post(reverse("exchange:calendar_revoke"))
    assert refused(second)
    third = address_of(counsellor)
    counsellor.write(ends_on=clock.today() - clock.ONE_DAY)
    assert refused(third)


def test_without_the_second_factor_that_is_demanded_it_tells_nothing(address_of, counsellor, settings):
    url = address_of(counsellor)
    settings.SECOND_FACTOR_REQUIRED = True
    assert refused(url)


def test_it_is_shown_once_and_kept_as_a_hash(as_member, counsellor):
    browser, page = as_member(counsellor), reverse("exchange:calendar")
    shown = browser.post(page).content.decode()
    secret = re.search(r"/calendar/([\w-]+)\.ics", shown).group(1)
    assert not refused(reverse("exchange:calendar_feed", args=[secret]))
    assert secret not in browser.get(page).content.decode()
    assert secret not in str(CalendarAddress.objects.values().get())


@pytest.mark.parametrize("secret", ["x", "é", "%00", "a" * 3000])
def test_no_other_address_opens(secret):
    assert refused(f"/calendar/{secret}.ics")


def test_it_costs_the_same_with_many(address_of, counsellor, youth, django_assert_num_queries):
    url = address_of(counsellor)
    for _turn in range(20):
        other = factories.YouthFactory(organisation=counsellor.organisation)
        factories.FollowUpFactory(youth=other, referent=counsellor)
        factories.AccompanimentFactory(author=counsellor, youths=[other], next_on=clock.today() + SOON)
    # The address, two of each source, what was told, the audit.
    with django_assert_num_queries(5):
        assert len(events(url)) == 20
