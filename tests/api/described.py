"""What the API says of itself, held against what it answers."""

import json
from functools import cache

import jsonschema_rs
from django.urls import Resolver404, resolve
from drf_spectacular.generators import SchemaGenerator

ROOT = "/api/v1/"
NOT_DESCRIBED = {f"{ROOT}schema/", f"{ROOT}docs/"}
PROBLEM = "application/problem+json"


@cache
def schema() -> dict:
    """The description, as JSON gives it: the same for every reader."""
    return json.loads(json.dumps(SchemaGenerator().get_schema(public=True), default=str))


@cache
def operation_at(address: str, method: str) -> dict | None:
    """The operation that the description has for a method at an address; None where it offers none."""
    try:
        template = f"/{resolve(address).route}".replace("<uuid:pk>", "{id}")
    except Resolver404:
        return None
    return schema()["paths"].get(template, {}).get("get" if method == "head" else method)


def resolved(part: dict) -> dict:
    """The part itself, or the component that it refers to."""
    for name in part.get("$ref", "").split("/")[1:]:
        part = schema() if name == "components" else part
        part = part[name]
    return part


@cache
def validator(part: str) -> jsonschema_rs.Draft202012Validator:
    whole = {**json.loads(part), "components": schema()["components"]}
    return jsonschema_rs.Draft202012Validator(whole, validate_formats=True)


def errors_in(value, part: dict) -> list[str]:
    found = validator(json.dumps(part)).iter_errors(value)
    return [f"{'.'.join(map(str, error.instance_path))}: {error.message[-150:]}" for error in found]


def faults_of(address: str, method: str, answer) -> list[str]:
    """Where an answer is not as the description says."""
    if address in NOT_DESCRIBED:
        return []
    operation = operation_at(address, method.lower())
    if operation is None:
        return faults_of_refusal(answer)
    said = operation["responses"].get(str(answer.status_code))
    if said is None:
        return [f"{answer.status_code} is not described"]
    said = resolved(said)
    return [*faults_of_headers(answer.headers, said), *faults_of_body(answer, said)]


def faults_of_refusal(answer) -> list[str]:
    """What is not offered is a 405 that says what is, for those who may ask; an unknown address a 404."""
    faults = errors_in(json.loads(answer.content), {"$ref": "#/components/schemas/Problem"})
    if answer.status_code not in {401, 403, 404, 405}:
        faults.append(f"{answer.status_code} for what is not described")
    if answer.status_code == 405 and not answer.headers.get("Allow"):
        faults.append("no Allow")
    return faults


def faults_of_headers(headers, said: dict) -> list[str]:
    faults = []
    for name, header in said.get("headers", {}).items():
        header = resolved(header)
        if name in headers:
            value = headers[name]
            is_number = header["schema"]["type"] == "integer" and value.isdigit()
            faults += errors_in(int(value) if is_number else value, header["schema"])
        elif header.get("required"):
            faults.append(f"no {name}")
    return faults


def faults_of_body(answer, said: dict) -> list[str]:
    if "content" not in said:
        return [] if not getattr(answer, "content", b"") else ["a body that is not described"]
    kind = answer.headers["Content-Type"].partition(";")[0]
    if kind not in said["content"]:
        return [f"{kind} is not described"]
    if kind not in {PROBLEM, "application/json"}:
        return []
    return errors_in(json.loads(answer.content), said["content"][kind]["schema"])
