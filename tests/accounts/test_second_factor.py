"""Outside the demonstration nobody reads a file with a password alone."""

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client
from django.urls import reverse

from accounts.models import ApiToken, Role
from tests.accounts.conftest import PASSWORD
from tests.factories import MembershipFactory, ShareFactory
from youths.models import Share

pytestmark = pytest.mark.django_db


@pytest.fixture
def demanded(settings):
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.fixture
def client_token(mission_locale):
    member = MembershipFactory(organisation=mission_locale, role=Role.CLIENT)
    return ApiToken.objects.issue(membership=member, name="Logiciel métier", scopes={"read"})[1]


@pytest.mark.usefixtures("demanded")
@pytest.mark.parametrize("route", ["desk:home", "desk:caseload", "referrals:referral_list"])
def test_a_page_leads_to_setting_it_up_first(as_member, counsellor, with_factor, route):
    browser = as_member(counsellor)
    answer = browser.get(reverse(route))
    assert answer.status_code == 302
    assert answer.url == reverse("mfa_activate_totp")
    with_factor(counsellor)
    assert browser.get(reverse(route)).status_code == 200


@pytest.mark.usefixtures("demanded")
def test_a_write_is_refused_too(as_member, counsellor, youth):
    answer = as_member(counsellor).post(reverse("youths:accompaniment_create", args=[youth.pk]))
    assert answer.status_code == 302
    assert answer.url == reverse("mfa_activate_totp")


@pytest.mark.usefixtures("demanded")
def test_the_api_says_so_to_a_session(as_member, counsellor, with_factor):
    browser = as_member(counsellor)
    answer = browser.get("/api/v1/youths/")
    assert answer.status_code == 403
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == 403
    with_factor(counsellor)
    assert browser.get("/api/v1/youths/").status_code == 200


@pytest.mark.usefixtures("demanded")
def test_a_token_is_a_factor_of_its_own(client, client_token):
    answer = client.get("/api/v1/youths/", headers={"Authorization": f"Bearer {client_token}"})
    assert answer.status_code == 200


@pytest.mark.usefixtures("demanded")
def test_the_pages_that_set_it_up_are_open_without_it(as_member, counsellor):
    assert as_member(counsellor).get(reverse("mfa_activate_totp")).status_code in {200, 302}
    assert as_member(counsellor).get(reverse("account_logout")).status_code == 200


@pytest.mark.usefixtures("demanded")
def test_a_share_is_closed_to_a_member_without_it(youth, agreement, agent, partner, with_factor):
    ShareFactory(youth=youth, organisation=partner, ground=agreement)
    assert not Share.objects.open_to(agent).exists()
    with_factor(agent)
    assert Share.objects.open_to(agent).exists()


@pytest.mark.usefixtures("demanded")
def test_a_share_is_open_to_the_partners_client(youth, agreement, partner):
    ShareFactory(youth=youth, organisation=partner, ground=agreement)
    assert Share.objects.open_to(MembershipFactory(organisation=partner, role=Role.CLIENT)).exists()


def test_the_demonstration_does_not_ask_for_it(as_member, counsellor):
    assert as_member(counsellor).get(reverse("desk:home")).status_code == 200


def test_secrets_are_encrypted_at_rest(counsellor, with_factor):
    with_factor(counsellor)
    for kept in Authenticator.objects.filter(user=counsellor.user):
        for name in ("secret", "seed"):
            if encrypted := kept.data.get(name):
                plain = get_adapter().decrypt(encrypted)
                assert plain not in str(kept.data)
                assert encrypted.startswith("gAAAA"), "not a Fernet token"


def test_signing_in_asks_for_the_code(client, sign_in, counsellor, with_factor, with_password):
    totp = with_factor(counsellor)
    answer = sign_in(counsellor.user.email, with_password(counsellor))
    assert answer.url == reverse("mfa_authenticate")
    assert client.get(reverse("desk:home")).status_code == 302, "signed in before the code"
    assert client.post(answer.url, {"code": "000000"}).status_code == 200
    code = code_of(get_adapter().decrypt(totp.instance.data["secret"]))
    answer = client.post(answer.url, {"code": code})
    assert answer.url == reverse("mfa_trust"), "nobody asks whether to trust this device"
    client.post(answer.url, {"action": "trust"})
    assert client.get(reverse("desk:home")).status_code == 200


def code_of(secret) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


@pytest.fixture
def set_up(client, sign_in, counsellor, with_password):
    """The owner, who has a password, signs in and sets up the second factor; returns the code that did it."""
    with_password(counsellor)

    def begin_and_confirm():
        sign_in(counsellor.user.email, PASSWORD)
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        code = code_of(client.get(reverse("mfa_activate_totp")).context["form"].secret)
        assert client.post(reverse("mfa_activate_totp"), {"code": code}).status_code == 302
        assert Authenticator.objects.filter(user=counsellor.user).exists()
        return code

    return begin_and_confirm


@pytest.mark.usefixtures("demanded")
def test_who_came_in_with_the_password_alone_is_out_once_it_is_set_up(client, counsellor, set_up):
    thief = Client()
    thief.post("/accounts/login/", {"login": counsellor.user.email, "password": PASSWORD})
    assert thief.get(reverse("desk:home")).url == reverse("mfa_activate_totp")
    set_up()
    assert client.get(reverse("desk:home")).status_code == 200
    assert thief.get(reverse("desk:home")).url.startswith(reverse("account_login"))
    assert thief.get("/api/v1/youths/").status_code == 401


@pytest.mark.usefixtures("demanded")
def test_the_code_that_set_it_up_is_not_accepted_again(client, sign_in, counsellor, set_up):
    code = set_up()
    client.post(reverse("account_logout"))
    sign_in(counsellor.user.email, PASSWORD)
    again = client.post(reverse("mfa_authenticate"), {"code": code})
    assert again.status_code == 200
    assert again.context["form"].errors
    assert client.get(reverse("desk:home")).status_code == 302
