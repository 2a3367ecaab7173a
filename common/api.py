"""Conventions of the REST API that know no domain word: problem documents, strict input, conditional requests."""

import datetime
import hashlib
import re
from collections.abc import Collection
from functools import cache

import orjson
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied
from django.core.exceptions import ValidationError as ModelError
from django.db.models import DateTimeField
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import exceptions, serializers
from rest_framework.parsers import JSONParser
from rest_framework.renderers import JSONRenderer
from rest_framework.settings import api_settings
from rest_framework.utils.encoders import JSONEncoder

from common.errors import DomainError, Stale
from common.http import problem_document


class PreconditionRequired(exceptions.APIException):
    status_code = 428
    default_detail = gettext_lazy("Say in If-Match which version you are changing: the ETag that you read.")
    default_code = "precondition_required"


class AlreadySaved(DomainError):
    """A POST carries an id that was used for other content."""

    code = "already_saved"


# --- Problem documents --------------------------------------------------------


def problem(error, context):
    """What makes a red message on screen makes a problem document here; None leaves it to handler500."""
    match error:
        case DomainError():
            headers = headers_of(error)
            return problem_document(error.http_status, str(error), code=error.code, headers=headers)
        case ModelError():
            return refused_values(by_field(error))
        case OverflowError():  # a moment that no clock can show, such as the first hours of the year 1
            return problem_document(400, _("A value lies outside what can be computed."))
        case Http404():
            return problem_document(404, _("There is nothing here."))
        case PermissionDenied():
            return problem_document(403, str(error) or _("You may not do that."))
        case exceptions.ValidationError():
            return refused_values(flat(error.detail))
        case exceptions.APIException():
            return problem_document(error.status_code, str(error.detail), headers=headers_of(error))
    return None


def refused_values(errors: dict[str, list[str]]):
    whole = errors.pop(api_settings.NON_FIELD_ERRORS_KEY, [])
    detail = " ".join(whole) or _("Some values cannot be accepted.")
    return problem_document(400, detail, errors=errors)


def by_field(error: ModelError) -> dict[str, list[str]]:
    if not hasattr(error, "error_dict"):
        return {api_settings.NON_FIELD_ERRORS_KEY: error.messages}
    named = error.message_dict
    whole = named.pop(NON_FIELD_ERRORS, [])
    return {**named, **({api_settings.NON_FIELD_ERRORS_KEY: whole} if whole else {})}


def flat(detail, path="") -> dict[str, list[str]]:
    """Nested errors under dotted names: {"youths": {"0": ["…"]}} becomes {"youths.0": ["…"]}."""
    if isinstance(detail, dict):
        named = [(str(name), value) for name, value in detail.items()]
    elif any(isinstance(value, dict | list) for value in detail):
        named = [(str(i), value) for i, value in enumerate(detail) if value]
    else:
        return {path or api_settings.NON_FIELD_ERRORS_KEY: [str(sentence) for sentence in detail]}
    return {k: v for name, value in named for k, v in flat(value, f"{path}.{name}".strip(".")).items()}


def headers_of(error: DomainError | exceptions.APIException) -> dict[str, str]:
    headers = {}
    if challenge := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    if (wait := getattr(error, "wait", None)) is not None:
        headers["Retry-After"] = str(int(wait))
    return headers


# --- Strict input -------------------------------------------------------------


class Json(JSONParser):
    """A body nested thousands of levels deep is the sender's fault, not ours."""

    def parse(self, stream, media_type=None, parser_context=None):
        try:
            return super().parse(stream, media_type, parser_context)
        except RecursionError as error:
            raise exceptions.ParseError(_("This body is nested too deeply.")) from error


class Moment(serializers.DateTimeField):
    """In UTC, with a Z; one that comes without a zone is UTC too."""

    def __init__(self, **options):
        super().__init__(**{"default_timezone": datetime.UTC, **options})


class Fields(serializers.ModelSerializer):
    """What a record shows; refuses fields that it does not know, and those that only we write.

    Fields in `concealed` are null for some readers, all of them at once; those in `may_lack` are not always there.
    """

    concealed: Collection[str] = ()
    may_lack: Collection[str] = ()

    serializer_field_mapping = {**serializers.ModelSerializer.serializer_field_mapping, DateTimeField: Moment}

    def get_validators(self):
        """None derived from the database: the model's own rules answer with their own sentences."""
        return []

    def get_fields(self):
        """What is only read may be empty where its column may: the library forgets it, and would not describe it."""
        fields = super().get_fields()
        columns = {column.name: column for column in self.Meta.model._meta.concrete_fields}
        for name, field in fields.items():
            if field.read_only and name in columns and hasattr(field, "allow_blank"):
                field.allow_blank = columns[name].blank
        return fields

    def to_internal_value(self, data):
        if isinstance(data, dict):
            writable = {name for name, field in self.fields.items() if not field.read_only}
            if unknown := [name for name in data if name not in writable]:
                sentence = _("This field is unknown, or not yours to write.")
                raise serializers.ValidationError({str(name)[:100]: [sentence] for name in unknown})
            if wrong := [
                name for name, value in data.items() if not is_of_its_type(self.fields[name], value)
            ]:
                sentence = _("This is of another type than the one described.")
                raise serializers.ValidationError({name: [sentence] for name in wrong})
        return super().to_internal_value(data)


def is_of_its_type(field, value) -> bool:
    """JSON has types: the library would take 5 for a text or an id, and “no” for false."""
    match field:
        case _ if value is None:
            return True
        case serializers.ListField():
            return not isinstance(value, list) or all(is_of_its_type(field.child, one) for one in value)
        case serializers.FileField():
            return not isinstance(value, str)
        case serializers.BooleanField():
            return isinstance(value, bool)
        case serializers.IntegerField():
            return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, str)


def refuse_unknown_parameters(request, known: set[str]):
    """A misspelt filter must not pass for no filter at all."""
    if unknown := set(request.query_params) - known:
        sentence = _("This parameter is unknown here.")
        raise serializers.ValidationError({name[:100]: [sentence] for name in sorted(unknown)})


@cache
def parameters_of(filterset_class) -> set[str]:
    """The query parameters of a FilterSet; a range has one for each end."""
    names = set()
    for name, field in filterset_class.base_filters.items():
        ends = getattr(getattr(field.field_class, "widget", None), "suffixes", None)
        names |= {f"{name}_{end}" for end in ends} if ends else {name}
    return names


# --- Answers ------------------------------------------------------------------


class JsonAnswer(JSONRenderer):
    """Takes ids and moments as they come from the driver, and writes them as the serializers do."""

    def render(self, data, accepted_media_type=None, renderer_context=None):
        if data is None:
            return b""
        return orjson.dumps(data, default=JSONEncoder().default, option=orjson.OPT_UTC_Z)


# --- Conditional requests -----------------------------------------------------

TAG = re.compile(r'(?:W/)?"(\d{1,9})-[0-9a-f]+"')


def etag(record, body: bytes) -> str:
    """The version, and a digest of the body: two readers may be shown different fields of one version."""
    digest = hashlib.sha256(body).hexdigest()[:20]
    return f'"{getattr(record, "version", 0)}-{digest}"'


def is_unchanged(request, tag: str) -> bool:
    """Whether If-None-Match names the answer that would be given."""
    known = request.headers.get("If-None-Match", "")
    return known.strip() == "*" or tag in {t.strip().removeprefix("W/") for t in known.split(",")}


def version_named(request, record) -> int:
    """The version that If-Match names. Raises a 428 without the header, `Stale` for a tag that is not ours."""
    named = request.headers.get("If-Match", "").strip()
    if named in {"", "*"}:  # the asterisk would overwrite whatever stands there
        raise PreconditionRequired
    versions = [int(version) for version in TAG.findall(named)]
    if not versions:
        raise Stale(_("Someone has just changed this. Here is what it says now."), record)
    return record.version if record.version in versions else versions[0]
