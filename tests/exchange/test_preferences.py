"""Each person chooses how to hear of what; what matters most cannot be silenced."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from exchange.deliveries.preferences import matters_of
from exchange.deliveries.table import Way, matters
from exchange.models import Delivery, Notice, Preference

pytestmark = pytest.mark.django_db
PAGE = "/account/notices/"


def choose(browser, member, **ways):
    defaults = {matter.name: matter.default for matter in matters_of(member)}
    return browser.post(PAGE, defaults | ways)


def test_only_what_differs_from_the_default_is_kept(as_member, agent):
    browser = as_member(agent)
    assert choose(browser, agent).status_code == 302
    assert not Preference.objects.exists()
    choose(browser, agent, referral_goes_on=Way.SCREEN)
    choose(browser, agent, referral_goes_on=Way.SCREEN)
    assert list(Preference.objects.values_list("member", "matter", "way")) == [
        (agent.pk, "referral_goes_on", "screen")
    ]
    assertContains(browser.get(PAGE), "Vos choix pour Maison des métiers")
    assert browser.get(PAGE).context["form"]["referral_goes_on"].initial == Way.SCREEN
    choose(browser, agent)
    assert not Preference.objects.exists()


@pytest.mark.parametrize(("way", "mails"), [(Way.AT_ONCE, 1), (Way.DIGEST, 0), (Way.SCREEN, 0)])
def test_the_choice_decides_on_the_mail_and_the_bell_rings_anyway(referral, counsellor, agent, way, mails):
    Preference.objects.choose(agent, {"referral_arrives": way})
    referral.send(by=counsellor)
    assert Notice.objects.get().way == way
    assert Delivery.objects.count() == mails


def test_one_persons_choice_is_nobody_elses(referral, counsellor, agent, lead):
    Preference.objects.choose(agent, {"referral_arrives": Way.SCREEN})
    referral.send(by=counsellor)
    assert [delivery.notice.member for delivery in Delivery.objects.all()] == [lead]


def test_a_hand_over_and_a_signature_cannot_be_silenced(youth, counsellor, colleague, director, as_member):
    choose(as_member(colleague), colleague, hand_over=Way.SCREEN)
    assert not Preference.objects.exists()
    Preference.objects.create(member=colleague, matter="hand_over", way=Way.SCREEN)  # whoever wrote it
    youth.follow_ups.get().hand_over(to=colleague, by=director, reason="Congé.")
    assert {notice.way for notice in Notice.objects.all()} == {Way.AT_ONCE}
    assert Delivery.objects.count() == 2
    assert {name for name, matter in matters().items() if not matter.mutable} == {
        "hand_over",
        "link_blocked",
        "new_device",
        "signatures",
    }
    assertContains(as_member(colleague).get(PAGE), "toujours annoncé de cette façon")


def test_each_role_is_asked_what_can_concern_it(as_member, counsellor, agent, director, volunteer):
    assert "hand_over" in {matter.name for matter in matters_of(counsellor)}
    assert {"hand_over", "evaluation_due"}.isdisjoint({matter.name for matter in matters_of(agent)})
    assert "evaluation_due" in {matter.name for matter in matters_of(director)}
    assertNotContains(as_member(volunteer).get(PAGE), "Orientations</h2>")


def test_a_way_that_does_not_exist_is_refused_and_the_rest_stays_typed(as_member, agent):
    answer = choose(as_member(agent), agent, referral_goes_on="pigeon", referral_arrives=Way.SCREEN)
    assert answer.status_code == 422
    assert answer.context["form"]["referral_arrives"].value() == Way.SCREEN
    assert not Preference.objects.exists()


def test_nobody_signed_out_chooses(client):
    assert client.get(PAGE).status_code == 302
    assert reverse("exchange:preferences") == PAGE
