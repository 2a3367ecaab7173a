"""The last signature puts an agreement into effect; a signature clears nothing."""

import datetime
import threading

import pytest
from django.db import connection

from accounts.models import Event
from common import clock
from common.errors import NotPermitted, WrongStatus
from partnerships.actions import propose_interim
from partnerships.models import Agreement, Phase, Signatory
from partnerships.workflow import Status
from tests.factories import AgreementFactory


@pytest.fixture
def to_sign(mission_locale, partner):
    return AgreementFactory(
        lead_organisation=mission_locale, between=[mission_locale, partner], status=Status.TO_SIGN
    )


def own(agreement, member):
    return agreement.signatories.get(party__organisation=member.organisation)


def test_the_last_signature_puts_it_into_force(to_sign, director, lead):
    to_sign.sign(by=director, signatory=own(to_sign, director))
    assert to_sign.status == Status.TO_SIGN
    assert not to_sign.is_in_force()
    to_sign.sign(by=lead, signatory=own(to_sign, lead), how=Signatory.How.OUTSIDE)
    assert (to_sign.status, to_sign.phase()) == (Status.SIGNED, Phase.IN_FORCE)
    assert to_sign.signed_on == to_sign.starts_on == clock.today()
    assert to_sign.ends_on == clock.months_after(clock.today(), 24) - clock.ONE_DAY


def test_a_signature_clears_nothing(to_sign, director, lead):
    yesterday = clock.today() - datetime.timedelta(days=1)
    to_sign.sign(by=director, signatory=own(to_sign, director), signed_on=yesterday)
    to_sign.sign(by=lead, signatory=own(to_sign, lead))
    first = own(to_sign, director)
    assert (first.signed_on, first.how) == (yesterday, Signatory.How.INSIDE)
    recorded = Event.objects.filter(subject_id=to_sign.pk, verb="signature_recorded")
    assert recorded.count() == 2


def test_the_latest_signature_counts_not_the_last_recorded(to_sign, director, lead):
    earlier = clock.today() - datetime.timedelta(days=20)
    to_sign.sign(by=director, signatory=own(to_sign, director))
    to_sign.sign(by=lead, signatory=own(to_sign, lead), signed_on=earlier, how=Signatory.How.OUTSIDE)
    assert to_sign.signed_on == to_sign.starts_on == clock.today()


def test_a_mistyped_year_does_not_end_the_agreement_with_its_signature(to_sign, as_member, director, lead):
    to_sign.sign(by=lead, signatory=own(to_sign, lead))
    url = f"/agreements/{to_sign.pk}/steps/sign/"
    typed = {"signatory": own(to_sign, director).pk, "how": "inside", "signed_on": "0001-01-01"}
    client = as_member(director)
    response = client.post(url, typed)
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"signed_on"}
    assert client.post(url, typed | {"signed_on": clock.today().isoformat()}).status_code == 302


def test_nobody_signs_twice_or_for_the_other_side(to_sign, director, lead):
    with pytest.raises(NotPermitted):
        to_sign.sign(by=director, signatory=own(to_sign, lead))
    to_sign.sign(by=director, signatory=own(to_sign, director))
    with pytest.raises(WrongStatus):
        to_sign.sign(by=director, signatory=own(to_sign, director))
    assert Event.objects.filter(subject_id=to_sign.pk).count() == 1


def test_a_signatory_of_another_agreement_does_not_count(to_sign, director, mission_locale, partner):
    other = AgreementFactory(
        lead_organisation=mission_locale, between=[mission_locale, partner], status=Status.TO_SIGN
    )
    with pytest.raises(NotPermitted):
        to_sign.sign(by=director, signatory=own(other, director))


def test_an_interim_accord_is_in_force_once_the_partner_confirms_it(director, lead, partner):
    accord = propose_interim(by=director, partner=partner, shared_fields=["phone"])
    assert (accord.status, accord.is_in_force()) == (Status.TO_SIGN, False)
    accord.sign(by=lead, signatory=own(accord, lead))
    assert accord.is_in_force()
    assert own(accord, lead).name == str(lead)
    assert accord.ends_on < clock.months_after(clock.today(), 6)
    assert Agreement.objects.interim().count() == 1


def test_only_a_direction_proposes_an_interim_accord(counsellor, director, partner):
    with pytest.raises(NotPermitted):
        propose_interim(by=counsellor, partner=partner, shared_fields=["phone"])
    assert not Agreement.objects.exists()
    propose_interim(by=director, partner=partner, shared_fields=["phone"])


def test_a_double_click_proposes_one_accord(director, partner):
    first = propose_interim(by=director, partner=partner, shared_fields=["phone"])
    again = propose_interim(by=director, partner=partner, shared_fields=["phone"], record_id=first.pk)
    assert again == first
    assert Agreement.objects.count() == 1


@pytest.mark.postgres
@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="only PostgreSQL can show it")
@pytest.mark.django_db(transaction=True)
def test_two_last_signatures_at_once_put_it_into_force_once(to_sign, director, lead):
    ready, faults = threading.Barrier(2), []

    def sign(member):
        try:
            agreement = Agreement.objects.get(pk=to_sign.pk)
            signatory = own(agreement, member)
            ready.wait()
            agreement.sign(by=member, signatory=signatory)
        except Exception as fault:  # told to the main thread
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=sign, args=[member]) for member in (director, lead)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    to_sign.refresh_from_db()
    assert to_sign.is_in_force()
    assert Event.objects.filter(subject_id=to_sign.pk, verb="sign").count() == 1
