"""What dates bring: told on its day to whom it concerns, once, and not when it is no longer so."""

import datetime

import pytest

from accounts.models import Role
from common import clock
from evaluations.models import Evaluation
from exchange.deliveries.by_date import tell_of
from exchange.models import Notice
from partnerships.models import Party, Signatory
from partnerships.workflow import Status as AgreementStatus
from tests.factories import AgreementFactory, EvaluationFactory, MembershipFactory, ReferralFactory

pytestmark = pytest.mark.django_db
DAY, WEEK = datetime.timedelta(days=1), datetime.timedelta(days=7)
MONDAY = datetime.date(2026, 3, 2)


def kinds_on(day) -> list[str]:
    """What is told on that day and was not told before."""
    with clock.at(day):
        before = set(Notice.objects.values_list("pk", flat=True))
        tell_of(day)
        return sorted(set(Notice.objects.exclude(pk__in=before).values_list("kind", flat=True)))


@pytest.fixture
def sent(referral, agreement, counsellor, agent):
    """On a Monday, to be answered within a week; the agreement is in force since a month."""
    begun = {"signed_on": MONDAY - 30 * DAY, "starts_on": MONDAY - 30 * DAY}
    type(agreement).objects.update(**begun, ends_on=clock.months_after(MONDAY, 23))
    referral.agreement.refresh_from_db()
    type(referral).objects.update(answer_by=MONDAY + WEEK)
    with clock.at(MONDAY):
        referral.refresh_from_db()
        referral.send(by=counsellor)
    Notice.objects.update(read_at=clock.now())
    return referral


def test_an_answer_is_wanted_then_late_then_late_by_a_week(sent, counsellor, agent, told):
    wanted = MONDAY + WEEK
    assert kinds_on(wanted - 4 * DAY) == []
    assert kinds_on(wanted - 3 * DAY) == ["referral_answer_wanted"]
    assert told() >= {(agent, "referral_answer_wanted"), (counsellor, "referral_answer_wanted")}
    assert kinds_on(wanted) == []
    assert kinds_on(wanted + DAY) == ["referral_late"]
    assert kinds_on(wanted + 6 * DAY) == []
    assert kinds_on(wanted + WEEK) == ["referral_late"]


def test_after_both_the_single_contacts_are_told(sent, agreement, director, lead, agent, told):
    Party.objects.filter(organisation=director.organisation).update(contact=director)
    Party.objects.filter(organisation=lead.organisation).update(contact=lead)
    late_since = MONDAY + WEEK
    kinds_on(late_since + WEEK)
    assert "referral_escalated" not in kinds_on(late_since + 13 * DAY)
    assert kinds_on(late_since + 14 * DAY) == ["referral_escalated"]
    assert {member for member, kind in told() if kind == "referral_escalated"} == {director, lead}


def test_the_contact_of_a_network_hears_of_no_referral(sent, agent, network):
    Party.objects.update(contact=network)
    kinds_on(MONDAY + 3 * WEEK)
    assert not Notice.objects.filter(member=network).exists()


def test_it_expires_in_ten_days_then_has_expired(sent):
    last = sent.expires_on
    assert last == MONDAY + 90 * DAY
    assert kinds_on(last - 11 * DAY) == []
    assert kinds_on(last - 10 * DAY) == ["referral_expires"]
    assert kinds_on(last) == []
    assert kinds_on(last + DAY) == ["referral_expired"]
    assert kinds_on(last + 2 * DAY) == []


@pytest.mark.parametrize("days", [4, 8, 14, 21, 85, 91])
def test_what_is_answered_is_told_of_no_more(sent, agent, days):
    with clock.at(MONDAY + DAY):
        sent.accept(by=agent)
    assert kinds_on(MONDAY + days * DAY) == []


def test_another_date_is_another_occasion(sent):
    assert kinds_on(MONDAY + WEEK) == ["referral_answer_wanted"]
    type(sent).objects.update(answer_by=MONDAY + 10 * DAY)
    assert kinds_on(MONDAY + 8 * DAY) == ["referral_answer_wanted"]


def test_of_a_letter_its_author_alone_hears(agreement, youth, counsellor, agent, partner, told):
    ReferralFactory(
        sender=youth.organisation,
        recipient=partner,
        youth=youth,
        author=counsellor,
        by_letter=True,
        answer_by=clock.today() + DAY,
    )
    tell_of(clock.today())
    assert told() == {(counsellor, "referral_answer_wanted")}


def test_days_without_a_worker_are_caught_up_once_and_what_is_past_is_not_told(sent):
    """Nothing ran from before the date until ten days after it: it is late, and wanted within three days no more."""
    back = MONDAY + 17 * DAY
    assert kinds_on(back) == ["referral_late"]
    assert Notice.objects.filter(kind="referral_late").values("member").distinct().count() == (
        Notice.objects.filter(kind="referral_late").count()
    )
    assert kinds_on(back) == []
    assert kinds_on(back + DAY) == []


def test_after_months_without_a_worker_what_is_long_past_is_told_to_nobody(sent):
    assert kinds_on(MONDAY + 300 * DAY) == []


# Agreements


@pytest.fixture
def submitted(mission_locale, partner, director, lead):
    with clock.at(MONDAY):
        agreement = AgreementFactory(
            lead_organisation=mission_locale,
            between=[mission_locale, partner],
            status=AgreementStatus.CO_CONSTRUCTION,
        )
        agreement.submit(by=director)
    Notice.objects.update(read_at=clock.now())
    return agreement


def test_a_missing_signature_is_asked_for_each_week(submitted, director, lead, counsellor, agent, told):
    assert kinds_on(MONDAY + 6 * DAY) == []
    assert kinds_on(MONDAY + WEEK) == ["agreement_still_to_sign"]
    assert {member for member, kind in told() if kind == "agreement_still_to_sign"} == {director, lead}
    assert kinds_on(MONDAY + 13 * DAY) == []
    assert kinds_on(MONDAY + 2 * WEEK) == ["agreement_still_to_sign"]
    assert kinds_on(MONDAY + 10 * WEEK) == ["agreement_still_to_sign"], "once, not once for each week missed"


def test_who_has_signed_is_asked_no_more(submitted, director, lead):
    with clock.at(MONDAY + DAY):
        signatory = Signatory.objects.get(party__organisation=director.organisation)
        submitted.sign(by=director, signatory=signatory)
    kinds_on(MONDAY + WEEK)
    asked = Notice.objects.filter(kind="agreement_still_to_sign").values_list("member", flat=True)
    assert list(asked) == [lead.pk]


@pytest.fixture
def running(mission_locale, partner, director, lead, counsellor, agent):
    """Two years from a Monday on."""
    with clock.at(MONDAY):
        agreement = AgreementFactory(
            lead_organisation=mission_locale, between=[mission_locale, partner], signed_on=MONDAY
        )
        EvaluationFactory(agreement=agreement, number=1)
        EvaluationFactory(agreement=agreement, number=2)
    return agreement


def test_an_end_is_told_six_three_and_one_month_before_and_the_day_after(running, director, lead, told):
    end = running.ends_on
    days = {
        clock.months_after(end, -6): ["agreement_ends_in_six_months"],
        clock.months_after(end, -3): ["agreement_ends_in_three_months"],
        clock.months_after(end, -1): ["agreement_ends_in_a_month"],
        end: [],
        end + DAY: ["agreement_ended"],
        end + 2 * DAY: [],
    }
    for day, kinds in days.items():
        assert kinds_on(day - DAY) == [] or day > end, day
        assert kinds_on(day) == kinds, day
    assert {member for member, _kind in told()} == {director, lead}, "those who act, not everybody"


def test_an_early_end_is_told_by_its_own_date(running):
    with clock.at(MONDAY + DAY):
        AgreementFactory._meta.model.objects.update(
            status=AgreementStatus.CLOSED_EARLY, closed_on=MONDAY + 60 * DAY, closing_reason="Fin du projet."
        )
    assert kinds_on(MONDAY + 2 * DAY) == ["agreement_ends_in_three_months"]
    assert kinds_on(MONDAY + 59 * DAY) == ["agreement_ends_in_a_month"]
    assert kinds_on(MONDAY + 60 * DAY) == ["agreement_ended"]
    assert kinds_on(running.ends_on + DAY) == []


def test_an_accord_of_six_months_is_not_told_to_end_within_six(mission_locale, partner, director):
    with clock.at(MONDAY):
        AgreementFactory(kind="interim", term_months=6, signed_on=MONDAY, between=[mission_locale, partner])
    assert kinds_on(MONDAY + DAY) == []


# Evaluations


def test_an_evaluation_is_due_in_60_and_30_days_then_each_week_until_it_is_opened(
    running, director, lead, told
):
    Evaluation.objects.all().delete()
    due = clock.months_after(MONDAY, 12)
    assert kinds_on(due - 61 * DAY) == []
    assert kinds_on(due - 60 * DAY) == ["evaluation_due_in_60_days"]
    assert kinds_on(due - 30 * DAY) == ["evaluation_due_in_30_days"]
    assert kinds_on(due - DAY) == []
    assert kinds_on(due) == ["evaluation_overdue"]
    assert kinds_on(due + 6 * DAY) == []
    assert kinds_on(due + 3 * WEEK) == ["evaluation_overdue"], "once, not once for each week missed"
    assert {member for member, _kind in told()} == {director}
    EvaluationFactory(agreement=running, number=1)
    assert kinds_on(due + 4 * WEEK) == []


def test_the_direction_of_another_structure_hears_nothing(running, network, told):
    MembershipFactory(role=Role.DIRECTOR)
    for months in (11, 12, 18, 21, 23):
        kinds_on(clock.months_after(MONDAY, months))
    assert {member.organisation for member, _kind in told()} == {
        party.organisation for party in running.parties.all()
    }
