"""Every answer of every operation is as the description says, whoever asks."""

import pytest
from django.db import OperationalError, transaction

from accounts.throttling import CallerThrottle
from config.api import router
from tests.api.described import ROOT, faults_of, schema
from tests.seeded import CLIENTS, MEMBERS, NOBODY

EVERYONE = (*MEMBERS, *CLIENTS, NOBODY)


def reads(caller) -> list[str]:
    """Asks for every list and all that stands in it; returns what was not as described, by address."""
    wrong = []

    def ask(address, **headers):
        answer = caller.get(address, headers=headers)
        wrong.extend(f"{address}: {fault}" for fault in faults_of(address, "get", answer))
        b"".join(getattr(answer, "streaming_content", ()))  # which closes the file
        return answer

    ask(ROOT)
    for prefix, _resource, _name in router.registry:
        listed = ask(f"{ROOT}{prefix}/")
        for row in listed.json().get("results", ()):
            one = ask(f"{ROOT}{prefix}/{row['id']}/")
            ask(f"{ROOT}{prefix}/{row['id']}/", If_None_Match=one["ETag"])
            if row.get("file"):
                ask(f"{ROOT}{prefix}/{row['id']}/file/")
        ask(f"{ROOT}{prefix}/00000000-0000-4000-8000-000000000000/")
    return wrong


@pytest.mark.django_db
@pytest.mark.parametrize("who", EVERYONE)
def test_what_is_read_is_as_described(world, who):
    assert reads(world.callers[who]) == []


# What is refused, by every operation alike.


def operations():
    """Each operation as an address with a real record in it, and a method."""
    for template, methods in schema()["paths"].items():
        for method in methods:
            yield template, method


OPERATIONS = sorted(operations())
WRITES = [(template, method) for template, method in OPERATIONS if method != "get"]
WITH_A_BODY = [
    (template, method) for template, method in WRITES if "requestBody" in schema()["paths"][template][method]
]
NAMES = [f"{method} {template.removeprefix(ROOT)}" for template, method in OPERATIONS]
KINDS = {prefix: name.replace("-", "_") for prefix, _resource, name in router.registry}


@pytest.fixture
def ask(world):
    """`ask(operation, who)` is its answer for a record that the caller may see, checked against the description."""

    def asked(operation, who="director", parameters="", **options):
        template, method = operation
        prefix = template.removeprefix(ROOT).partition("/")[0]
        pk = str(world.pk(KINDS[prefix], "own")) if "{id}" in template else ""
        address = template.replace("{id}", pk)
        options = {"content_type": "application/json", "data": b"{}", **options}
        with transaction.atomic():
            answer = world.callers[who].generic(method.upper(), address + parameters, **options)
            transaction.set_rollback(True)
        assert faults_of(address, method, answer) == []
        return answer

    return asked


every_operation = pytest.mark.parametrize("operation", OPERATIONS, ids=NAMES)


@every_operation
def test_a_caller_who_is_not_known_is_refused(ask, operation):
    assert ask(operation, NOBODY).status_code == 401


@every_operation
def test_what_nobody_offers_is_refused(ask, operation):
    assert ask(operation, headers={"Accept": "text/html"}).status_code == 406
    assert ask(operation, parameters="?format=xml").status_code == 400
    assert ask(operation, parameters="?nonsense=1").status_code == 400


@every_operation
def test_a_key_for_sending_again_is_refused_and_said_to_be(ask, operation):
    """Taken and not honoured, it would make two records where a caller counts on one."""
    answer = ask(operation, headers={"Idempotency-Key": "once"})
    assert answer.status_code == 400
    assert "Idempotency-Key" in answer.json()["errors"]


@every_operation
def test_too_many_calls_are_refused(ask, operation, monkeypatch):
    monkeypatch.setattr(CallerThrottle, "allow_request", lambda *arguments: False)
    monkeypatch.setattr(CallerThrottle, "left", 1, raising=False)
    assert ask(operation).status_code == 429


@every_operation
def test_a_database_that_is_away_is_said_to_be(ask, operation, monkeypatch):
    def gone(*arguments):
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(CallerThrottle, "allow_request", gone)
    assert ask(operation).status_code == 503


@pytest.mark.parametrize("operation", WITH_A_BODY, ids=lambda operation: " ".join(operation))
def test_a_body_that_is_not_json_is_refused(ask, operation):
    form = {"content_type": "application/x-www-form-urlencoded", "data": b"kind=call"}
    assert ask(operation, headers={"If-Match": '"1-00"'}, **form).status_code == 415


@pytest.mark.parametrize("operation", WRITES, ids=lambda operation: " ".join(operation))
def test_only_what_says_so_needs_a_version(ask, operation):
    needed = [p["name"] for p in schema()["paths"][operation[0]][operation[1]].get("parameters", ())]
    without, stale = ask(operation), ask(operation, headers={"If-Match": '"99-00"'})
    changes = "If-Match" in needed
    assert (without.status_code == 428, stale.status_code == 412) == (changes, changes)
