import json

import pytest
from django.test import Client

from accounts.models import ApiToken, Role
from accounts.models.api_token import SCOPES
from tests.factories import MembershipFactory

ROOT = "/api/v1/"


class Caller:
    """A REST client: JSON in, JSON out, paths from `/api/v1/`."""

    def __init__(self, browser: Client, **headers):
        self.browser, self.headers = browser, headers

    def get(self, path, **headers):
        return self.browser.get(ROOT + path, headers={**self.headers, **headers})

    def post(self, path, body, **headers):
        return self.send("post", path, body, headers)

    def patch(self, path, body, **headers):
        return self.send("patch", path, body, headers)

    def send(self, method, path, body, headers):
        raw = body if isinstance(body, bytes) else json.dumps(body)
        call = getattr(self.browser, method)
        return call(ROOT + path, raw, content_type="application/json", headers={**self.headers, **headers})

    def rows(self, path) -> list:
        answer = self.get(path)
        assert answer.status_code == 200, answer.content
        return answer.json()["results"]

    def ids(self, path) -> set:
        return {row["id"] for row in self.rows(path)}


@pytest.fixture
def as_caller(as_member):
    """`as_caller(member)` calls with the browser's session."""
    return lambda member, **options: Caller(as_member(member, **options))


@pytest.fixture
def with_token(db):
    """`with_token(organisation, scopes=["read"])` calls as a client of that organisation."""

    def caller(organisation, scopes=SCOPES, days=365):
        member = MembershipFactory(organisation=organisation, role=Role.CLIENT)
        token, secret = ApiToken.objects.issue(membership=member, name="Outil", scopes=scopes, days=days)
        made = Caller(Client(), Authorization=f"Bearer {secret}")
        made.token, made.member = token, member
        return made

    return caller


@pytest.fixture
def anonymous():
    return Caller(Client())
