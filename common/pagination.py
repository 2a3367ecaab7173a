"""Pages of a list by position, not by number: page a thousand costs what page one costs.

The cursor holds the position of a row, sealed for its caller (docs/decisions/cursor-is-sealed.md): names that
order a list do not stand in addresses, and what was not sealed here, for the same caller, is refused.
"""

import base64
import datetime
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial, reduce
from operator import or_
from typing import Any
from uuid import UUID

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db import connection
from django.db.models import Q, QuerySet, prefetch_related_objects
from django.db.models.expressions import RawSQL
from django.http import HttpRequest
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from common.http import address

CURSOR = "cursor"
PAGE_SIZE = "page_size"
MOST_COUNTED = 1000


Caller = UUID  # the membership that reads: positions of its pages are nobody else's
Load = Callable[[QuerySet], QuerySet]


class BadCursor(ValueError):
    """The cursor was not made here, or for another order or caller."""


@dataclass(frozen=True)
class Slice:
    """One page of rows; the cursors are None at either end of the list."""

    rows: list
    next: str | None
    previous: str | None


def page_of(
    queryset: QuerySet,
    ordering: tuple[str, ...],
    size: int,
    *,
    caller: Caller,
    cursor: str | None = None,
    load: Load | None = None,
) -> Slice:
    """The rows that stand next to the cursor's position, one query.

    The ordering names columns or annotations that are never null, and ends with a unique one. `load` adds what
    the rows print and are ordered by: to those of the page alone, which indexes find before.
    Raises `BadCursor`.
    """
    backward, position = unsealed(cursor, ordering, caller) if cursor else (False, None)
    order = reversed_order(ordering) if backward else ordering
    rows = queryset.order_by(*order)
    if position is not None:
        rows = rows.filter(beyond(order, position))
    found = first_of(rows, order, size + 1, load)
    more, found = len(found) > size, found[:size]
    if backward:
        found.reverse()
    before, after = (more, True) if backward else (position is not None, more)
    return Slice(
        rows=found,
        next=sealed(False, found[-1], ordering, caller) if found and after else None,
        previous=sealed(True, found[0], ordering, caller) if found and before else None,
    )


def first_of(rows: QuerySet, order: tuple[str, ...], number: int, load: Load | None = None) -> list:
    """The first rows; of a `Ranged` queryset those that come first among the first of each range."""
    ranges = getattr(rows, "ranges", ())
    if not ranges:
        return loaded(rows[:number], order, load)
    alone = rows.prefetch_related(None)
    found = [row for condition in ranges for row in loaded(alone.within(condition)[:number], order, load)]
    for name in reversed(order):
        found.sort(key=partial(attribute, name=name), reverse=name.startswith("-"))
    found = found[:number]
    prefetch_related_objects(found, *rows._prefetch_related_lookups)
    return found


def loaded(first: QuerySet, order: tuple[str, ...], load: Load | None) -> list:
    """These rows with what they print; one statement, in which an index finds them first."""
    if load is None:
        return list(first)
    return list(load(first.model._default_manager.filter(pk__in=first.values("pk"))).order_by(*order))


class Ranged(QuerySet):
    """Rows in several ranges of indexes that exclude each other: no index gives the order of all together.

    A page takes the first rows of each range. Whatever else is asked treats them as one.
    """

    ranges: tuple[Q, ...] = ()
    place = 0  # of their alternative among the conditions of the query

    def in_ranges(self, *conditions: Q):
        ranged = self.filter(reduce(or_, conditions))
        ranged.ranges, ranged.place = conditions, len(self.query.where.children)
        return ranged

    def within(self, condition: Q):
        """The rows of one range, without the alternative: beside it the planner takes a range for a few rows."""
        narrowed = self.filter(condition)
        del narrowed.query.where.children[self.place]
        return narrowed

    def _clone(self):
        clone = super()._clone()
        clone.ranges, clone.place = self.ranges, self.place
        return clone


def reversed_order(ordering: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name[1:] if name.startswith("-") else f"-{name}" for name in ordering)


def beyond(ordering: tuple[str, ...], position: list) -> Q:
    """Rows after the position. The first column is also bounded alone, so that an index serves."""
    first, is_after, equal = Q(), Q(), Q()
    for name, value in zip(ordering, position, strict=True):
        column, comes_after = name.lstrip("-"), "lt" if name.startswith("-") else "gt"
        first = first or Q(**{f"{column}__{comes_after}e": value})
        is_after |= equal & Q(**{f"{column}__{comes_after}": value})
        equal &= Q(**{column: value})
    return first & is_after


def attribute(row: Any, name: str):
    for part in name.lstrip("-").split("__"):
        row = getattr(row, part)
    if row is None:
        raise ValueError(f"A list cannot be paged by {name}, which may be null.")
    return row


def value_at(row: Any, name: str):
    value = attribute(row, name)
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def sealed(backward: bool, row: Any, ordering: tuple[str, ...], caller: Caller) -> str:
    position = json.dumps([list(ordering), backward, [value_at(row, name) for name in ordering]])
    return seal(caller).encrypt(position.encode()).decode().rstrip("=")


def unsealed(cursor: str, ordering: tuple[str, ...], caller: Caller) -> tuple[bool, list]:
    try:
        padded = cursor.encode() + b"=" * (-len(cursor) % 4)
        made_for, backward, position = json.loads(seal(caller).decrypt(padded))
    except (InvalidToken, ValueError) as error:
        raise BadCursor from error
    if made_for != list(ordering):
        raise BadCursor
    return backward, position


def seal(caller: Caller) -> Fernet:
    derived = hashlib.sha256(f"cursor:{caller}:{settings.SECRET_KEY}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(derived))


class CursorPages(BasePagination):
    """Pages of the API, in the order that the view's `ordering` states."""

    page_size = 50
    max_page_size = 500
    page_query_param = CURSOR

    def paginate_queryset(self, queryset, request, view=None):
        self.url = request.build_absolute_uri()
        size = self.get_page_size(request)
        try:
            cursor = request.query_params.get(CURSOR)
            self.slice = page_of(
                queryset,
                tuple(view.ordering),
                size,
                caller=request.member.pk,
                cursor=cursor,
                load=view.load,
            )
        except BadCursor as error:
            raise ValidationError({CURSOR: [_("This cursor is not one of ours.")]}) from error
        return self.slice.rows

    def get_page_size(self, request) -> int:
        typed = request.query_params.get(PAGE_SIZE, str(self.page_size))
        is_number = typed.isascii() and typed.isdigit() and len(typed) <= 9
        if not (is_number and 1 <= int(typed) <= self.max_page_size):
            raise ValidationError({PAGE_SIZE: [_("A page size is a whole number from 1 to 500.")]})
        return int(typed)

    def get_paginated_response(self, data):
        return Response(
            {"results": data, "next": self.link(self.slice.next), "previous": self.link(self.slice.previous)}
        )

    def link(self, cursor: str | None) -> str | None:
        return cursor and replace_query_param(self.url, CURSOR, cursor)

    def get_paginated_response_schema(self, schema):
        link = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["results", "next", "previous"],
            "additionalProperties": False,
            "properties": {"results": schema, "next": link, "previous": link},
        }

    def get_schema_operation_parameters(self, view):
        size = {"type": "integer", "minimum": 1, "maximum": self.max_page_size, "default": self.page_size}
        return [
            {
                "name": CURSOR,
                "in": "query",
                "required": False,
                "description": _("Where the page begins; take it from `next` or `previous`."),
                "schema": {"type": "string"},
            },
            {
                "name": PAGE_SIZE,
                "in": "query",
                "required": False,
                "description": _("Rows a page, 500 at most."),
                "schema": size,
            },
        ]


@dataclass(frozen=True)
class Page:
    """One page of an HTML list, as `components/pagination.html` wants it; `words` are those that were looked for."""

    rows: list
    next_url: str
    previous_url: str
    words: str = ""

    def __iter__(self):
        return iter(self.rows)

    def __len__(self):
        return len(self.rows)


def paginate(
    request: HttpRequest,
    queryset: QuerySet,
    ordering: tuple[str, ...],
    page_size: int = 25,
    load: Load | None = None,
) -> Page:
    """A page of a list; an old or broken cursor in an address shows the first one."""
    page = partial(page_of, queryset, ordering, page_size, caller=request.member.pk, load=load)
    try:
        found = page(cursor=getattr(request, "asked", request.GET).get(CURSOR))
    except BadCursor:
        found = page()
    return Page(
        found.rows,
        next_url=address(request, cursor=found.next) if found.next else "",
        previous_url=address(request, cursor=found.previous) if found.previous else "",
        words=getattr(request, "named", ""),
    )


def capped_counts(**lists: RawSQL) -> dict[str, int]:
    """As `capped_count`, of several lists of prepared values in one statement."""
    one = "(SELECT COUNT(*) FROM ({sql} LIMIT {most}) AS counted)"
    parts = [one.format(sql=listed.sql, most=MOST_COUNTED + 1) for listed in lists.values()]
    with connection.cursor() as cursor:
        values = [value for listed in lists.values() for value in listed.params]
        cursor.execute(f"SELECT {', '.join(parts)}", values)
        return dict(zip(lists, cursor.fetchone(), strict=True))


def capped_count(queryset: QuerySet) -> int:
    """How many rows, counted to 1,001 at most: pages then print “more than 1,000”."""
    return queryset.order_by().values("pk")[: MOST_COUNTED + 1].count()
