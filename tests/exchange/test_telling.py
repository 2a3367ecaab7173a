"""Who is told what: written in the act's own transaction, from the tables of the apps."""

import re
import sys

import pytest
from django.apps import apps
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from accounts.models import Role
from common import clock
from exchange.deliveries.table import by_act, by_date, matters, tellings
from exchange.models import Delivery, Notice
from partnerships.workflow import Status as AgreementStatus
from referrals.workflow import STEPS
from tests.factories import AgreementFactory, MembershipFactory, ReferralFactory
from youths.models import FollowUp

pytestmark = pytest.mark.django_db


NAMES_NOBODY = re.compile(r"[%{}@]")


def test_of_every_sentence_its_kind_its_record_and_its_page_are_said(youth):
    names = [app.name for app in apps.get_app_configs()]
    declared = [t for name in names for t in getattr(sys.modules.get(f"{name}.notices"), "NOTICES", ())]
    assert len(declared) == len(tellings()), "each kind is named once"
    assert {*by_date(), *(t for found in by_act().values() for t in found)} == {*declared}
    for telling in declared:
        assert apps.get_model(telling.subject)
        assert reverse(telling.opens, args=[youth.pk] if getattr(telling, "at", "record") else [])
        assert telling.matter == matters()[telling.matter.name], "one name is one matter"
        assert telling.matter.roles <= set(Role) - {Role.CLIENT}
        assert len(telling.kind) <= 40


def test_every_sentence_is_said_in_french_and_in_english_and_names_nobody():
    for telling in tellings().values():
        for text in (telling.sentence, telling.matter.label, telling.matter.topic):
            said = {}
            for language in ("fr", "en"):
                with translation.override(language):
                    said[language] = str(text)
            assert said["fr"] != said["en"], said["en"]
            assert not NAMES_NOBODY.search("".join(said.values())), "a sentence has no place for a name"


def test_every_step_of_a_referral_is_told():
    assert {verb for subject, verb in by_act() if subject == "referrals.referral"} == set(STEPS)


def test_former_and_new_referent_are_told_and_not_who_does_it(youth, counsellor, colleague, director, told):
    follow_up = youth.follow_ups.get()
    follow_up.hand_over(to=colleague, by=director, reason="Congé.")
    assert told() == {(colleague, "handed_to_you"), (counsellor, "handed_over")}
    follow_up.hand_over(to=counsellor, by=counsellor, reason="Retour.")
    assert (colleague, "handed_over") in told()
    assert Notice.objects.filter(member=counsellor).count() == 1, "who does it knows it"


def test_what_is_rolled_back_is_told_to_nobody(youth, colleague, director):
    with transaction.atomic():
        youth.follow_ups.get().hand_over(to=colleague, by=director, reason="Congé.")
        assert Delivery.objects.count() == 2
        transaction.set_rollback(True)
    assert not Notice.objects.exists()
    assert not Delivery.objects.exists()


def test_a_refused_hand_over_tells_nobody(youth, stranger_counsellor, director):
    with pytest.raises(Exception, match="structure"):
        youth.follow_ups.get().hand_over(to=stranger_counsellor, by=director, reason="Congé.")
    assert not Notice.objects.exists()
    assert FollowUp.objects.get().version == 1


def test_a_referral_is_told_to_the_other_side(referral, counsellor, agent, lead, stranger_agent, told):
    referral.send(by=counsellor)
    assert told() == {(agent, "referral_send"), (lead, "referral_send")}
    referral.accept(by=agent)
    assert told() >= {(counsellor, "referral_accept"), (lead, "referral_accept")}
    assert not Notice.objects.filter(member=agent, kind="referral_accept").exists()


def test_another_partner_of_the_same_person_hears_nothing(referral, youth, counsellor, agent, stranger_agent):
    """Two partners on one young person: neither learns of the other."""
    beside = ReferralFactory(
        sender=youth.organisation,
        recipient=stranger_agent.organisation,
        youth=youth,
        author=counsellor,
        status="draft",
    )
    referral.send(by=counsellor)
    assert not Notice.objects.filter(member=stranger_agent).exists()
    beside.send(by=counsellor)
    assert Notice.objects.filter(member=stranger_agent).count() == 1
    assert Notice.objects.filter(member=agent).count() == 1


@pytest.mark.parametrize("role", [Role.NETWORK, Role.CLIENT])
def test_those_who_see_no_referral_are_told_of_none(referral, counsellor, partner, role):
    MembershipFactory(organisation=partner, role=role)
    referral.send(by=counsellor)
    assert not Notice.objects.exists()


def test_who_has_left_is_told_nothing(referral, counsellor, agent, lead, told):
    agent.write(ends_on=clock.today() - clock.ONE_DAY)
    lead.user.is_active = False
    lead.user.save()
    referral.send(by=counsellor)
    assert told() == set()


def test_a_draft_that_is_cancelled_was_never_the_partners(referral, counsellor, agent):
    referral.cancel(by=counsellor)
    assert not Notice.objects.exists()


def test_a_letter_is_told_to_nobody_outside(agreement, youth, counsellor, colleague, agent, partner, told):
    letter = ReferralFactory(
        sender=youth.organisation,
        recipient=partner,
        youth=youth,
        author=counsellor,
        by_letter=True,
        status="draft",
    )
    letter.send(by=counsellor)
    letter.accept(by=colleague)
    assert told() == {(counsellor, "referral_accept")}


def test_those_who_may_sign_are_told(mission_locale, partner, director, lead, agent, counsellor, told):
    agreement = AgreementFactory(
        lead_organisation=mission_locale,
        between=[mission_locale, partner],
        status=AgreementStatus.CO_CONSTRUCTION,
    )
    agreement.submit(by=director)
    assert told() == {(lead, "agreement_to_sign")}


def test_each_person_is_told_once_of_an_event(referral, counsellor, agent):
    referral.send(by=counsellor)
    notice = Notice.objects.get()
    assert notice.event.verb == "send"
    assert notice.deliveries.count() == 1
    assert notice.address == referral.get_absolute_url()


def test_no_act_rings_for_its_mail(referral, counsellor, agent, django_capture_on_commit_callbacks):
    """A story, an import, a day of hand-overs: a bell for each would stand before the PDF that somebody waits for."""
    with django_capture_on_commit_callbacks() as callbacks:
        referral.send(by=counsellor)
    assert Notice.objects.exists()
    assert callbacks == []
