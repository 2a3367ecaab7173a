"""Keys of REST clients: printed once, hashed, scoped, expiring, revocable."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import ApiToken, Membership, Organisation, Role
from common import clock
from tests.factories import MembershipFactory, YouthFactory

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
        ["--organisation", "port-haut", "--name", "x", "--days", "366"],
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
    until = clock.today() + timedelta(365)
    assert f"port-haut  Logiciel  read,write  until {until}  never used" in own
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


def test_every_token_ends_within_a_year(mission_locale, command):
    member = MembershipFactory(organisation=mission_locale, role=Role.CLIENT)
    token, _ = ApiToken.objects.issue(membership=member, name="Logiciel", scopes=["read"], days=5000)
    assert token.expires_at - clock.now() <= timedelta(365)
    with pytest.raises(IntegrityError), transaction.atomic():
        ApiToken.objects.update(expires_at=None)


def test_the_day_of_the_last_use_is_shown_and_written_once_a_day(client, command, secret):
    with CaptureQueriesContext(connection) as first:
        call(client, secret)
    with CaptureQueriesContext(connection) as second:
        call(client, secret)
    assert len(first) == len(second) + 1
    assert f"last used on {clock.today()}" in command("list")


def test_reading_rows_counts_as_well_as_calling(client, settings, secret, mission_locale):
    settings.API_ROWS_A_MINUTE = 5
    YouthFactory.create_batch(4, organisation=mission_locale)
    with clock.at(clock.now()):
        statuses = [call(client, secret).status_code for _call in range(3)]
    assert statuses == [200, 200, 429]  # four rows, then eight


def test_two_tokens_of_one_organisation_are_counted_apart(client, settings, command, secret):
    settings.API_CALLS_A_MINUTE = 1
    other = command("create", "--organisation", "port-haut", "--name", "Autre")
    with clock.at(clock.now()):
        assert [call(client, token).status_code for token in (secret, secret, other)] == [200, 429, 200]
