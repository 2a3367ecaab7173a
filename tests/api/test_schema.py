"""The description of the API and its readable page."""

import json
import re

import pytest
from django.core.management import call_command

from config.api import router
from tests.api.problems import assert_problem


@pytest.fixture
def schema(as_caller, counsellor):
    answer = as_caller(counsellor).get("schema/", Accept="application/json")
    assert answer["Content-Type"].startswith("application/json")
    return json.loads(answer.content)


def operations(schema):
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            yield f"{method} {path}", operation


def test_the_schema_is_openapi_3_1_without_a_warning(tmp_path):
    file = tmp_path / "schema.yaml"
    call_command("spectacular", validate=True, fail_on_warn=True, file=str(file))
    assert file.read_text().startswith("openapi: 3.1")


def test_every_resource_is_described(schema):
    assert schema["openapi"].startswith("3.1")
    for prefix, _viewset, _name in router.registry:
        assert f"/api/v1/{prefix}/" in schema["paths"]
        assert f"/api/v1/{prefix}/{{id}}/" in schema["paths"]


def test_every_operation_has_a_sentence_and_its_problems(schema):
    for name, operation in operations(schema):
        assert operation["description"].endswith("."), name
        assert {"400", "401", "403", "429"} <= operation["responses"].keys(), name
        if name.startswith("patch"):
            assert {"404", "409", "412", "428"} <= operation["responses"].keys()
            assert any(p["name"] == "If-Match" and p["required"] for p in operation.get("parameters", []))


def test_every_parameter_that_is_described_is_known(schema, as_caller, counsellor):
    caller = as_caller(counsellor)
    lists = [(name, o) for name, o in operations(schema) if name.startswith("get") and "{id}" not in name]
    for name, operation in lists:
        path = name.removeprefix("get /api/v1/")
        unknown = caller.get(f"{path}?nonsense=").json()["errors"]["nonsense"]
        for parameter in (p["name"] for p in operation.get("parameters", [])):
            answer = caller.get(f"{path}?{parameter}=")
            assert answer.status_code == 200 or answer.json()["errors"].get(parameter) != unknown


@pytest.mark.parametrize(
    ("query", "accept", "kind"),
    [
        ("", "application/yaml", "yaml"),
        ("", "*/*", "yaml"),
        ("?format=json", "*/*", "json"),
        ("", "application/vnd.oai.openapi+json", "json"),
    ],
)
def test_the_schema_comes_as_json_or_yaml(as_caller, counsellor, query, accept, kind):
    content = as_caller(counsellor).get(f"schema/{query}", Accept=accept).content
    assert content.lstrip().startswith(b"{") == (kind == "json")
    assert b"openapi" in content


def test_schema_and_page_are_for_those_who_are_known(anonymous, with_token, mission_locale, db):
    assert_problem(anonymous.get("schema/"), 401)
    assert anonymous.get("docs/")["Location"] == "/accounts/login/?next=/api/v1/docs/"
    for path in ("schema/", "docs/"):
        assert with_token(mission_locale).get(path).status_code == 200


def test_the_page_loads_from_our_own_host_only(as_caller, counsellor):
    answer = as_caller(counsellor).get("docs/")
    directives = answer["Content-Security-Policy"].split("; ")  # in any order
    assert "script-src 'self'" in directives
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', answer.content.decode())
    assert as_caller(counsellor).get("docs/?script=").status_code == 200
