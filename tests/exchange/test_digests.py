"""The mail of the day: one, at eight, of what waits and was not read; none when nothing does, none twice."""

import datetime

import pytest
from pytest_django.asserts import assertContains

from accounts.models import User
from common import clock
from exchange.deliveries import digests, rounds
from exchange.deliveries.carried import NotWanted, message_carried
from exchange.deliveries.table import Way
from exchange.models import Delivery, Digest, Notice, Round
from tests.factories import NoticeFactory

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
EIGHT = datetime.datetime(2026, 3, 9, 8, tzinfo=clock.PARIS)


def waits_for(member, kind="referral_late", moment=EIGHT - datetime.timedelta(hours=2), **values):
    return NoticeFactory(member=member, kind=kind, way=Way.DIGEST, told_at=moment, **values)


def at(moment):
    with clock.at(moment):
        rounds.make_rounds()


def message():
    return message_carried(Delivery.objects.for_sending().get())


def test_it_is_made_at_eight_once_a_day(agent):
    waits_for(agent)
    at(EIGHT - datetime.timedelta(minutes=1))
    assert not Digest.objects.exists()
    at(EIGHT)
    assert Digest.objects.get().member == agent
    assert Delivery.objects.get().digest == Digest.objects.get()
    waits_for(agent, moment=EIGHT)
    at(EIGHT + datetime.timedelta(hours=6))
    assert Digest.objects.count() == 1, "what comes later is in tomorrow's"
    at(EIGHT + DAY)
    assert Digest.objects.count() == Delivery.objects.count() == 2


@pytest.mark.parametrize(
    "values",
    [{"read_at": EIGHT}, {"way": Way.SCREEN}, {"way": Way.AT_ONCE}],
    ids=["read", "screen", "at once"],
)
def test_none_is_made_where_nothing_waits(agent, values):
    Notice.objects.filter(pk=waits_for(agent).pk).update(**values)
    at(EIGHT)
    assert not Digest.objects.exists()
    assert Round.objects.filter(work="digests").exists()


def test_after_days_without_a_worker_there_is_one_mail(agent):
    for days in range(5):
        waits_for(agent, moment=EIGHT + days * DAY)
    at(EIGHT + 5 * DAY)
    assert Digest.objects.count() == 1
    assert Digest.objects.get().notices.count() == 5


def test_who_has_left_gets_none(agent):
    waits_for(agent)
    agent.write(ends_on=EIGHT.date() - DAY)
    at(EIGHT)
    assert not Digest.objects.exists()


def test_what_is_told_this_morning_is_in_this_mornings(monkeypatch, agent):
    monkeypatch.setitem(
        rounds.DAILY, "dates", (datetime.time(6), lambda today: waits_for(agent, moment=EIGHT) and 1)
    )
    at(EIGHT)
    assert Digest.objects.get().notices.count() == 1


def test_it_waits_for_the_round_of_dates(agent, monkeypatch):
    def breaks_down(today):
        raise RuntimeError("in its midst")

    waits_for(agent)
    with monkeypatch.context() as patched:
        patched.setitem(rounds.DAILY, "dates", (datetime.time(6), breaks_down))
        at(EIGHT)
    assert not Digest.objects.exists()
    at(EIGHT + datetime.timedelta(minutes=11))
    assert Digest.objects.count() == 1


def test_it_says_each_sentence_once_how_often_and_where(agent, settings):
    late = [waits_for(agent) for _number in range(3)]
    wanted = waits_for(agent, "referral_answer_wanted", moment=EIGHT)
    at(EIGHT)
    words = message().words
    assert message().to == agent.user.email
    assert words.subject == "4 notifications vous attendent"
    assert words.lines == [
        (
            "3 × La réponse à une orientation est en retard.",
            f"{settings.SITE_URL}/notices/?unread=true&kind=referral_late",
        ),
        (
            "La réponse à une orientation est attendue dans les trois jours.",
            f"{settings.SITE_URL}/notices/{wanted.pk}/",
        ),
    ]
    assert str(late[0].event.subject_id) not in str(words), "whose they are is asked after signing in"
    User.objects.update(language="en")
    assert message().words.subject == "4 notices wait for you"


def test_what_was_read_before_it_leaves_is_not_in_it(agent):
    one, other = waits_for(agent), waits_for(agent, "referral_answer_wanted")
    at(EIGHT)
    Notice.objects.filter(pk=one.pk).update(read_at=EIGHT)
    assert len(message().words.lines) == 1
    Notice.objects.filter(pk=other.pk).update(read_at=EIGHT)
    with pytest.raises(NotWanted):
        message()


def test_its_links_open_the_list(as_member, agent):
    waits_for(agent), waits_for(agent)
    at(EIGHT)
    [(_words, address)] = message().words.lines
    assertContains(as_member(agent).get(address.removeprefix("http://testserver")), "en retard", count=4)


def test_its_people_are_found_by_an_index_and_each_costs_the_same(
    agent, lead, counsellor, director, django_assert_num_queries
):
    waits_for(agent)
    with django_assert_num_queries(
        1 + 6
    ):  # who; then savepoint, digest, is it ours, notices, delivery, savepoint
        digests.gather(EIGHT.date())
    for member in (lead, counsellor, director):
        waits_for(member)
    with django_assert_num_queries(1 + 3 * 6):
        digests.gather(EIGHT.date())
