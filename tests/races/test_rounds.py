"""Several workers at the round of one day: it is made once, and what they tell at the same instant is told once."""

import datetime

import pytest

from common import clock
from exchange.deliveries import by_date, digests, rounds
from exchange.models import Delivery, Digest, Notice, Preference, Round
from tests.factories import MembershipFactory, ReferralFactory
from tests.races.at_once import at_once, errors

pytestmark = pytest.mark.django_db(transaction=True)
WORKERS = 4


@pytest.fixture
def late(agreement, youth, counsellor, partner, agent):
    MembershipFactory.create_batch(5, organisation=partner, role="agent")
    for days in (1, 2, 3):
        ReferralFactory(
            sender=youth.organisation,
            recipient=partner,
            author=counsellor,
            agreement=agreement,
            answer_by=clock.today() - datetime.timedelta(days=days),
        )
    Preference.objects.choose(agent, {"referral_dates": "at_once"})


def test_at_the_same_instant_each_is_told_once(late, agent):
    """Beneath the row of the day: what a worker tells whose lease ran out, and who goes on all the same."""
    today = clock.today()
    outcomes = at_once(*[lambda: by_date.tell_of(today)] * WORKERS)
    assert errors(outcomes) == []
    assert sum(outcomes) == Notice.objects.count() == 3 * 7
    assert Delivery.objects.count() == Delivery.objects.filter(notice__member=agent).count() == 3


def test_the_day_is_one_workers(late):
    noon = clock.midnight(clock.today()) + datetime.timedelta(hours=12)

    def work():
        with clock.at(noon):
            rounds.make_rounds()

    assert errors(at_once(*[work] * WORKERS)) == []
    assert Round.objects.filter(work="dates").count() == 1
    assert Round.objects.get(work="dates").tries == 1
    assert Notice.objects.count() == 3 * 7


def test_at_the_same_instant_each_has_one_digest(late):
    today = clock.today()
    by_date.tell_of(today)
    outcomes = at_once(*[lambda: digests.gather(today)] * WORKERS)
    assert errors(outcomes) == []
    assert sum(outcomes) == Digest.objects.count() == Delivery.objects.filter(notice=None).count() == 6
    assert not Notice.objects.awaiting_digest().exists()
