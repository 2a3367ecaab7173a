"""What the description allows and what it forbids, tried by a machine, as each kind of reader."""

import datetime
import uuid
import zlib
from collections import defaultdict
from urllib.parse import parse_qsl, urlsplit

import pytest
import schemathesis
from django.db import transaction
from django.test import Client
from django.test.client import ClientHandler
from hypothesis import strategies as st
from schemathesis.config import SchemathesisConfig
from schemathesis.core.parameters import ParameterLocation

from accounts.models import ApiToken
from accounts.models.api_token import SCOPES
from config.api import router
from tests.api.described import ROOT, schema

pytestmark = pytest.mark.django_db

READERS = ("counsellor", "director", "lead", "network", "client_of_ours")
# What an id in an address, a parameter or a field names, where the word itself is not the list's.
LISTS = {
    "youth": "youths",
    "agreement": "agreements",
    "evaluation": "evaluations",
    "organisation": "organisations",
    "referral": "referrals",
}
LISTS |= {"referent": "people", "author": "people", "youths": "noted"}
PREFIXES = [prefix for prefix, _resource, _name in router.registry]
# No chance makes a file that is one, of a kind that its record has: tests/api/test_documents.py does.
NOT_BY_CHANCE = {"POST /api/v1/documents/"}
VERSION = '"1-00"'  # each change is undone, so that the next one finds the first version again

handler = ClientHandler(enforce_csrf_checks=False)


def application(environ, start_response):
    environ.pop("HTTP_ACCEPT_ENCODING", None)
    answer = handler(environ)
    start_response(f"{answer.status_code} {answer.reason_phrase}", list(answer.items()))
    return list(answer)


# A rule may refuse what is well formed: a note about tomorrow, a name without a letter.
RULES = {"include-method": ["POST", "PATCH"], "checks": {"positive_data_acceptance": {"enabled": False}}}


def described(examples: int, *, systematic: bool):
    """`examples` at random, and each limit of each field and parameter where it is systematic."""
    settings = {
        "seed": 1,
        "generation": {
            "max-examples": examples,
            "deterministic": True,
            "with-security-parameters": False,
        },
        "phases": {"coverage": {"enabled": systematic}},
        "operations": [RULES],
        # 404: who sees no such record hears nothing of headers, and what is seen is asked for in tests of its own.
        "checks": {"missing_required_header": {"expected-statuses": [401, 403, 404, 428]}},
    }
    description = schemathesis.openapi.from_dict(schema(), config=SchemathesisConfig.from_dict(settings))
    description.app = application
    return description


# Of days and moments those that files are made of: no clock of ours shows the year 1.
DAYS = {"min_value": datetime.date(1990, 1, 1), "max_value": datetime.date(2030, 1, 1)}
MOMENTS = {"min_value": datetime.datetime(1990, 1, 1), "max_value": datetime.datetime(2030, 1, 1)}
schemathesis.openapi.format("date", st.dates(**DAYS).map(str))
schemathesis.openapi.format("date-time", st.datetimes(**MOMENTS).map(lambda moment: f"{moment.isoformat()}Z"))


@pytest.fixture(scope="module")
def readers(world):
    return {name: Reader(world.members[name]) for name in READERS}


class Reader:
    """Somebody who calls, by a token, and the ids of what that person sees: rights come with the membership."""

    def __init__(self, member):
        _token, secret = ApiToken.objects.issue(membership=member, name="Outil", scopes=SCOPES)
        self.headers = {"Authorization": f"Bearer {secret}"}
        lists = {prefix: self.read(f"{ROOT}{prefix}/")["results"] for prefix in PREFIXES}
        self.seen = {prefix: [row["id"] for row in rows] for prefix, rows in lists.items()}
        self.seen["noted"] = [row["youth"] for row in lists["referrals"] if row["youth"]]
        self.seen["recipient"] = sorted({row["recipient"] for row in lists["referrals"]})
        self.next = {prefix: self.read(f"{ROOT}{prefix}/?page_size=1")["next"] for prefix in PREFIXES}

    def read(self, address):
        return Client(headers=self.headers).get(address).json()

    def ask(self, case) -> int:
        self.name_what_is_there(case)
        with transaction.atomic():
            answer = case.call_and_validate(headers=self.headers)
            transaction.set_rollback(True)
        return answer.status_code

    def name_what_is_there(self, case):
        """A right id that a machine made up becomes one that this reader sees; what is wrong stays wrong."""
        prefix = case.path.removeprefix(ROOT).partition("/")[0]
        for name, value in case.path_parameters.items():
            case.path_parameters[name] = one_of(self.seen[prefix], value)
        if isinstance(case.body, dict):
            case.body.update({name: self.known(name, value) for name, value in case.body.items()})
        if not case.meta.is_negative_at(ParameterLocation.QUERY):
            case.query.update({name: self.known(name, value) for name, value in case.query.items()})
            case.query.update(self.position(prefix) if case.query.get("cursor") else {})
            for name in [name for name, value in case.query.items() if is_id(value) and not self.names(name)]:
                del case.query[name]
        if "If-Match" in case.headers:
            case.headers["If-Match"] = VERSION

    def names(self, name) -> list:
        return self.seen.get(LISTS.get(name, name), [])

    def known(self, name, value):
        if isinstance(value, list):
            return [self.known(name, one) for one in value]
        return one_of(self.names(name), value)

    def position(self, prefix) -> dict:
        return dict(parse_qsl(urlsplit(self.next[prefix] or "?cursor=").query, keep_blank_values=True))


def one_of(seen: list, value):
    return seen[uuid.UUID(value).int % len(seen)] if seen and is_id(value) else value


def is_id(value) -> bool:
    try:
        return str(uuid.UUID(value)) == value
    except (ValueError, TypeError, AttributeError):
        return False


@pytest.fixture(scope="module")
def heard():
    """The statuses that each operation answered: one that refused all that was tried was not tried at all."""
    statuses = defaultdict(set)
    yield statuses
    refused = {name for name, found in statuses.items() if not found & {200, 201, 204}}
    assert refused - NOT_BY_CHANCE == set()


def mixed(case) -> int:
    """A number that is the same for the same case."""
    return zlib.crc32(repr((case.method, case.path_parameters, case.query, case.body, case.headers)).encode())


@described(examples=4, systematic=True).parametrize()
@pytest.mark.parametrize(
    "who", ["one after the other", *(pytest.param(name, marks=pytest.mark.soak) for name in READERS)]
)
def test_each_operation_is_as_described(case, readers, heard, who):
    """Each case as one of the readers, all of them in turn; in the long run as each of them."""
    reader = readers.get(who) or readers[READERS[mixed(case) % len(READERS)]]
    status = reader.ask(case)
    if who not in readers:
        heard[case.operation.label].add(status)


@pytest.mark.soak
@described(examples=100, systematic=False).parametrize()
@pytest.mark.parametrize("who", READERS)
def test_no_operation_is_surprised(case, readers, who):
    readers[who].ask(case)
