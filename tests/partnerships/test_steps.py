"""Steps of an agreement, refused from every wrong state and to every wrong side: generated from the workflow."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Event
from common import clock
from common.errors import NotPermitted, WrongStatus
from partnerships.models import Agreement, Phase
from partnerships.workflow import STEPS, Side, Status
from tests.factories import AgreementFactory

TOMORROW = datetime.timedelta(days=1)
WRONG_STATES = [
    (name, status) for name, step in STEPS.items() for status in Status if status not in step.sources
]
RIGHT_STATES = [(name, status) for name, step in STEPS.items() for status in sorted(step.sources)]


def words(agreement, name, by):
    match name:
        case "sign":
            own = agreement.signatories.filter(party__organisation=by.organisation)
            return {"signatory": own.first()}
        case "denounce":
            return {"closed_on": clock.today() + TOMORROW, "reason": "Fin du financement."}
    return {}


def take(agreement, name, by):
    """With the words of someone who may: a refusal is then about who or when."""
    return getattr(agreement, name)(by=by, **words(agreement, name, by))


def events_of(agreement):
    return Event.objects.filter(subject_id=agreement.pk)


@pytest.fixture
def make(mission_locale, partner):
    def make_agreement(status):
        agreement = AgreementFactory(
            lead_organisation=mission_locale, between=[mission_locale, partner], status=status
        )
        if status == Status.TO_SIGN:  # the other side's signature is there: the next one is the last
            agreement.signatories.filter(party__organisation=partner).update(
                signed_on=clock.today(), how="outside"
            )
        return agreement

    return make_agreement


@pytest.mark.parametrize(("name", "status"), WRONG_STATES)
def test_a_step_is_refused_from_every_other_state(make, director, name, status):
    agreement = make(status)
    with pytest.raises(WrongStatus):
        take(agreement, name, director)
    agreement.refresh_from_db()
    assert agreement.status == status
    assert not events_of(agreement).exists()


@pytest.mark.parametrize(("name", "status"), RIGHT_STATES)
def test_a_step_is_refused_to_everyone_else_then_taken_on_the_same_row(
    make, director, lead, counsellor, agent, stranger_agent, network, volunteer, administrator, name, status
):
    agreement = make(status)
    outsiders = [counsellor, agent, stranger_agent, network, volunteer, administrator]
    if STEPS[name].side == Side.LEADER:
        outsiders.append(lead)
    for outsider in outsiders:
        with pytest.raises(NotPermitted):
            take(agreement, name, outsider)
    assert not events_of(agreement).exists()
    take(agreement, name, director)
    agreement.refresh_from_db()
    assert agreement.status == STEPS[name].target
    event = events_of(agreement).get(verb=name)
    assert (event.by, event.before["status"]) == (director, status)
    assert event.after["status"] == STEPS[name].target


def test_each_party_can_end_an_agreement_early(make, lead):
    agreement = make(Status.SIGNED)
    take(agreement, "denounce", lead)
    assert agreement.phase() == Phase.IN_FORCE
    assert agreement.phase(clock.today() + TOMORROW) == Phase.ENDED


@pytest.mark.parametrize("reason", ["", "   "])
def test_ending_early_needs_a_reason(make, director, reason):
    agreement = make(Status.SIGNED)
    with pytest.raises(ValidationError):
        agreement.denounce(by=director, closed_on=clock.today(), reason=reason)
    assert not events_of(agreement).exists()


@pytest.mark.parametrize("days", [-31, 24 * 31])
def test_ending_early_happens_within_the_term(make, director, days):
    agreement = make(Status.SIGNED)
    with pytest.raises(ValidationError):
        agreement.denounce(
            by=director, closed_on=clock.today() + datetime.timedelta(days), reason="Trop tôt ou trop tard."
        )
    assert not events_of(agreement).exists()


def test_nothing_is_submitted_without_a_signatory(make, director):
    agreement = make(Status.CO_CONSTRUCTION)
    agreement.signatories.all().delete()
    with pytest.raises(WrongStatus):
        agreement.submit(by=director)
    assert Agreement.objects.get(pk=agreement.pk).status == Status.CO_CONSTRUCTION
