"""Keys of REST clients: printed once, hashed, scoped, expiring, revocable."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from accounts.models import ApiToken, Membership, Organisation, Role
from common import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def command(capsys):
    """`command("create", "--name", "x")` returns what it printed."""

    def run(*words):
        call_command("api_token", *words)
        return capsys.readouterr().out.strip()

    return run


@pytest.fixture
def secret(command, mission_locale):
    return command("create", "--organisation", "port-haut", "--name", "Logiciel", "--scopes", "read,write")


def call(client, secret, method="get", path="/api/v1/youths/"):
    headers = {"Authorization": f"Bearer {secret}"}
    return getattr(client, method)(path, headers=headers, content_type="application/json")


def test_a_token_reads_what_its_director_reads(client, secret, youth):
    answer = call(client, secret)
    assert answer.status_code == 200
    assert [row["id"] for row in answer.json()["results"]] == [str(youth.pk)]
    assert ApiToken.objects.get().membership.role == Role.CLIENT


def test_the_secret_is_not_kept(secret):
    kept = ApiToken.objects.values().get()
    assert secret.startswith("psr_")
    assert secret not in str(kept)


def test_an_organisation_is_named_by_its_identifier_too(command, partner):
    command("create", "--organisation", str(partner.pk), "--name", "Logiciel")
    token = ApiToken.objects.get()
    assert token.membership.organisation == partner
    assert token.scopes == ["read"]


@pytest.mark.parametrize(
    "words",
    [
        ["--organisation", "nobody", "--name", "x"],
        ["--organisation", "port-haut", "--name", "x", "--scopes", "admin"],
        ["--organisation", "port-haut", "--name", "x", "--scopes", ""],
        ["--organisation", "port-haut", "--name", "x", "--days", "0"],
    ],
)
def test_a_faulty_order_makes_nothing(command, mission_locale, words):
    with pytest.raises(CommandError):
        command("create", *words)
    assert not ApiToken.objects.exists()
    assert not Membership.objects.exists()


def test_list_names_tokens_without_their_secrets(command, secret, partner):
    command("create", "--organisation", partner.short_name, "--name", "Autre")
    everything, own = command("list"), command("list", "--organisation", "port-haut")
    assert len(everything.splitlines()) == 2
    assert "port-haut  Logiciel  read,write  no expiry" in own
    assert "Autre" not in own
    assert secret not in everything


def test_a_revoked_token_opens_nothing(client, command, secret):
    token = ApiToken.objects.get()
    assert call(client, secret).status_code == 200
    command("revoke", str(token.pk))
    assert call(client, secret).status_code == 401
    assert command("list") == ""
    revoked_at = ApiToken.objects.get().revoked_at
    command("revoke", str(token.pk))
    assert ApiToken.objects.get().revoked_at == revoked_at


def test_revoking_an_unknown_token_says_so(command, mission_locale):
    with pytest.raises(CommandError):
        command("revoke", str(mission_locale.pk))


def test_a_token_expires(client, command, mission_locale):
    secret = command("create", "--organisation", "port-haut", "--name", "Essai", "--days", "30")
    for days, status in ((29, 200), (31, 401)):
        with clock.at(clock.now() + timedelta(days)):
            assert call(client, secret).status_code == status


def test_a_token_of_a_closed_organisation_opens_nothing(client, secret):
    Organisation.objects.update(is_active=False)
    assert call(client, secret).status_code == 401


def test_a_token_without_the_scope_writes_nothing(client, command, mission_locale, youth):
    reader = command("create", "--organisation", "port-haut", "--name", "Lecture", "--scopes", "read")
    assert call(client, reader, "post", "/api/v1/accompaniments/").status_code == 403
    writer = command("create", "--organisation", "port-haut", "--name", "Écriture", "--scopes", "write")
    assert call(client, writer, "post", "/api/v1/accompaniments/").status_code == 400
    assert call(client, writer).status_code == 403


@pytest.mark.parametrize(
    "header",
    ["Bearer", "Bearer ", "Bearer a b", "Bearer psr_unknown", b"Bearer \xff\xfe", "bearer psr_unknown"],
)
def test_a_faulty_token_is_refused_whatever_it_is(client, mission_locale, header):
    text = header.decode("latin-1") if isinstance(header, bytes) else header
    answer = client.get("/api/v1/youths/", headers={"Authorization": text})
    assert answer.status_code == 401
    assert "WWW-Authenticate" in answer.headers
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_token_opens_no_page(client, secret, youth):
    assert call(client, secret, path=youth.get_absolute_url()).status_code == 302
