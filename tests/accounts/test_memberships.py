"""The actor is the membership: dated, of one organisation, in one role that fits its kind."""

import itertools
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import Kind, Membership, Organisation, Role
from accounts.models.organisation import UNIONS
from common import clock
from tests.factories import MembershipFactory, MissionLocaleFactory, OrganisationFactory, PartnerFactory

pytestmark = pytest.mark.django_db

DAY = timedelta(1)
FITTING = {
    Kind.MISSION_LOCALE: {"counsellor", "director", "reception", "volunteer", "client"},
    Kind.OTHER: {"administrator", "agent", "lead", "network", "client"},
    **{union: {"network", "client"} for union in UNIONS},
}
FITTING_A_PARTNER = {"agent", "lead", "network", "client"}


@pytest.mark.parametrize(("kind", "role"), list(itertools.product(Kind, Role)))
def test_the_role_fits_the_kind_of_organisation(kind, role):
    organisation = OrganisationFactory(kind=kind)
    fits = role in FITTING.get(kind, FITTING_A_PARTNER)
    try:
        with transaction.atomic():
            MembershipFactory(organisation=organisation, role=role)
    except IntegrityError:
        assert not fits
    else:
        assert fits


@pytest.mark.parametrize(
    ("make", "reads_as"),
    [
        (MissionLocaleFactory, Role.DIRECTOR),
        (PartnerFactory, Role.LEAD),
        (lambda: OrganisationFactory(kind=Kind.REGIONAL_UNION), Role.NETWORK),
    ],
)
def test_a_client_reads_as_the_head_of_its_organisation(make, reads_as):
    assert MembershipFactory(organisation=make(), role=Role.CLIENT).reads_as == reads_as


@pytest.mark.parametrize("role", [role for role in Role if role != Role.CLIENT])
def test_a_person_reads_as_their_own_role(role):
    assert Membership(role=role, organisation_kind=Kind.OTHER).reads_as == role


def test_a_membership_does_not_end_before_it_begins(counsellor):
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.update(ends_on=counsellor.starts_on - DAY)


def test_one_open_membership_per_person_and_organisation(counsellor):
    with pytest.raises(IntegrityError), transaction.atomic():
        MembershipFactory(user=counsellor.user, organisation=counsellor.organisation, role=Role.DIRECTOR)
    Membership.objects.filter(pk=counsellor.pk).update(ends_on=clock.today() - DAY)
    MembershipFactory(
        user=counsellor.user,
        organisation=counsellor.organisation,
        role=Role.DIRECTOR,
        starts_on=clock.today(),
    )


def test_who_changes_role_today_is_named_once(as_member, counsellor, colleague):
    """The old role ends with the day, the new one begins with it: both are active."""
    Membership.objects.filter(pk=colleague.pk).update(ends_on=clock.today())
    new = MembershipFactory(
        user=colleague.user,
        organisation=colleague.organisation,
        role=Role.DIRECTOR,
        starts_on=clock.today(),
    )
    assert list(Membership.objects.nameable_by(counsellor).filter(user=colleague.user)) == [new]
    client = as_member(counsellor)
    assert client.get(f"/api/v1/people/{colleague.user_id}/").json()["role"] == "director"
    for address in ("/youths/", "/api/v1/youths/", "/api/v1/follow-ups/"):
        assert client.get(address, {"referent": colleague.user_id}).status_code == 200, address


def ended(member):
    Membership.objects.filter(pk=member.pk).update(ends_on=clock.today() - DAY)


def not_begun(member):
    Membership.objects.filter(pk=member.pk).update(starts_on=clock.today() + DAY)


def organisation_closed(member):
    Organisation.objects.filter(pk=member.organisation_id).update(is_active=False)


@pytest.mark.parametrize("lose", [ended, not_begun, organisation_closed])
def test_whoever_acts_for_nobody_is_told_and_reads_nothing(as_member, counsellor, youth, lose):
    browser = as_member(counsellor)
    pages = [reverse("desk:home"), reverse("desk:caseload"), youth.get_absolute_url()]
    assert all(browser.get(page).status_code == 200 for page in pages)
    lose(counsellor)
    for page in pages:
        answer = browser.get(page)
        assert answer.status_code == 403
        assert "<h1>" in answer.text
        assert "BENALI" not in answer.text
    answer = browser.get("/api/v1/youths/")
    assert answer.status_code == 403
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert browser.post(reverse("account_logout")).status_code == 302, "no way out"


def test_the_last_day_still_counts(as_member, counsellor):
    Membership.objects.filter(pk=counsellor.pk).update(ends_on=clock.today())
    assert as_member(counsellor).get(reverse("desk:home")).status_code == 200
    with clock.at(clock.today() + DAY):
        assert as_member(counsellor).get(reverse("desk:home")).status_code == 403


# Someone who acts for two organisations.


@pytest.fixture
def elsewhere(counsellor):
    """The same person's other membership, as director of another structure."""
    return MembershipFactory(
        user=counsellor.user,
        organisation=MissionLocaleFactory(),
        role=Role.DIRECTOR,
        starts_on=clock.today() - 10 * DAY,
    )


def test_switching_changes_who_acts(as_member, counsellor, elsewhere, youth):
    browser = as_member(counsellor)
    assert browser.get(youth.get_absolute_url()).status_code == 200
    answer = browser.post(reverse("accounts:membership_switch"), {"member": str(elsewhere.pk)})
    assert answer.status_code == 302
    assert browser.get(youth.get_absolute_url()).status_code == 404
    assert browser.get(reverse("desk:home")).wsgi_request.member == elsewhere
    browser.post(reverse("accounts:membership_switch"), {"member": str(counsellor.pk)})
    assert browser.get(youth.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("wanted", ["someone else's", "not an id", ""])
def test_nobody_switches_to_what_is_not_theirs(as_member, counsellor, director, wanted):
    chosen = str(director.pk) if wanted == "someone else's" else wanted
    browser = as_member(counsellor)
    answer = browser.post(reverse("accounts:membership_switch"), {"member": chosen})
    assert answer.status_code == 404
    assert browser.get(reverse("desk:home")).wsgi_request.member == counsellor


def test_a_membership_that_ends_falls_back_on_the_other(as_member, counsellor, elsewhere):
    browser = as_member(counsellor)
    browser.post(reverse("accounts:membership_switch"), {"member": str(elsewhere.pk)})
    ended(elsewhere)
    assert browser.get(reverse("desk:home")).wsgi_request.member == counsellor


def test_what_was_begun_for_one_organisation_is_not_sent_as_the_other(as_member, counsellor, elsewhere):
    browser = as_member(counsellor, enforce_csrf_checks=True)
    begun = str(browser.get(reverse("youths:youth_create")).context["csrf_token"])
    chosen = {"csrfmiddlewaretoken": begun, "member": str(elsewhere.pk)}
    assert browser.post(reverse("accounts:membership_switch"), chosen).status_code == 302
    answer = browser.post(
        reverse("youths:youth_create"), {"csrfmiddlewaretoken": begun, "last_name": "Benali"}
    )
    assert answer.status_code == 403
    assert "une autre organisation" in answer.content.decode()


def test_a_link_does_not_switch(as_member, counsellor, elsewhere):
    answer = as_member(counsellor).get(reverse("accounts:membership_switch"), {"member": str(elsewhere.pk)})
    assert answer.status_code == 405
