"""Inviting, and saying yes: with a new account, with the one that is there, never as somebody else."""

import datetime
import uuid

import pytest
from django.test import Client

from accounts.models import AuditEntry, Event, Membership, Role, User
from common import clock
from common.errors import NotPermitted, WrongStatus
from exchange.models import Invitation, PersonalLink
from exchange.staff import actions
from tests.factories import (
    InvitationFactory,
    MembershipFactory,
    PersonalLinkFactory,
    SiteFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
PASSWORD = "cerf volant bordeaux trombone"
DAY = datetime.timedelta(1)


def typed(**changes):
    return {
        "record_id": str(uuid.uuid4()),
        "email": "Nouvelle@test.example",
        "first_name": "Dominique",
        "last_name": "Le Bihan",
        "role": "counsellor",
        "starts_on": clock.today().isoformat(),
    } | changes


def account(**changes):
    names = {"first_name": "Dominique", "last_name": "Le Bihan"}
    return names | {"password1": PASSWORD, "password2": PASSWORD} | changes


@pytest.fixture
def invited(director):
    return PersonalLinkFactory(subject=InvitationFactory(invited_by=director, title="Conseillère"))


def test_from_the_form_to_the_first_page(as_member, client, director, work, secret_in, mailoutbox):
    site = SiteFactory(organisation=director.organisation)
    sent = typed(title="Conseillère", site=site.pk)
    assert as_member(director).post("/staff/invite/", sent).status_code == 302
    work()
    assert mailoutbox[0].to == ["nouvelle@test.example"]
    page = client.post("/links/", {"secret": secret_in(mailoutbox[0])}).url
    assert client.get(page).context["form"].initial == {"first_name": "Dominique", "last_name": "Le Bihan"}
    assert client.post(page, account()).url == "/"
    home = client.get("/")
    member = home.wsgi_request.member
    assert (member.role, member.title, member.site) == (Role.COUNSELLOR, "Conseillère", site)
    assert member.user.check_password(PASSWORD)
    assert director.organisation.name in home.text
    assert AuditEntry.objects.filter(action="signed_in", subject_ids=[str(member.user_id)]).exists()
    verbs = Event.objects.filter(by=member).values_list("verb", flat=True)
    assert sorted(verbs) == ["created", "invitation_accepted", "link_used"]


def test_the_second_factor_is_asked_before_any_page(opened, invited, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    browser, page = opened(invited)
    browser.post(page, account())
    assert browser.get("/").url == "/accounts/2fa/totp/activate/"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"password1": "court", "password2": "court"}, "password1"),
        ({"password1": "missionlocale2026", "password2": "missionlocale2026"}, "password1"),
        ({"password2": "autre chose que cela"}, "password2"),
        ({"last_name": ""}, "last_name"),
    ],
)
def test_a_bad_password_or_name_is_corrected_and_uses_nothing_up(opened, invited, wrong, field):
    browser, page = opened(invited)
    answer = browser.post(page, account(**wrong))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert 'value="Dominique"' in answer.text
    assert browser.post(page, account()).status_code == 302


def test_who_has_an_account_signs_in_first_and_keeps_it(opened, as_member, invited, stranger_counsellor):
    user = stranger_counsellor.user
    PersonalLink.objects.filter(pk=invited.pk).update(email=user.email.upper())
    invited.refresh_from_db()
    browser, page = opened(invited)
    asked = browser.get(page)
    assert f"/accounts/login/?next={page}" in asked.text
    assert browser.post(page, account()).status_code == 200
    assert not user.memberships.filter(organisation=invited.subject.organisation).exists()
    browser.force_login(user)
    assert browser.get(page).context["is_known"]
    assert browser.post(page).url == "/"
    assert user.memberships.count() == 2
    assert User.objects.filter(email__iexact=user.email).count() == 1


def test_signed_in_as_somebody_else_one_is_told_and_joins_nothing(opened, as_member, invited, colleague):
    for is_known in (False, True):
        if is_known:
            UserFactory(email=invited.email)
        browser, page = opened(invited, as_member(colleague))
        for answer in (browser.get(page), browser.post(page, account())):
            assert answer.status_code == 403
            assert invited.email in answer.text
    assert not invited.subject.organisation.memberships.filter(user__email=invited.email).exists()


def test_a_second_click_joins_once(opened, invited):
    browser, page = opened(invited)
    assert browser.post(page, account()).status_code == 302
    assert browser.post(page, account()).status_code == 410
    assert Membership.objects.filter(user__email=invited.email).count() == 1


def test_a_double_click_invites_once(as_member, director):
    browser, sent = as_member(director), typed()
    for _click in range(2):
        assert browser.post("/staff/invite/", sent).status_code == 302
    assert (Invitation.objects.count(), PersonalLink.objects.count()) == (1, 1)


def test_an_address_is_invited_once(as_member, director):
    browser = as_member(director)
    browser.post("/staff/invite/", typed())
    answer = browser.post("/staff/invite/", typed(email="NOUVELLE@test.example"))
    assert answer.status_code == 422
    assert "déjà invitée" in answer.text
    assert "Le Bihan" in answer.text


def test_a_colleague_is_not_invited_who_left_or_works_elsewhere_is(
    as_member, director, colleague, stranger_agent
):
    browser = as_member(director)
    answer = browser.post("/staff/invite/", typed(email=colleague.user.email.upper()))
    assert answer.status_code == 422
    assert "travaille déjà ici" in answer.text
    colleague.write(ends_on=clock.today() - DAY)
    for user in (colleague.user, stranger_agent.user):
        assert browser.post("/staff/invite/", typed(email=user.email)).status_code == 302
    actions.join(PersonalLink.objects.get(email=colleague.user.email), user=colleague.user)
    assert colleague.user.memberships.present().get().starts_on == clock.today()


def test_who_was_engaged_meanwhile_joins_once(opened, as_member, invited):
    member = MembershipFactory(organisation=invited.subject.organisation, user__email=invited.email)
    browser, page = opened(invited, as_member(member))
    answer = browser.post(page)
    assert answer.status_code == 422
    assert "Vous y travaillez déjà" in answer.text


@pytest.mark.parametrize("role", ["administrator", "client", "network", "lead", "agent"])
def test_a_director_gives_the_roles_of_a_mission_locale_alone(as_member, director, role):
    assert as_member(director).post("/staff/invite/", typed(role=role)).status_code == 422
    invitation = InvitationFactory.build(invited_by=director, organisation=director.organisation, role=role)
    with pytest.raises(NotPermitted):
        actions.invite(invitation, by=director)


@pytest.mark.parametrize("role", [Role.COUNSELLOR, Role.RECEPTION, Role.VOLUNTEER])
def test_who_runs_no_staff_invites_nobody(as_member, director, role):
    browser = as_member(MembershipFactory(organisation=director.organisation, role=role))
    assert browser.get("/staff/").status_code == 403
    assert browser.post("/staff/invite/", typed()).status_code == 403
    assert "/staff/" not in browser.get("/").text


def test_a_lead_invites_for_its_own_organisation(as_member, lead, director):
    assert as_member(lead).post("/staff/invite/", typed(role="agent")).status_code == 302
    assert Invitation.objects.visible_to(lead).get().organisation == lead.organisation
    assert not Invitation.objects.visible_to(director).exists()


@pytest.mark.parametrize("ends_on", ["2020-01-01", "yesterday"])
def test_dates_that_have_passed_or_stand_in_the_wrong_order_are_corrected(as_member, director, ends_on):
    ends = (clock.today() - DAY).isoformat() if ends_on == "yesterday" else ends_on
    assert as_member(director).post("/staff/invite/", typed(ends_on=ends)).status_code == 422
    later = typed(starts_on=(clock.today() + 9 * DAY).isoformat(), ends_on=(clock.today() + DAY).isoformat())
    assert as_member(director).post("/staff/invite/", later).status_code == 422


def test_a_site_of_others_is_not_offered(as_member, director):
    sent = typed(site=SiteFactory().pk)
    assert as_member(director).post("/staff/invite/", sent).status_code == 422


def test_who_begins_later_is_told_from_when(opened, director):
    begins = clock.today() + 5 * DAY
    link = PersonalLinkFactory(subject=InvitationFactory(invited_by=director, starts_on=begins))
    browser, page = opened(link)
    answer = browser.get(browser.post(page, account()).url)
    assert answer.status_code == 403
    assert f"{begins:%d/%m/%Y}" in answer.text
    with clock.at(begins):
        assert Membership.objects.active().filter(user__email=link.email).exists()


def test_an_invitation_that_outlived_its_own_end_stands_no_longer(director):
    link = PersonalLinkFactory(subject=InvitationFactory(invited_by=director, ends_on=clock.today() + DAY))
    assert link.closed_because == ""
    with clock.at(clock.now() + 2 * DAY):
        assert link.closed_because == "void"


def test_what_was_answered_is_neither_sent_again_nor_withdrawn(as_member, director, invited):
    actions.join(invited, user=UserFactory(email=invited.email))
    for verb in (actions.resend, actions.revoke):
        with pytest.raises(WrongStatus):
            verb(invited.subject, by=director)
    answer = as_member(director).post(f"/staff/invitations/{invited.subject_id}/revoke/", follow=True)
    assert "n’attend plus" in answer.text


def test_with_invented_people_no_real_address_is_invited(as_member, director, settings):
    """The next start would refuse to serve real people without a second factor."""
    answer = as_member(director).post("/staff/invite/", typed(email="vraie@orange.fr"))
    assert answer.status_code == 422
    settings.FICTITIOUS = False
    assert as_member(director).post("/staff/invite/", typed(email="vraie@orange.fr")).status_code == 302


def test_the_list_costs_the_same_for_one_and_for_many(as_member, director, django_assert_num_queries):
    browser = as_member(director)
    PersonalLinkFactory(subject=InvitationFactory(invited_by=director))
    # Session, person, membership, bell; invitations, links, their mails, undelivered ones, colleagues.
    with django_assert_num_queries(9):
        browser.get("/staff/")
    for _more in range(5):
        PersonalLinkFactory(subject=InvitationFactory(invited_by=director))
    MembershipFactory.create_batch(15, organisation=director.organisation)
    with django_assert_num_queries(9):
        page = browser.get("/staff/")
    assert len(page.context["page"]) == 16


def test_the_list_shows_neither_programs_nor_leavers_nor_others(as_member, director, colleague, lead):
    MembershipFactory(organisation=director.organisation, role=Role.CLIENT)
    left = MembershipFactory(organisation=director.organisation)
    left.write(ends_on=clock.today() - DAY)
    assert set(as_member(director).get("/staff/").context["page"]) == {colleague, director}
    assert list(as_member(lead).get("/staff/").context["page"]) == [lead]


def test_another_director_of_the_same_structure_may_withdraw(invited, mission_locale):
    other = MembershipFactory(organisation=mission_locale, role=Role.DIRECTOR)
    actions.revoke(invited.subject, by=other)
    assert Invitation.objects.get().revoked_at
    assert Client().get(invited.get_absolute_url()).status_code == 404
