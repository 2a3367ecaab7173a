"""Of two clicks at once one wins: a step is taken once, a form makes one record, nobody gets an error page."""

import datetime
import uuid
from functools import partial

import pytest

from accounts.models import Event
from common import clock
from common.errors import WrongStatus
from partnerships.models import Agreement
from partnerships.workflow import Status as AgreementStatus
from referrals.actions import refer
from referrals.models import DeclineReason, Informed, Referral
from referrals.workflow import Status
from tests.factories import AgreementFactory, ReferralFactory, YouthFactory
from tests.races.at_once import at_once, errors
from youths.actions import log_accompaniment, receive
from youths.models import Accompaniment, FollowUp, ReferentAssignment, Share, Youth
from youths.models.choices import ContactKind

pytestmark = pytest.mark.django_db(transaction=True)

CLICKS = 8


@pytest.fixture
def new_referral(mission_locale, partner, agreement, counsellor):
    """Called once per attempt: a race is run several times within one test, whose clean-up is what takes long."""
    return lambda: ReferralFactory(
        sender=mission_locale, recipient=partner, agreement=agreement, author=counsellor
    )


def read_anew(referral) -> Referral:
    return Referral.objects.for_detail().get(pk=referral.pk)


def steps_of(record) -> list[str]:
    taken = Event.objects.filter(subject_id=record.pk, before__has_key="status").order_by("moment")
    return list(taken.values_list("verb", flat=True))


def test_a_step_is_taken_once(new_referral, agent):
    referral = new_referral()
    copies = [read_anew(referral) for _click in range(CLICKS)]
    outcomes = at_once(*[lambda copy=copy: copy.accept(by=agent) for copy in copies])
    assert errors(outcomes) == [WrongStatus] * (CLICKS - 1)
    assert read_anew(referral).status == Status.ACCEPTED
    assert steps_of(referral) == ["accept"]


def test_accepted_or_cancelled_never_both(new_referral, agent, counsellor):
    for _attempt in range(8):
        referral = new_referral()
        answer, withdrawal = read_anew(referral), read_anew(referral)
        acts = [partial(answer.accept, by=agent), partial(withdrawal.cancel, by=counsellor)]
        assert errors(at_once(*acts)) == [WrongStatus]
        accepted = read_anew(referral).status == Status.ACCEPTED
        assert steps_of(referral) == (["accept"] if accepted else ["cancel"])
        assert Share.objects.open_to(agent).filter(pk=referral.share_id).exists() == accepted


def test_accepted_or_declined_never_both(new_referral, agent, lead):
    for _attempt in range(6):
        referral = new_referral()
        yes, no = read_anew(referral), read_anew(referral)
        acts = [partial(yes.accept, by=agent), partial(no.decline, by=lead, reason=DeclineReason.NO_PLACE)]
        assert errors(at_once(*acts)) == [WrongStatus]
        after = read_anew(referral)
        declined = after.status == Status.DECLINED
        assert bool(after.decline_reason) == declined == bool(after.share.closed_at)


def test_a_contact_is_noted_once(youth, counsellor):
    pk = uuid.uuid4()

    def click():
        contact = Accompaniment(pk=pk, kind=ContactKind.CALL, text="A rappelé.")
        return log_accompaniment(contact, by=counsellor, youths=[youth])

    outcomes = at_once(*[click] * CLICKS)
    assert not errors(outcomes)
    assert {contact.pk for contact in outcomes} == {pk}
    assert Accompaniment.objects.get().youths.get() == youth
    assert Event.objects.filter(subject_id=pk).count() == 1


def test_a_file_is_opened_once(counsellor):
    pk, born = uuid.uuid4(), clock.months_after(clock.today(), -12 * 20)

    def click():
        youth = Youth(pk=pk, first_name="Inès", last_name="Morel", birth_date=born)
        return receive(youth, by=counsellor, referent=counsellor)

    outcomes = at_once(*[click] * CLICKS)
    assert not errors(outcomes)
    assert Youth.objects.get().pk == pk
    assert FollowUp.objects.get().referent == counsellor
    assert ReferentAssignment.objects.count() == 1


def test_a_referral_is_sent_once(partner, agreement, counsellor):
    def click(pk, youth):
        referral = Referral(
            pk=pk,
            youth=Youth.objects.get(pk=youth.pk),
            recipient=partner,
            agreement=Agreement.objects.get(pk=agreement.pk),
            motive="Cherche une alternance.",
            informed=Informed.TOGETHER,
            fields=["birth_date"],
        )
        return refer(referral, by=counsellor)

    for _attempt in range(4):
        pk, youth = uuid.uuid4(), YouthFactory(organisation=counsellor.organisation)
        assert not errors(at_once(*[partial(click, pk, youth)] * CLICKS))
        sent = Referral.objects.get(youth=youth)
        assert (sent.pk, sent.status) == (pk, Status.SENT)
        assert Share.objects.filter(youth=youth).count() == 1
        assert steps_of(sent) == ["send"]


@pytest.fixture
def new_text(mission_locale, partner):
    """To be signed by both."""
    both = [mission_locale, partner]
    return lambda: AgreementFactory(
        lead_organisation=mission_locale, between=both, status=AgreementStatus.TO_SIGN
    )


def test_two_last_signatures_put_the_agreement_into_effect(new_text, director, lead):
    """Each would miss the other's, and a text signed by all would stay to be signed."""

    def signs(text, member):
        copy = Agreement.objects.get(pk=text.pk)
        own = copy.signatories.select_related("party").get(party__organisation=member.organisation)
        return partial(copy.sign, by=member, signatory=own)

    for _attempt in range(6):
        text = new_text()
        assert not errors(at_once(signs(text, director), signs(text, lead)))
        signed = Agreement.objects.get(pk=text.pk)
        assert signed.status == AgreementStatus.SIGNED
        assert signed.starts_on == clock.today()
        assert signed.ends_on == clock.months_after(clock.today(), 24) - datetime.timedelta(1)
        assert not signed.signatories.filter(signed_on=None).exists()
        assert Event.objects.filter(subject_id=text.pk, verb="signature_recorded").count() == 2
        assert steps_of(text) == ["sign"]


def test_one_signature_is_recorded_once(new_text, director):
    to_sign = new_text()
    copies = [Agreement.objects.get(pk=to_sign.pk) for _click in range(CLICKS)]
    own = to_sign.signatories.select_related("party").get(party__organisation=director.organisation)
    outcomes = at_once(*[lambda copy=copy: copy.sign(by=director, signatory=own) for copy in copies])
    assert errors(outcomes) == [WrongStatus] * (CLICKS - 1)
    assert Event.objects.filter(verb="signature_recorded").count() == 1
