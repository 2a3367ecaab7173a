"""Lines of the log: when in UTC, which request, and nobody's name."""

import json
import logging
import re
import secrets
import sys
from smtplib import SMTPRecipientsRefused

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from psycopg.errors import UniqueViolation

from common import logs
from tests.factories import YouthFactory

pytestmark = pytest.mark.django_db
RECORD = logging.makeLogRecord(
    {"name": "x", "levelname": "INFO", "msg": "said %s", "args": ("so",), "created": 0.5, "msecs": 500.0}
)


@pytest.fixture
def lines(caplog):
    """What the log says, as the text handler writes it."""
    caplog.handler.setFormatter(
        logs.Line("{asctime} {levelname} {name} [{request_id}]: {message}", style="{")
    )
    return lambda: caplog.text


def test_a_line_says_when_in_utc():
    line = logs.Line("{asctime} {levelname} [{request_id}]: {message}", style="{").format(RECORD)
    assert line == "1970-01-01T00:00:00.500Z INFO [-]: said so"


def test_machines_get_json():
    said = json.loads(logs.JsonLine().format(RECORD))
    assert said["time"] == "1970-01-01T00:00:00.500Z"
    assert (said["message"], said["request_id"]) == ("said so", "-")


def test_an_answer_and_its_lines_carry_one_id(as_member, counsellor, monkeypatch, lines):
    def breaks(*args):
        raise ZeroDivisionError

    monkeypatch.setattr("youths.models.Youth.objects.visible_to", breaks)
    client = as_member(counsellor, raise_request_exception=False)
    for path in ("/youths/", "/api/v1/youths/"):
        answer = client.get(path)
        named = answer.headers["X-Request-ID"]
        assert re.fullmatch("[0-9a-f]{32}", named)
        assert f"[{named}]" in lines()
        assert named in answer.content.decode()  # so that a person can quote it


QUOTED = "Benali\nYanis, 2004-05-06"
REFUSED = {"benali@test.example": (550, b"Benali is unknown")}


def refused_row():
    """As Django raises what PostgreSQL answers."""
    answered = UniqueViolation(f'duplicate key value violates "x"\nDETAIL:  Failing row contains ({QUOTED}).')
    raise IntegrityError(str(answered)) from answered


def refused_address():
    raise SMTPRecipientsRefused(REFUSED)


@pytest.mark.parametrize("formatter", [logs.Line(), logs.JsonLine()])
@pytest.mark.parametrize(("fail", "code"), [(refused_row, "[23505]"), (refused_address, "[refused]")])
def test_an_error_quotes_nobody(formatter, fail, code):
    try:
        fail()
    except Exception as error:
        said = {"msg": "Task raised %r: %s", "args": (error, error), "exc_info": sys.exc_info()}
        line = formatter.format(logging.makeLogRecord(said))
    assert code in line
    assert "fail()" in line, "where it happened is lost"
    assert not re.search("benali|yanis|2004", line, re.I)


@pytest.mark.parametrize(
    ("given", "trusted", "kept"),
    [
        ("abcdef-0123456789", True, True),
        ("abcdef-0123456789", False, False),
        ("short", True, False),
        ("x" * 65, True, False),
        ("name of someone in it", True, False),
        ("abcdefgh\u00e9", True, False),
    ],
)
def test_only_a_trusted_proxy_names_a_request_and_only_in_a_safe_form(client, settings, given, trusted, kept):
    settings.TRUST_PROXY = trusted
    answer = client.get("/accounts/login/", headers={"X-Request-ID": given})
    assert (answer.headers["X-Request-ID"] == given) == kept


def test_nobody_and_nothing_typed_is_named(as_member, counsellor, mission_locale, lines, caplog):
    caplog.set_level(logging.INFO)
    YouthFactory(organisation=mission_locale, last_name="Introuvable")
    client = as_member(counsellor)
    client.post(reverse("desk:caseload"), {"q": "Introuvable"})
    client.get("/api/v1/youths/?q=Introuvable&nonsense=1")
    client.get("/nowhere/?q=Introuvable")
    Client().post("/accounts/login/", {"login": "Introuvable@x.example", "password": "Introuvable"})
    assert "/nowhere/" in lines()
    assert "Introuvable" not in lines()


def test_no_secret_of_an_address_is_written(lines):
    secret = secrets.token_urlsafe(32)
    Client().get(f"/calendar/{secret}.ics")
    assert "/calendar/[…].ics" in lines()
    assert secret not in lines()
