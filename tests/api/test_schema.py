"""The description of the API and its readable page."""

import json
import re

import pytest
from django.core.management import call_command

from config.api import router
from tests.api.described import errors_in
from tests.api.problems import assert_problem
from tests.factories import AccompanimentFactory, ReferralFactory
from youths.models import SHAREABLE


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


def test_every_operation_tells_its_refusals(schema):
    for name, operation in operations(schema):
        told = operation["responses"].keys()
        assert {"406", "503"} <= told, name
        assert ("404" in told) == ("{id}" in name), name
        assert ("415" in told) == ("requestBody" in operation), name
        assert ({"412", "428"} <= told) == name.startswith("patch"), name


def test_what_refuses_to_be_hurried_says_until_when(schema):
    for status in ("429", "503"):
        headers = schema["components"]["responses"][f"Problem{status}"]["headers"]
        assert headers["Retry-After"]["required"], status


def objects(part):
    """Every description of an object, wherever it stands."""
    if isinstance(part, dict):
        if part.get("type") == "object":
            yield part
        part = list(part.values())
    for inner in part if isinstance(part, list) else ():
        yield from objects(inner)


def test_every_object_is_closed_or_says_what_it_holds(schema):
    assert [part for part in objects(schema["components"]) if "additionalProperties" not in part] == []


def test_an_answer_has_all_its_fields(schema):
    """But the person inside a referral, who has those that are shared."""
    for name, component in schema["components"]["schemas"].items():
        if component.get("type") == "object" and not name.endswith("Request"):
            lacking = component["properties"].keys() - set(component["required"])
            assert lacking <= {"Problem": {"errors"}, "SharedPerson": set(SHAREABLE)}.get(name, set()), name


def test_no_words_of_a_parent_class_describe_a_record(schema):
    texts = [component.get("description", "") for component in schema["components"]["schemas"].values()]
    assert [text for text in texts if text.startswith("What a record shows")] == []


@pytest.mark.parametrize(
    ("name", "hidden"), [("Youth", "housing"), ("Referral", "person"), ("Accompaniment", "author")]
)
def test_what_some_are_not_told_is_null_all_at_once(as_caller, counsellor, youth, schema, name, hidden):
    """A row that tells a part of it is not one of ours."""
    ReferralFactory(sender=counsellor.organisation, author=counsellor, youth=youth, by_letter=True)
    AccompanimentFactory(author=counsellor, youths=[youth])
    [row] = as_caller(counsellor).rows(
        {"Youth": "youths/", "Referral": "referrals/"}.get(name, "accompaniments/")
    )
    said = {"$ref": f"#/components/schemas/{name}"}
    assert errors_in(row, said) == []
    assert errors_in({**row, hidden: None}, said) != []


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
