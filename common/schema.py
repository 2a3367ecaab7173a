"""What every operation of the API says of itself: a sentence, its conditions, the problems it answers with."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent
from drf_spectacular.utils import OpenApiParameter

PROBLEM = {
    "type": "object",
    "description": "A problem document (RFC 9457).",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "description": "`urn:passerelle:problem:` and the rule’s stable word."},
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
SENTENCES = {
    "304": _("Unchanged since the ETag in If-None-Match."),
    "400": _("A parameter, a field or the body is not acceptable."),
    "401": _("Nobody is signed in, or the token is no longer valid."),
    "403": _("Not yours to do, or beyond the token’s scopes."),
    "404": _("Nothing that you may see is here."),
    "409": _("The record’s state does not allow it."),
    "412": _("Somebody changed the record meanwhile."),
    "428": _("If-Match is missing."),
    "429": _("Too many requests; Retry-After says when to go on."),
}


class Operations(AutoSchema):
    def get_description(self) -> str:
        sentences = getattr(self.view, "sentences", {})
        return str(sentences[self.view.action]) if sentences else super().get_description()

    def get_summary(self) -> str:
        """What the readable page prints beside the address."""
        return self.get_description()

    def get_tags(self) -> list[str]:
        return (self._tokenize_path() or ["root"])[:1]

    def problems(self) -> list[str]:
        statuses = ["400", "401", "403", "429"]
        if self.view.detail:
            statuses.append("404")
        if self.method in {"POST", "PATCH"} or self.view.action == "file":
            statuses.append("409")
        if self.method == "PATCH":
            statuses += ["412", "428"]
        return sorted(statuses)

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

    def _get_response_bodies(self, direction="response"):
        bodies = super()._get_response_bodies(direction)
        if self.view.action in {"create", "retrieve", "partial_update"}:
            tag = {"description": str(_("Of this record, for this reader.")), "schema": {"type": "string"}}
            for body in bodies.values():
                body["headers"] = {"ETag": tag}
        for status in self.problems():
            content = {"application/problem+json": {"schema": self.problem_schema()}}
            bodies[status] = {"description": str(SENTENCES[status]), "content": content}
        if self.view.action == "retrieve":
            bodies["304"] = {"description": str(SENTENCES["304"])}
        return bodies

    def problem_schema(self) -> dict:
        component = ResolvedComponent(
            name="Problem", type=ResolvedComponent.SCHEMA, object="Problem", schema=PROBLEM
        )
        self.registry.register_on_missing(component)
        return component.ref
