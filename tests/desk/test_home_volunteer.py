"""The first page of a volunteer: no young person, whom to reach, and the own account."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from tests.factories import SiteFactory, YouthFactory

QUERIES = ["session", "user", "memberships", "notices unread", "sites", "second factor", "audit"]


@pytest.mark.parametrize("number", [1, 20])
def test_it_costs_the_same_for_1_site_and_20(number, as_member, volunteer, django_assert_num_queries):
    SiteFactory.create_batch(number, organisation=volunteer.organisation)
    client = as_member(volunteer)
    with django_assert_num_queries(len(QUERIES)):
        client.get("/")


def test_it_says_that_no_mandate_is_kept_and_whom_to_reach(as_member, volunteer):
    type(volunteer.organisation).objects.filter(pk=volunteer.organisation_id).update(
        address="3 rue du Port", commune="Port-Haut"
    )
    SiteFactory(organisation=volunteer.organisation, name="Les Docks", commune="Port-Bas")
    YouthFactory(organisation=volunteer.organisation, last_name="Secrète")
    page = as_member(volunteer).get("/").content.decode()
    assert "mandat" in page
    for known in (volunteer.organisation.name, "3 rue du Port", "Port-Haut", "Les Docks (Port-Bas)"):
        assert known in page
    assert "SECRÈTE" not in page


def test_it_leads_to_the_own_account(as_member, volunteer):
    client = as_member(volunteer)
    page = client.get("/").content.decode()
    for route in ("mfa_activate_totp", "account_change_password"):
        assert f'href="{reverse(route)}"' in page
    assert volunteer.user.email.partition("@")[0] in page
    Authenticator.objects.create(user=volunteer.user, type=Authenticator.Type.TOTP, data={})
    main = client.get("/").content.decode().partition("<main")[2]
    assert reverse("mfa_activate_totp") not in main
    assert reverse("mfa_index") in main


def test_the_language_is_changed_from_there(as_member, volunteer):
    client = as_member(volunteer)
    assert client.post(reverse("set_language"), {"language": "en", "next": "/"}).url == "/"
    assert "Whom to reach" in client.get("/").content.decode()
