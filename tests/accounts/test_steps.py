"""One function takes every step of every record; the tables of the apps are its data."""

import pytest

from accounts import steps
from accounts.models import Event
from common.errors import NotPermitted, WrongStatus
from evaluations.models import Evaluation
from partnerships.models import Agreement
from referrals.models import Referral
from referrals.workflow import STEPS, Status
from tests.factories import ReferralFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def referral(mission_locale, partner, agreement, youth, counsellor):
    return ReferralFactory(
        sender=mission_locale, recipient=partner, agreement=agreement, youth=youth, author=counsellor
    )


@pytest.mark.parametrize("model", [Agreement, Referral, Evaluation])
def test_the_tables_lead_from_known_states_to_known_states(model):
    known = set(model._meta.get_field("status").choices and dict(model._meta.get_field("status").choices))
    for name, step in model.STEPS.items():
        assert step.sources <= known
        assert step.target in known
        assert step.target not in step.sources, f"{name} leads nowhere"
        assert str(step.label)
        assert str(step.done)


@pytest.mark.parametrize("model", [Agreement, Referral, Evaluation])
def test_every_step_has_its_verb(model):
    assert all(callable(getattr(model, name, None)) for name in model.STEPS)


@pytest.mark.parametrize("model", [Agreement, Referral, Evaluation])
def test_every_state_can_be_reached(model):
    reached, first = {model._meta.get_field("status").default}, None
    while reached != first:
        first = set(reached)
        reached |= {step.target for step in model.STEPS.values() if step.sources & reached}
    assert reached == set(dict(model._meta.get_field("status").choices))


def test_taking_a_step_writes_status_version_and_event(referral, agent):
    version = referral.version
    steps.take(referral, "decline", by=agent, decline_reason="no_place", answered_at=referral.sent_at)
    stored = Referral.objects.get(pk=referral.pk)
    assert (
        (stored.status, stored.version)
        == (Status.DECLINED, version + 1)
        == (referral.status, referral.version)
    )
    event = Event.objects.get(subject_id=referral.pk)
    assert (event.verb, event.by) == ("decline", agent)
    assert event.before == {"status": "sent"}
    assert event.after["status"] == "declined"
    assert event.after["decline_reason"] == "no_place"


@pytest.mark.parametrize("status", sorted(set(Status) - STEPS["accept"].sources))
def test_a_step_refuses_every_other_state(mission_locale, partner, agreement, agent, status):
    referral = ReferralFactory(sender=mission_locale, recipient=partner, agreement=agreement, status=status)
    with pytest.raises(WrongStatus) as told:
        steps.take(referral, "accept", by=agent)
    assert referral.get_status_display() in str(told.value)
    assert Referral.objects.get(pk=referral.pk).status == status
    assert not Event.objects.exists()


def test_only_the_right_side_takes_a_step(referral, agent, counsellor, stranger_agent, volunteer, network):
    for outsider in (counsellor, stranger_agent, volunteer, network):
        with pytest.raises(NotPermitted):
            steps.take(referral, "accept", by=outsider)
        assert "accept" not in steps.steps_open_to(referral, outsider)
    assert "accept" in steps.steps_open_to(referral, agent)
    referral.accept(by=agent)  # same row, same call: the refusals above were about who
    assert referral.status == Status.ACCEPTED


def test_a_stale_copy_takes_no_step_and_reads_how_things_stand(referral, agent):
    """A step looks at the state, not at the version: a new note must not cost anyone their click... of now."""
    copy = Referral.objects.get(pk=referral.pk)
    referral.accept(by=agent)
    with pytest.raises(WrongStatus) as told:
        copy.accept(by=agent)
    assert referral.get_status_display() in str(told.value)


def test_an_event_that_cannot_be_written_undoes_the_step(referral, agent, monkeypatch):
    def broken(*args, **kwargs):
        raise OSError("disk full")

    monkeypatch.setattr(steps.events, "record", broken)
    with pytest.raises(OSError, match="disk full"):
        steps.take(referral, "accept", by=agent, answered_at=referral.sent_at)
    assert Referral.objects.get(pk=referral.pk).status == Status.SENT
