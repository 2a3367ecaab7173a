"""What every operation of the API says of itself: a sentence, its conditions, exactly what it answers with."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent, build_parameter_type
from drf_spectacular.utils import OpenApiParameter
from rest_framework.serializers import ListField

from common.logs import HEADER as REQUEST_ID

PROBLEM = {
    "type": "object",
    "description": "A problem document (RFC 9457).",
    "required": ["type", "title", "status", "detail", "request_id"],
    "additionalProperties": False,
    "properties": {
        "type": {
            "type": "string",
            "format": "uri",
            "description": "`urn:passerelle:problem:` and the rule’s stable word, or `about:blank`.",
        },
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "A sentence for the person concerned."},
        "request_id": {"type": "string", "description": "To be quoted to the people who run Passerelle."},
        "errors": {
            "type": "object",
            "description": "Sentences by field.",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
    },
}
REFUSALS = {
    "400": _("A parameter, a header, a field or the body is not acceptable."),
    "401": _("Nobody is signed in, or the token is no longer valid."),
    "403": _("Not yours to do, or beyond the token’s scopes."),
    "404": _("Nothing that you may see is here."),
    "406": _("Accept names nothing that is offered here."),
    "409": _("The record’s state does not allow it."),
    "410": _("The file is lost."),
    "412": _("Somebody changed the record meanwhile."),
    "413": _("The body is longer than any that is taken."),
    "415": _("The body is not of the kind described."),
    "428": _("If-Match is missing."),
    "429": _("Too many requests; Retry-After says when to go on."),
    "503": _("The database or the disk does not answer; Retry-After says when to try again."),
}
ANYWHERE = {"400", "401", "403", "406", "429", "503"}
UNCHANGED = _("Unchanged since the ETag in If-None-Match.")
THERE_ALREADY = _("The same was there already; nothing was made.")
SECONDS = {"type": "integer", "minimum": 1}
TEXT = {"type": "string"}


def header(schema: dict, description: str = "") -> dict:
    """A header that never lacks."""
    said = {"description": description} if description else {}
    return {**said, "required": True, "schema": schema}


class Operations(AutoSchema):
    def get_description(self) -> str:
        sentences = getattr(self.view, "sentences", {})
        return str(sentences[self.view.action]) if sentences else super().get_description()

    def get_summary(self) -> str:
        """What the readable page prints beside the address."""
        return self.get_description()

    def get_tags(self) -> list[str]:
        return (self._tokenize_path() or ["root"])[:1]

    # What may be sent.

    def get_override_parameters(self):
        return [*super().get_override_parameters(), *self.conditions()]

    def conditions(self) -> list[OpenApiParameter]:
        if self.method == "PATCH":
            return [self.header("If-Match", str(_("The ETag that was read.")), required=True)]
        if self.view.action == "retrieve":
            return [self.header("If-None-Match", str(_("ETags of answers that the caller has kept.")))]
        return []

    def header(self, name: str, sentence: str, required=False) -> OpenApiParameter:
        return OpenApiParameter(name, str, OpenApiParameter.HEADER, required=required, description=sentence)

    def _get_filter_parameters(self):
        """An empty value is no filter, as in the form of a page, but where several values are listed."""
        return [
            {**parameter, "allowEmptyValue": parameter["schema"].get("type") != "array"}
            for parameter in super()._get_filter_parameters()
        ]

    def _get_format_parameters(self):
        sentence = str(_("The format of the answer; `Accept` asks for it as well."))
        formats = self.map_renderers("format")
        parameter = build_parameter_type("format", TEXT, "query", description=sentence, enum=formats)
        return [{**parameter, "allowEmptyValue": True}]

    # What is answered.

    def _is_list_view(self, serializer=None) -> bool:
        """The root has a list of addresses, which is one object."""
        return hasattr(self.view, "pagination_class") and super()._is_list_view(serializer)

    def _map_serializer_field(self, field, direction, bypass_extensions=False):
        schema = super()._map_serializer_field(field, direction, bypass_extensions)
        if isinstance(field, ListField) and not field.allow_empty:
            schema["minItems"] = 1
        return schema

    def _map_basic_serializer(self, serializer, direction):
        """A closed object; an answer has all its fields, but those that say they may lack."""
        schema = super()._map_basic_serializer(serializer, direction) | {"additionalProperties": False}
        if type(serializer).__doc__ is None:
            schema.pop("description", None)
        if direction == "response":
            schema["required"] = sorted(schema["properties"].keys() - set(serializer.may_lack))
            schema |= concealing(schema["properties"], serializer.concealed)
        return schema

    def refusals(self) -> set[str]:
        statuses = set(ANYWHERE)
        if self.view.detail:
            statuses.add("404")
        if self.method in {"POST", "PATCH"}:
            statuses |= {"409", "413"}
            statuses |= {"415"} if self.get_request_serializer() is not None else set()
        if self.method == "PATCH":
            statuses |= {"412", "428"}
        if self.view.action == "file":
            statuses |= {"409", "410"}
        return statuses

    def _get_response_bodies(self, direction="response"):
        bodies = super()._get_response_bodies(direction)
        if self.view.action == "create":
            bodies["200"] = bodies["201"] | {"description": str(THERE_ALREADY)}
        if self.view.action == "retrieve":
            bodies["304"] = {"description": str(UNCHANGED)}
        for status, body in bodies.items():
            body["headers"] = self.headers_of(status)
        return bodies | {status: self.refusal(status) for status in sorted(self.refusals())}

    def headers_of(self, status: str) -> dict[str, dict]:
        headers = {REQUEST_ID: header(TEXT)}
        if self.view.action in {"create", "retrieve", "partial_update"}:
            headers["ETag"] = header(TEXT, str(_("Of this record, for this reader.")))
        if status == "201":
            headers["Location"] = header({"type": "string", "format": "uri"})
        return headers

    def refusal(self, status: str) -> dict:
        """One component for each status, which all operations refer to."""
        headers = {REQUEST_ID: header(TEXT)}
        if status == "401":
            headers["WWW-Authenticate"] = header(TEXT)
        if status in {"429", "503"}:
            headers["Retry-After"] = header(SECONDS, str(_("Seconds.")))
        content = {"application/problem+json": {"schema": self.component("Problem", PROBLEM)}}
        said = {"description": str(REFUSALS[status]), "headers": headers, "content": content}
        return self.component(f"Problem{status}", said, ResolvedComponent.RESPONSE)

    def component(self, name: str, schema: dict, kind=ResolvedComponent.SCHEMA) -> dict:
        component = ResolvedComponent(name=name, type=kind, object=name, schema=schema)
        self.registry.register_on_missing(component)
        return component.ref


# What some readers are not told.


def concealing(properties: dict[str, Any], names) -> dict:
    """Keywords for fields that are null for some readers, all of them at once; makes those fields nullable."""
    if not names:
        return {}
    told = [name for name in names if not may_be_null(properties[name])]
    for name in told:
        properties[name] = or_null(properties[name])
    null, something = {"type": "null"}, {"not": {"type": "null"}}
    return {
        "if": {"properties": {told[0]: null}},
        "then": {"properties": dict.fromkeys(names, null)},
        "else": {"properties": dict.fromkeys(told, something)},
    }


def may_be_null(schema: dict) -> bool:
    return "null" in schema.get("type", "") or {"type": "null"} in schema.get("oneOf", [])


def or_null(schema: dict) -> dict:
    if "type" not in schema:
        return {"oneOf": [schema, {"type": "null"}]}
    listed = {"enum": [*schema["enum"], None]} if "enum" in schema else {}
    return schema | listed | {"type": [schema["type"], "null"]}
