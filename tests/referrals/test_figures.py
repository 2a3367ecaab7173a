"""The figures of an agreement move as its referrals move, in two queries."""

import datetime

import pytest

from referrals.models import Referral
from referrals.models.figures import in_words
from referrals.workflow import Status
from tests.factories import ReferralFactory

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def make(agreement, mission_locale, partner):
    def make_referral(status=Status.SENT, **values):
        usual = {"agreement": agreement, "sender": mission_locale, "recipient": partner}
        return ReferralFactory(status=status, **usual | values)

    return make_referral


def counts(agreement, *names):
    figures = Referral.objects.figures_of(agreement)
    return tuple(getattr(figures, name) for name in names)


def test_they_move_with_each_step(make, agreement, agent):
    referral = make()
    names = ("sent", "waiting", "accepted", "under_way", "completed")
    assert counts(agreement, *names) == (1, 1, 0, 0, 0)
    referral.accept(by=agent)
    assert counts(agreement, *names) == (1, 0, 1, 1, 0)
    referral.start(by=agent)
    assert counts(agreement, *names) == (1, 0, 1, 1, 0)
    referral.complete(by=agent, outcome="work")
    assert counts(agreement, *names) == (1, 0, 1, 0, 1)


def test_refusals_are_told_by_reason_the_most_frequent_first(make, agreement):
    for reason in ("too_far", "no_place", "no_place"):
        make(Status.DECLINED, decline_reason=reason)
    figures = Referral.objects.figures_of(agreement)
    assert [number for _reason, number in figures.decline_reasons] == [2, 1]
    assert figures.declined == 3


def test_a_person_referred_twice_is_one_person(make, agreement):
    first = make(Status.DECLINED)
    make(youth=first.youth)
    assert counts(agreement, "sent", "people") == (2, 1)


def test_drafts_letters_and_other_agreements_do_not_count(make, agreement):
    make(Status.DRAFT)
    make(by_letter=True, agreement=None)
    ReferralFactory()
    assert counts(agreement, "sent", "people", "answer_time") == (0, 0, None)


@pytest.mark.parametrize(("hours", "median"), [([5], 5), ([1, 9], 5), ([1, 2, 30], 2), ([1, 2, 4, 90], 3)])
def test_the_answer_time_is_the_median(make, agreement, hours, median):
    for number in hours:
        referral = make(Status.ACCEPTED)
        Referral.objects.filter(pk=referral.pk).update(answered_at=referral.sent_at + number * HOUR)
    assert Referral.objects.figures_of(agreement).answer_time == median * HOUR


@pytest.mark.parametrize("rows", [1, 20])
def test_they_cost_two_queries_whatever_the_volume(make, agreement, django_assert_num_queries, rows):
    for _ in range(rows):
        make(Status.ACCEPTED)
    with django_assert_num_queries(2):  # counts, median
        Referral.objects.figures_of(agreement)


def test_a_wait_is_said_in_words():
    assert in_words(None) == ""
    assert in_words(HOUR) == in_words(23 * HOUR)
    assert "3" in in_words(70 * HOUR)
