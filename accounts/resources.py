"""What every resource of the API does: reads under the reader's rights, writes down who read, names versions."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from django.http import Http404
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import gettext as _
from rest_framework import mixins, viewsets
from rest_framework.exceptions import MethodNotAllowed, ValidationError
from rest_framework.response import Response
from rest_framework.status import HTTP_201_CREATED, HTTP_304_NOT_MODIFIED

from accounts import audit
from accounts.models import Membership
from accounts.throttling import count_rows
from common.api import JsonAnswer, etag, is_unchanged, parameters_of, refuse_unknown_parameters
from common.http import only_reading
from common.pagination import CURSOR, PAGE_SIZE, Load
from common.shape import Shape

PERSON = "youths.youth"  # of whom answers tell
FORMAT = "format"  # REST framework's own, for `?format=json`
NO_FILTERS = {CURSOR, PAGE_SIZE, FORMAT}


class Strict:
    """What is not offered is refused: methods before parameters, then parameters and headers."""

    def perform_content_negotiation(self, request, force=False):
        """The address is right, its parameter is not: the library would answer 404."""
        try:
            return super().perform_content_negotiation(request, force)
        except Http404 as unknown:
            raise ValidationError({FORMAT: [_("This format is not offered here.")]}) from unknown

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        if self.action is None:  # before its parameters are looked at
            raise MethodNotAllowed(request.method)
        if "Idempotency-Key" in request.headers:
            raise ValidationError({"Idempotency-Key": [_("Not offered yet: give the record an id instead.")]})
        refuse_unknown_parameters(request, self.known_parameters())

    def known_parameters(self) -> set[str]:
        return {FORMAT}


class Resource(Strict, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """A list and its single records.

    `ordering` is the list's order: never null, unique at its end. `sentences` describe each action in
    the schema. A resource that shows people sets `is_personal`: its answers are written down first.
    With a `shape` lists are made without the serializer, which says the same of single records. A resource that
    joins more to its rows than its filters ask does so by `load`, for the rows of a page alone.
    """

    lookup_value_converter = "uuid"
    ordering: tuple[str, ...] = ("pk",)
    sentences: ClassVar[dict[str, Any]] = {}
    is_personal = False
    shape: Shape | None = None
    load: Load | None = None

    def rows(self, member: Membership) -> QuerySet:
        """What this reader may see, with all that an answer prints."""
        raise NotImplementedError

    def bodies(self, rows: Sequence) -> list[dict]:
        """What a list shows of its rows; whoever has a shape with fields to make makes them here."""
        return self.shape.bodies(rows) if self.shape else self.get_serializer(rows, many=True).data

    def people_in(self, bodies: Sequence[dict]) -> set:
        """Ids of the young persons whom the answer shows besides the records themselves."""
        return set()

    # How a request goes.

    @property
    def is_list(self) -> bool:
        """Rows may also be asked for outside any request, to see whether there could be some."""
        return getattr(self, "action", "") == "list"

    def known_parameters(self) -> set[str]:
        if not self.is_list:
            return super().known_parameters()
        filterset_class = getattr(self, "filterset_class", None)
        return NO_FILTERS | (parameters_of(filterset_class) if filterset_class else set())

    def get_queryset(self):
        return self.rows(self.request.member)

    def filter_queryset(self, queryset):
        """Filters narrow a list, where there are some; a single record is asked for by its id alone."""
        narrows = self.is_list and set(self.request.query_params) - NO_FILTERS
        return super().filter_queryset(queryset) if narrows else queryset

    def list(self, request, *args, **kwargs):
        with only_reading():
            found = self.filter_queryset(self.get_queryset())
            if self.shape and not self.load:
                found = self.shape.read(found, self.ordering)
            rows = self.paginate_queryset(found)
            bodies = self.bodies(rows)
        count_rows(request, len(rows))
        if self.is_personal:
            self.write_down(rows, bodies, filters=request.query_params)
        return self.get_paginated_response(bodies)

    def retrieve(self, request, *args, **kwargs):
        with only_reading():
            record = self.get_object()
        return self.answer(record)

    def answer(self, record: Model, status: int = 200) -> Response:
        """One record with its ETag, written down before it leaves; 304 where the caller has it already."""
        with only_reading():
            body = self.get_serializer(record).data
        tag = etag(record, JsonAnswer().render(body))
        if self.is_personal:
            self.write_down([record], [body])
        if self.request.method in {"GET", "HEAD"} and is_unchanged(self.request, tag):
            return Response(status=HTTP_304_NOT_MODIFIED, headers={"ETag": tag})
        headers = {"ETag": tag}
        if status == HTTP_201_CREATED:
            headers["Location"] = self.request.build_absolute_uri(f"{body['id']}/")
        return Response(body, status=status, headers=headers)

    def write_down(self, rows: Sequence, bodies: Sequence[dict], filters=()):
        request = self.request._request  # the middleware's, which knows its route
        request.shown = []
        names = (self.known_parameters() & set(filters)) - NO_FILTERS
        label = self.queryset.model._meta.label_lower
        audit.showing(request, label, [row.pk for row in rows], names)
        if people := self.people_in(bodies):
            audit.showing(request, PERSON, people, names)
        audit.write_shown(request)

    def finalize_response(self, request, response, *args, **kwargs):
        """What one caller may see is nobody else's to be given from a cache."""
        response = super().finalize_response(request, response, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        patch_vary_headers(response, ["Authorization", "Cookie"])
        return response
