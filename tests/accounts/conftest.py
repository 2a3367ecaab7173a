import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

PASSWORD = "un long mot de passe d’essai"


@pytest.fixture
def with_factor():
    """`with_factor(member)` sets up an authenticator application for that person; returns it."""

    def set_up(member):
        RecoveryCodes.activate(member.user)
        return TOTP.activate(member.user, generate_totp_secret())

    return set_up


@pytest.fixture
def with_password():
    def set_password(member):
        member.user.set_password(PASSWORD)
        member.user.save()
        return PASSWORD

    return set_password


@pytest.fixture
def sign_in(client):
    """What the browser's sign-in form sends."""

    def submit(login, password, **more):
        return client.post("/accounts/login/", {"login": login, "password": password, **more})

    return submit
