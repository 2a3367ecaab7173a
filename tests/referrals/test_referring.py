"""Referring a young person: what is offered, what is sent, what a second click or a letter does."""

import datetime
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import escape

from accounts.models import AuditEntry, Event
from common import clock
from common.errors import DomainError, NotPermitted
from partnerships.actions import propose_interim
from partnerships.models import Agreement
from referrals.actions import refer
from referrals.matching import matches_for
from referrals.models import Informed, Referral, Urgency
from referrals.workflow import OPEN, Status
from tests.factories import ReferralFactory, ServiceOfferFactory, SiteFactory, ThemeFactory, YouthFactory
from youths.models import Share, Youth


@pytest.fixture
def theme(db):
    return ThemeFactory(slug="mobilite", name="Mobilité")


@pytest.fixture
def offer(theme, partner, agreement):
    return ServiceOfferFactory(organisation=partner, theme=theme, title="Code de la route", places=2)


def new(youth, partner, agreement=None, **more):
    values = {"motive": "Permis.", "informed": Informed.TOGETHER} | more
    return Referral(youth=youth, recipient=partner, agreement=agreement, **values)


def address(youth, offer=None, **query):
    chosen = {"need": "mobilite"}
    if offer:
        chosen |= {"partner": offer.organisation_id, "offer": offer.pk}
    return reverse("referrals:referral_create", args=[youth.pk], query=chosen | query)


MESSAGE = {"motive": "Permis de conduire.", "urgency": "normal", "informed": "together"}


# What is offered.


def test_only_open_offers_of_bound_partners_match(youth, theme, offer, counsellor, partner):
    ServiceOfferFactory(theme=theme)
    ServiceOfferFactory(organisation=partner, theme=theme, is_open=False)
    ServiceOfferFactory(organisation=partner)
    found = matches_for(youth, theme, by=counsellor)
    assert [(match.offer, match.partner) for match in found] == [(offer, partner)]


def test_places_left_are_those_that_no_open_referral_holds(
    youth, theme, offer, counsellor, partner, agreement, mission_locale
):
    for status in (Status.SENT, Status.DECLINED):
        ReferralFactory(
            sender=mission_locale, recipient=partner, agreement=agreement, offer=offer, status=status
        )
    (match,) = matches_for(youth, theme, by=counsellor)
    assert (match.places_left, match.is_full) == (1, False)
    assert match.answer_time


def test_a_partner_bound_for_the_theme_is_offered_without_an_offer(
    youth, theme, counsellor, partner, agreement
):
    assert not matches_for(youth, theme, by=counsellor)
    agreement.themes.add(theme)
    (match,) = matches_for(youth, theme, by=counsellor)
    assert (match.partner, match.offer, match.places_left) == (partner, None, None)


def test_the_page_says_what_is_left_out_for_who_goes_to_no_site(as_member, youth, theme, offer, counsellor):
    said = "Le dossier n’indique aucun site"
    assert said not in as_member(counsellor).get(address(youth)).content.decode()
    site = SiteFactory(organisation=youth.organisation)
    assert said in as_member(counsellor).get(address(youth)).content.decode()
    Youth.objects.filter(pk=youth.pk).update(site=site)
    assert said not in as_member(counsellor).get(address(youth)).content.decode()


def test_without_an_agreement_the_page_says_the_two_ways(as_member, youth, theme, counsellor, director):
    page = as_member(counsellor).get(address(youth)).content.decode()
    assert "by=letter" in page
    assert reverse("desk:interim_create") not in page
    page = as_member(director).get(address(youth)).content.decode()
    assert reverse("desk:interim_create") in page


# What is sent.


def test_the_form_sends_what_was_ticked_and_nothing_else(as_member, youth, offer, counsellor, agent):
    Youth.objects.filter(pk=youth.pk).update(phone="06 11 22 33 44", email="yanis@test.example")
    answer = as_member(counsellor).post(address(youth, offer), MESSAGE | {"shared": ["phone"]})
    referral = Referral.objects.get()
    assert (answer.status_code, answer.url) == (302, referral.get_absolute_url())
    assert (referral.status, referral.share.fields, referral.offer) == (Status.SENT, ["phone"], offer)
    page = as_member(agent).get(referral.get_absolute_url()).content.decode()
    assert "06 11 22 33 44" in page
    assert "yanis@test.example" not in page
    assert youth.get_absolute_url() not in page


def test_the_preview_shows_what_would_be_read_and_sends_nothing(as_member, youth, offer, counsellor):
    Youth.objects.filter(pk=youth.pk).update(phone="06 11 22 33 44", commune="Port-Haut")
    client = as_member(counsellor)
    answer = client.post(address(youth, offer), {"shared": ["commune"], "preview": "1"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Port-Haut" in page
    assert "06 11 22 33 44" not in page
    assert not Referral.objects.exists()


@pytest.mark.parametrize("missing", sorted(MESSAGE))
def test_what_is_missing_is_asked_again(as_member, youth, offer, counsellor, missing):
    posted = {name: value for name, value in MESSAGE.items() if name != missing}
    answer = as_member(counsellor).post(address(youth, offer), posted)
    assert answer.status_code == 422
    assert not Referral.objects.exists()


def test_a_protected_address_and_the_agreement_take_fields_away(
    as_member, youth, offer, counsellor, agreement
):
    Youth.objects.filter(pk=youth.pk).update(protected_address=True)
    Agreement.objects.filter(pk=agreement.pk).update(shared_fields=["commune", "phone"])
    client = as_member(counsellor)
    form = client.get(address(youth, offer)).context["form"]
    assert [name for name, _label in form.fields["shared"].choices] == ["phone"]
    assert client.post(address(youth, offer), MESSAGE | {"shared": ["commune"]}).status_code == 422
    youth.refresh_from_db()
    agreement.refresh_from_db()
    sent = refer(
        new(youth, offer.organisation, agreement, fields=["commune", "email", "phone"]), by=counsellor
    )
    assert sent.share.fields == ["phone"]


def test_a_double_click_sends_once(as_member, youth, offer, counsellor):
    client, posted = as_member(counsellor), MESSAGE | {"record_id": uuid.uuid4()}
    first, second = (client.post(address(youth, offer), posted) for _ in range(2))
    assert first.url == second.url
    assert Referral.objects.count() == Share.objects.count() == 1
    assert Event.objects.filter(verb="send").count() == 1


@pytest.mark.parametrize("with_offer", [True, False])
def test_a_second_open_referral_is_refused_until_the_first_ends(
    youth, partner, agreement, offer, counsellor, agent, with_offer
):
    chosen = {"offer": offer if with_offer else None}
    first = refer(new(youth, partner, agreement, **chosen), by=counsellor)
    with pytest.raises((ValidationError, DomainError)):
        refer(new(youth, partner, agreement, **chosen), by=counsellor)
    assert Referral.objects.filter(status__in=sorted(OPEN)).count() == Share.objects.count() == 1
    first.decline(by=agent, reason="no_place")
    assert refer(new(youth, partner, agreement, **chosen), by=counsellor).status == Status.SENT


def test_an_offer_that_closed_meanwhile_is_not_sent_to(as_member, youth, offer, counsellor):
    type(offer).objects.filter(pk=offer.pk).update(is_open=False)
    answer = as_member(counsellor).post(address(youth, offer), MESSAGE)
    assert answer.context["no_longer"]
    assert MESSAGE["motive"] in answer.content.decode()
    assert not Referral.objects.exists()


@pytest.mark.parametrize("days", [(Urgency.NORMAL, 7), (Urgency.URGENT, 2)])
def test_urgency_decides_when_an_answer_is_wanted(youth, partner, agreement, counsellor, days):
    urgency, wanted = days
    sent = refer(new(youth, partner, agreement, urgency=urgency), by=counsellor)
    assert sent.answer_by == clock.today() + datetime.timedelta(wanted)
    assert not sent.is_late
    with clock.at(clock.today() + datetime.timedelta(wanted + 1)):
        assert sent.is_late
        assert Referral.objects.late().get() == sent


# Who refers.


def test_only_the_own_structure_refers_its_young_people(
    as_member, youth, partner, agreement, offer, agent, stranger_counsellor, reception, network
):
    for outsider in (agent, stranger_counsellor, reception, network):
        assert as_member(outsider).get(address(youth)).status_code == 404
        with pytest.raises(NotPermitted):
            refer(new(youth, partner, agreement), by=outsider)
    assert not Referral.objects.exists()


def test_an_unanswered_referral_expires(youth, partner, agreement, counsellor, agent):
    sent = refer(new(youth, partner, agreement), by=counsellor)
    with clock.at(sent.expires_on):
        assert not sent.is_expired
    with clock.at(sent.expires_on + clock.ONE_DAY), pytest.raises(DomainError):
        sent.accept(by=agent)
    assert not Event.objects.filter(verb="accept").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("month", [1, 8])  # ninety days later clocks have changed
@pytest.mark.parametrize("minutes", [-1, 0, 1])
def test_those_to_answer_are_those_that_have_not_expired(month, minutes):
    midnight = clock.midnight(datetime.date(2026, month, 15)).astimezone(datetime.UTC)
    ReferralFactory(sent_at=midnight + datetime.timedelta(minutes=minutes))
    for days in (89, 90, 91):
        for minute in (-61, -1, 0, 1, 61):
            with clock.at(midnight + datetime.timedelta(days=days, minutes=minute)):
                standing = [referral for referral in Referral.objects.all() if not referral.is_expired]
                assert list(Referral.objects.answerable()) == standing


# By letter.


def test_a_letter_gives_the_partner_no_access(as_member, youth, theme, partner, counsellor, agent):
    answer = as_member(counsellor).post(address(youth, by="letter"), MESSAGE | {"recipient": partner.pk})
    letter = Referral.objects.get()
    assert answer.url == letter.get_absolute_url()
    assert (letter.by_letter, letter.share, letter.fields) == (True, None, [])
    assert not Share.objects.exists()
    assert not Referral.objects.visible_to(agent).exists()
    assert as_member(agent).get(letter.get_absolute_url()).status_code == 404
    with pytest.raises(NotPermitted):
        letter.accept(by=agent)
    letter.accept(by=counsellor)
    assert letter.status == Status.ACCEPTED


def test_under_an_interim_accord_only_its_fields_leave(youth, partner, director, lead, counsellor):
    accord = propose_interim(by=director, partner=partner, shared_fields=["phone"], months=6)
    accord.sign(by=lead, signatory=accord.signatories.get(party__organisation=partner))
    sent = refer(new(youth, partner, accord, fields=["phone", "email"]), by=counsellor)
    assert sent.share.fields == ["phone"]
    assert Referral.objects.filter(agreement__in=Agreement.objects.interim()).count() == 1


def test_reading_the_pages_of_a_referral_is_written_down(as_member, youth, offer, counsellor):
    as_member(counsellor).get(address(youth, offer))
    entry = AuditEntry.objects.get(route="referrals:referral_create")
    assert (entry.subject_type, entry.subject_ids) == ("youths.youth", [str(youth.pk)])


@pytest.mark.parametrize("need", ["", "inconnu", "\0", "x" * 3000])
def test_an_unknown_need_is_asked_again(need, as_member, youth, theme, counsellor):
    response = as_member(counsellor).get(f"/youths/{youth.pk}/refer/", {"need": need})
    assert response.status_code == 200
    assert theme.name in response.content.decode()


def test_long_names_are_escaped(as_member, mission_locale, theme, counsellor):
    youth = YouthFactory(organisation=mission_locale, last_name="<b>Très</b> " + "long" * 20)
    assert escape(str(youth)) in as_member(counsellor).get(address(youth)).content.decode()
