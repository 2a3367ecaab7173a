"""Who opens an evaluation and when; who reads it afterwards."""

import datetime

import pytest

from accounts.models import Event, Kind, Membership, Role
from common import clock
from common.errors import NotPermitted, WrongStatus
from evaluations.actions import TooEarly, ask_for_report, open_evaluation
from evaluations.models import Evaluation, Report
from evaluations.periods import opens_on, period_of, years_of
from evaluations.presentation import Figures
from evaluations.queries import due_to, of_agreement
from evaluations.workflow import STEPS, Status
from tests.evaluations.conftest import AFTER, FIRST
from tests.factories import AgreementFactory, MembershipFactory, OrganisationFactory


@pytest.fixture
def own_network(mission_locale, partner):
    """The head of the network to which the Mission Locale belongs; it is no party."""
    union = OrganisationFactory(kind=Kind.REGIONAL_UNION)
    type(mission_locale).objects.filter(pk=mission_locale.pk).update(parent=union)
    return MembershipFactory(organisation=union)


def test_a_client_of_the_mission_locale_opens_too(charter, client_of_the_mission_locale):
    with clock.at(AFTER):
        evaluation = open_evaluation(charter, 1, by=client_of_the_mission_locale)
    assert (evaluation.period_start, evaluation.period_end) == (FIRST, datetime.date(2026, 3, 9))
    assert Event.objects.get(subject_id=evaluation.pk).after["digest"] == evaluation.digest


@pytest.mark.parametrize(
    "role", ["counsellor", "lead", "agent", "network", "volunteer", "stranger_counsellor"]
)
def test_nobody_else_opens(charter, role, request, director):
    with clock.at(AFTER):
        with pytest.raises(NotPermitted):
            open_evaluation(charter, 1, by=request.getfixturevalue(role))
        open_evaluation(charter, 1, by=director)


def test_a_second_click_gives_the_same_evaluation(charter, director):
    with clock.at(AFTER):
        assert open_evaluation(charter, 1, by=director) == open_evaluation(charter, 1, by=director)


def test_a_year_is_evaluated_once_it_is_over(charter, director):
    with clock.at(datetime.date(2026, 3, 9)), pytest.raises(TooEarly, match=r"10 mars 2026|March 10, 2026"):
        open_evaluation(charter, 1, by=director)
    with clock.at(datetime.date(2026, 3, 10)):
        open_evaluation(charter, 1, by=director)


def test_the_agreement_may_set_an_earlier_month(charter):
    charter.evaluation_month = 11
    assert opens_on(charter, 1) == datetime.date(2026, 2, 10)
    assert opens_on(charter, 2) == datetime.date(2027, 2, 10)


def test_years_end_with_the_agreement(charter):
    assert years_of(charter) == [1, 2]
    charter.closed_on = datetime.date(2025, 9, 1)
    assert years_of(charter) == [1]
    assert period_of(charter, 1) == (FIRST, datetime.date(2025, 8, 31))


@pytest.mark.parametrize("year", [0, 3])
def test_a_year_that_does_not_exist_is_refused(charter, director, year):
    with clock.at(AFTER), pytest.raises(WrongStatus):
        open_evaluation(charter, year, by=director)


def test_an_unsigned_agreement_is_not_evaluated(director, mission_locale, partner):
    draft = AgreementFactory(
        status="draft", lead_organisation=mission_locale, between=[mission_locale, partner]
    )
    with pytest.raises(WrongStatus):
        open_evaluation(draft, 1, by=director)
    assert years_of(draft) == []


def test_drafts_stay_with_the_parties(evaluation, own_network, request):
    seen = {"counsellor", "director", "lead", "agent", "client_of_the_mission_locale"}
    unseen = {"reception", "volunteer", "administrator", "network", "stranger_counsellor", "stranger_agent"}
    for name in seen:
        assert evaluation in Evaluation.objects.visible_to(request.getfixturevalue(name)), name
    for name in unseen:
        assert not Evaluation.objects.visible_to(request.getfixturevalue(name)), name
    assert not Evaluation.objects.visible_to(own_network)


def test_published_ones_are_read_by_the_network_with_fewer_counts(evaluation, own_network, director):
    evaluation.publish(by=director)
    assert evaluation in Evaluation.objects.visible_to(own_network)
    assert not evaluation.stays_between_parties(own_network)
    assert evaluation.stays_between_parties(director)
    outside = Figures(evaluation.figures, outside=True)
    assert outside.values["people"] == 18
    assert outside.values["people_by_age"] == [
        [band, None] for band in ("under_18", "18_21", "22_25", "over_25")
    ]
    assert outside.values["referrals_sent"] == 19


def test_the_document_stays_with_those_whom_the_agreement_covers(evaluation, own_network, director, agent):
    evaluation.publish(by=director)
    report = ask_for_report(evaluation, by=director)
    assert report in Report.objects.visible_to(agent)
    assert not Report.objects.visible_to(own_network)


def test_publishing_belongs_to_the_direction(evaluation, counsellor, lead, director):
    assert set(STEPS) == {"publish"}
    for other in (counsellor, lead):
        with pytest.raises(NotPermitted):
            evaluation.publish(by=other)
    evaluation.publish(by=director)
    assert evaluation.status == Status.PUBLISHED
    with pytest.raises(WrongStatus):
        evaluation.publish(by=director)


def test_a_partner_that_leads_the_agreement_publishes(evaluation, lead, partner):
    type(evaluation.agreement).objects.update(lead_organisation=partner)
    Evaluation.objects.get().publish(by=lead)


def test_who_asks_for_the_document(evaluation, counsellor, agent, lead, director):
    for other in (counsellor, agent, lead):
        with pytest.raises(NotPermitted):
            ask_for_report(evaluation, by=other)
    assert ask_for_report(evaluation, by=director).asked_by == director
    evaluation.publish(by=director)
    assert ask_for_report(evaluation, by=lead)
    with pytest.raises(NotPermitted):
        ask_for_report(evaluation, by=agent)


def test_what_an_agreement_shows_of_its_evaluations(charter, director, lead):
    with clock.at(AFTER):
        found = of_agreement(charter, director)
        assert (found.evaluations, found.year) == ([], 1)
        assert found.next_on == datetime.date(2027, 3, 10)
        assert of_agreement(charter, lead).year is None
        assert [(due.agreement, due.year) for due in due_to(director)] == [(charter, 1)]
        assert due_to(lead) == []
        evaluation = open_evaluation(charter, 1, by=director)
        found = of_agreement(charter, director)
        assert (found.evaluations, found.year) == ([evaluation], None)
        assert due_to(director) == []


def test_a_member_without_rights_sees_nothing(evaluation, mission_locale):
    nobody = Membership(
        organisation=mission_locale, organisation_kind=Kind.MISSION_LOCALE, role=Role.RECEPTION
    )
    assert not Evaluation.objects.visible_to(nobody)
