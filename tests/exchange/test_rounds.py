"""The round of a day: made once, whoever looks and however often, also late, also in the midst of it killed."""

import datetime

import pytest

from common import clock
from common.queued import LEASE, JobStatus
from exchange.deliveries import by_date, rounds
from exchange.deliveries.table import Way
from exchange.models import Delivery, Notice, Preference, Round
from tests.factories import ReferralFactory

pytestmark = pytest.mark.django_db
EIGHT = datetime.datetime(2026, 3, 9, 8, tzinfo=clock.PARIS)


@pytest.fixture
def late(referral, counsellor, agent):
    """Since yesterday."""
    with clock.at(EIGHT):
        yesterday = clock.today() - clock.ONE_DAY
        return ReferralFactory(
            sender=referral.sender,
            recipient=referral.recipient,
            author=counsellor,
            agreement=referral.agreement,
            sent_at=EIGHT - datetime.timedelta(days=8),
            answer_by=yesterday,
        )


def round_at(moment):
    with clock.at(moment):
        rounds.make_rounds()


def test_it_is_made_once_a_day_from_six_in_the_morning_on(late):
    round_at(EIGHT.replace(hour=5, minute=59))
    assert not Round.objects.exists()
    round_at(EIGHT)
    assert Round.objects.get(work="dates").status == JobStatus.READY
    assert Notice.objects.filter(kind="referral_late").count() == 2
    round_at(EIGHT.replace(hour=23))
    assert Notice.objects.count() == 2
    round_at(EIGHT + clock.ONE_DAY)
    assert Round.objects.filter(work="dates").count() == 2
    assert Notice.objects.count() == 2


def test_what_fails_is_tried_again_and_tells_nobody_twice(late, monkeypatch):
    def tell_and_break_down(telling, occasions, whole=by_date.tell_batch):
        whole(telling, occasions)
        raise RuntimeError("in its midst")

    with monkeypatch.context() as patched:
        patched.setattr(by_date, "tell_batch", tell_and_break_down)
        round_at(EIGHT)
    assert Round.objects.get(work="dates").status == JobStatus.QUEUED
    assert Notice.objects.count() == 2, "what was told stays told"
    round_at(EIGHT + datetime.timedelta(minutes=11))
    assert Round.objects.get(work="dates").status == JobStatus.READY
    assert Notice.objects.count() == 2


def test_what_a_killed_worker_left_is_taken_over_after_its_lease(late):
    with clock.at(EIGHT):
        Round.objects.create(day=clock.today(), work="dates")
        assert Round.objects.claim(Round.objects.get(work="dates").pk)
        rounds.make_rounds()
        assert not Notice.objects.exists(), "it is somebody else's"
    round_at(EIGHT + LEASE + datetime.timedelta(seconds=1))
    assert Notice.objects.count() == 2
    assert Round.objects.get(work="dates").status == JobStatus.READY


def test_each_person_hears_in_the_way_they_chose(late, agent, counsellor):
    Preference.objects.choose(agent, {"referral_dates": Way.AT_ONCE})
    Preference.objects.choose(counsellor, {"referral_dates": Way.SCREEN})
    round_at(EIGHT)
    ways = dict(Notice.objects.values_list("member", "way"))
    assert ways == {agent.pk: Way.AT_ONCE, counsellor.pk: Way.SCREEN}
    assert [delivery.notice.member for delivery in Delivery.objects.all()] == [agent]


def test_a_record_told_of_is_asked_about_no_more(late, django_assert_num_queries):
    """Tomorrow's round costs what it finds, and nothing for those it told yesterday."""
    round_at(EIGHT)
    telling = next(telling for telling in by_date.by_date() if telling.kind == "referral_late")
    with clock.at(EIGHT):
        occasions = dict(telling.due(clock.today()))
        with django_assert_num_queries(3):  # savepoint, what was told, savepoint
            by_date.tell_batch(telling, occasions)
