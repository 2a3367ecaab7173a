"""One organisation, as each may know it; closing it, and who is the first to run it."""

import datetime

import pytest

from accounts.models import ApiToken, Event, Kind, Role
from common import clock
from common.errors import DomainError, NotPermitted, WrongStatus
from exchange.models import Invitation
from exchange.staff.actions import name_head
from tests.factories import (
    AgreementFactory,
    InvitationFactory,
    MembershipFactory,
    MissionLocaleFactory,
    OrganisationFactory,
    PartnerFactory,
    ReferralFactory,
    ServiceOfferFactory,
    SiteFactory,
)
from youths.posts import close_organisation

pytestmark = pytest.mark.django_db


def page_of(organisation):
    return f"/organisations/{organisation.pk}/"


@pytest.mark.parametrize("persona", ["counsellor", "agent", "network", "reception"])
def test_others_read_posts_and_colleagues_names(request, as_member, persona, partner):
    reader = request.getfixturevalue(persona)
    somebody = MembershipFactory(organisation=partner, role=Role.AGENT, title="Formatrice")
    MembershipFactory(organisation=partner, role=Role.AGENT, title="Formatrice")
    MembershipFactory(
        organisation=partner, role=Role.AGENT, title="Partie", ends_on=datetime.date(2021, 1, 1)
    )
    page = as_member(reader).get(page_of(partner)).text
    assert "Formatrice" in page
    assert "Partie" not in page
    assert (somebody.user.last_name in page) == (reader.organisation == partner)


def test_only_agreements_that_the_reader_sees(as_member, counsellor, partner, agreement, administrator):
    elsewhere = AgreementFactory(between=[MissionLocaleFactory(), partner])
    offer = ServiceOfferFactory(organisation=partner)
    page = as_member(counsellor).get(page_of(partner)).text
    assert agreement.title in page
    assert elsewhere.title not in page
    assert offer.title in page
    text = as_member(administrator).get(page_of(partner)).text
    assert agreement.title not in text


def test_a_volunteer_finds_none(as_member, volunteer):
    browser = as_member(volunteer)
    assert browser.get(page_of(volunteer.organisation)).status_code == 404
    assert browser.get("/organisations/").context["count"] == 0


@pytest.mark.parametrize("number", [1, 20])
def test_it_costs_the_same_for_1_of_each_and_20(as_member, director, number, django_assert_max_num_queries):
    own = director.organisation
    for _one in range(number):
        MembershipFactory(organisation=own)
        SiteFactory(organisation=own)
        ServiceOfferFactory(organisation=own)
        AgreementFactory(lead_organisation=own, between=[own, PartnerFactory()])
    browser = as_member(director)
    # session, user, memberships, unread, organisation, sites, people, posts, agreements, offers, below
    with django_assert_max_num_queries(12):
        assert browser.get(page_of(own)).status_code == 200


def test_a_long_name_and_an_empty_house_have_their_page(as_member, administrator):
    house = OrganisationFactory(kind=Kind.FOUNDATION, name="Association " + "départementale " * 12)
    page = as_member(administrator).get(page_of(house))
    assert "Personne n’a de compte ici" in page.text


def test_what_hangs_on_it_is_shown_and_nobody_acts_for_it_any_more(as_member, administrator, agreement, lead):
    partner, browser = lead.organisation, as_member(administrator)
    client = MembershipFactory(organisation=partner, role=Role.CLIENT)
    _token, secret = ApiToken.objects.issue(membership=client, name="Logiciel", scopes=["read"])
    ReferralFactory(sender=agreement.lead_organisation, recipient=partner, agreement=agreement)
    close = f"{page_of(partner)}close/"
    shown = browser.get(close).context["held"]
    assert shown == {"people": 2, "agreements": 1, "referrals": 1, "waiting": 0, "follow_ups": 0}
    assert browser.post(close).url == page_of(partner)
    assert as_member(lead).get("/").status_code == 403
    answer = browser.get("/api/v1/referrals/", headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code in {401, 403}
    assert "fermée" in browser.get(page_of(partner)).text
    assert browser.post(close).status_code == 422
    assert browser.post(f"{page_of(partner)}reopen/").url == page_of(partner)
    assert as_member(lead).get("/").status_code == 200
    verbs = list(
        Event.objects.filter(subject_id=partner.pk).order_by("moment").values_list("verb", flat=True)
    )
    assert verbs == ["organisation_closed", "organisation_reopened"]


def test_it_stays_open_while_a_young_person_is_followed_there(as_member, administrator, youth):
    close = f"{page_of(youth.organisation)}close/"
    browser = as_member(administrator)
    assert "référent" in browser.get(close).text
    answer = browser.post(close)
    assert answer.status_code == 422
    youth.organisation.refresh_from_db()
    assert youth.organisation.is_active
    assert youth.last_name not in answer.text


def test_nobody_closes_the_house_they_act_for(as_member, administrator, director):
    with pytest.raises(DomainError):
        close_organisation(administrator.organisation, by=administrator)
    with pytest.raises(NotPermitted):
        close_organisation(director.organisation, by=director)


# Who is the first to run it.


def typed(**changes):
    return {
        "email": "premiere@test.example",
        "first_name": "Dominique",
        "last_name": "Le Bihan",
        "starts_on": clock.today(),
    } | changes


@pytest.mark.parametrize(
    ("kind", "role"),
    [(Kind.MISSION_LOCALE, "director"), (Kind.CHAMBER, "lead"), (Kind.REGIONAL_UNION, "network")],
)
def test_the_administrator_names_who_runs_it_and_may_withdraw(as_member, administrator, kind, role):
    house, browser = OrganisationFactory(kind=kind), as_member(administrator)
    assert browser.post(f"{page_of(house)}head/", typed()).url == page_of(house)
    invitation = Invitation.objects.get()
    assert (invitation.role, invitation.organisation, invitation.invited_by) == (role, house, administrator)
    assert "Le Bihan" in browser.get(page_of(house)).text
    assert browser.post(f"{page_of(house)}head/", typed()).status_code == 422  # invited already
    assert browser.post(f"/staff/invitations/{invitation.pk}/resend/").url == page_of(house)
    assert browser.post(f"/staff/invitations/{invitation.pk}/revoke/").url == page_of(house)
    invitation.refresh_from_db()
    assert invitation.revoked_at


def test_once_somebody_runs_it_colleagues_are_theirs_to_invite(as_member, administrator, lead):
    browser = as_member(administrator)
    page = f"{page_of(lead.organisation)}head/"
    assert page not in browser.get(page_of(lead.organisation)).text
    assert browser.post(page, typed()).status_code == 422
    invitation = InvitationFactory(invited_by=lead)
    assert browser.post(f"/staff/invitations/{invitation.pk}/revoke/").status_code == 404


def test_whoever_runs_the_platform_does_not_let_themself_in(administrator):
    other = MembershipFactory(organisation=administrator.organisation, role=Role.ADMINISTRATOR)
    for email in (administrator.user.email, other.user.email.upper()):
        with pytest.raises(NotPermitted):
            name_head(Invitation(email=email), organisation=MissionLocaleFactory(), by=administrator)
    closed = MissionLocaleFactory(is_active=False)
    with pytest.raises(WrongStatus):
        name_head(Invitation(email="x@test.example"), organisation=closed, by=administrator)
