import json

import pytest
from django.test import Client

from accounts.models import ApiToken, Role
from accounts.models.api_token import SCOPES
from tests.api.described import ROOT, faults_of
from tests.factories import MembershipFactory


class Caller:
    """A REST client: JSON in, JSON out, paths from `/api/v1/`. Every answer must be as it is described."""

    def __init__(self, browser: Client, **headers):
        self.browser, self.headers = browser, headers

    def get(self, path, **headers):
        answer = self.browser.get(ROOT + path, headers={**self.headers, **headers})
        return self.as_described("get", path, answer)

    def post(self, path, body, **headers):
        return self.send("post", path, body, headers)

    def patch(self, path, body, **headers):
        return self.send("patch", path, body, headers)

    def send(self, method, path, body, headers):
        raw = body if isinstance(body, bytes) else json.dumps(body)
        call = getattr(self.browser, method)
        headers = {**self.headers, **headers}
        answer = call(ROOT + path, raw, content_type="application/json", headers=headers)
        return self.as_described(method, path, answer)

    def as_described(self, method, path, answer):
        if answer.status_code != 500:  # which no description promises
            assert faults_of(ROOT + path.partition("?")[0], method, answer) == []
        return answer

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
