"""Steps of a referral, refused from every wrong state and to every wrong side: generated from the workflow."""

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Event
from common.errors import NotPermitted, WrongStatus
from referrals.models import DeclineReason, Outcome, Referral
from referrals.workflow import OPEN, SHARING, STEPS, Side, Status
from tests.factories import ReferralFactory

WORDS = {
    "decline": {"reason": DeclineReason.NO_PLACE},
    "complete": {"outcome": Outcome.WORK},
    "stop": {"outcome": Outcome.DROPPED},
}
WRONG_STATES = [
    (name, status) for name, step in STEPS.items() for status in Status if status not in step.sources
]
RIGHT_STATES = [(name, status) for name, step in STEPS.items() for status in sorted(step.sources)]


def take(referral, name, by):
    return getattr(referral, name)(by=by, **WORDS.get(name, {}))


def events_of(referral):
    return Event.objects.filter(subject_id=referral.pk)


@pytest.fixture
def make(agreement, youth, agent, counsellor):
    def make_referral(status):
        return ReferralFactory(
            agreement=agreement,
            sender=youth.organisation,
            recipient=agent.organisation,
            youth=youth,
            author=counsellor,
            status=status,
        )

    return make_referral


@pytest.fixture
def actors(agent, counsellor):
    return {Side.SENDER: counsellor, Side.RECIPIENT: agent}


@pytest.mark.parametrize(("name", "status"), WRONG_STATES)
def test_a_step_is_refused_from_every_other_state(make, actors, name, status):
    referral = make(status)
    with pytest.raises(WrongStatus):
        take(referral, name, actors[STEPS[name].side])
    referral.refresh_from_db()
    assert referral.status == status
    assert not events_of(referral).exists()


@pytest.mark.parametrize(("name", "status"), RIGHT_STATES)
def test_a_step_is_refused_to_everyone_else_then_taken_on_the_same_row(
    make,
    actors,
    stranger_agent,
    stranger_counsellor,
    network,
    volunteer,
    administrator,
    reception,
    name,
    status,
):
    referral = make(status)
    side = STEPS[name].side
    other = actors[Side.RECIPIENT if side == Side.SENDER else Side.SENDER]
    for outsider in (
        other,
        stranger_agent,
        stranger_counsellor,
        network,
        volunteer,
        administrator,
        reception,
    ):
        with pytest.raises(NotPermitted):
            take(referral, name, outsider)
    assert not events_of(referral).exists()
    take(referral, name, actors[side])
    referral.refresh_from_db()
    assert referral.status == STEPS[name].target
    event = events_of(referral).get()
    assert (event.verb, event.by) == (name, actors[side])
    assert (event.before["status"], event.after["status"]) == (status, STEPS[name].target)
    assert event.about_id == referral.youth_id


@pytest.mark.parametrize(("name", "status"), RIGHT_STATES)
def test_the_share_is_open_exactly_while_the_referral_shares(make, actors, name, status):
    referral = make(status)
    take(referral, name, actors[STEPS[name].side])
    referral.refresh_from_db()
    is_open = bool(referral.share and referral.share.closed_at is None)
    assert is_open == (referral.status in SHARING)


def test_sharing_states_are_open_states():
    assert SHARING <= OPEN


@pytest.mark.parametrize("reason", ["", "because", None])
def test_declining_needs_one_of_the_reasons(make, agent, reason):

    referral = make(Status.SENT)
    with pytest.raises(ValidationError):
        referral.decline(by=agent, reason=reason or "")
    referral.refresh_from_db()
    assert referral.status == Status.SENT
    referral.decline(by=agent, reason=DeclineReason.OTHER, note="Plus de groupe ce trimestre.")
    assert referral.status == Status.DECLINED


@pytest.mark.parametrize("step", ["complete", "stop"])
def test_ending_needs_an_outcome(make, agent, step):

    referral = make(Status.UNDER_WAY)
    with pytest.raises(ValidationError):
        getattr(referral, step)(by=agent, outcome="")
    assert not events_of(referral).exists()


def test_the_second_of_two_agents_reads_that_it_was_taken(make, agent, lead):

    referral = make(Status.SENT)
    first, second = Referral.objects.get(pk=referral.pk), Referral.objects.get(pk=referral.pk)
    first.accept(by=agent)
    with pytest.raises(WrongStatus, match=str(Status.ACCEPTED.label)):
        second.accept(by=lead)
    assert events_of(referral).count() == 1
