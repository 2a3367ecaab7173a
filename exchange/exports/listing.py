"""What is taken away of a list, and by whom. Data, with the same filters as the page."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django_filters import FilterSet

from accounts.models import Membership
from common.http import WORDS, address
from common.pagination import CURSOR, page_of

AT_ONCE = 500  # rows in memory


@dataclass(frozen=True)
class Column:
    """`value(row, member)` is what this reader may know of it: text, a day, a moment, yes or no, or None."""

    heading: str | Promise
    value: Callable[[Any, Membership], Any]


def column(heading: str | Promise, path: str) -> Column:
    """What stands on the row, whoever reads."""
    of = attrgetter(path)
    return Column(heading, lambda row, member: of(row))


@dataclass(frozen=True)
class Listing:
    """A list that can be taken away.

    `filterset(request)` finds the rows of the page, in the `ordering` of the page; `load(rows, request=…)` adds what
    the columns print; `subject` is how the audit names a row, `beside(row)` another record that it shows, or None.
    `visible(member)` finds what `beside` asks of a row that the member may still see; by default the rows' own verb.
    """

    title: str | Promise
    route: str
    page: str
    columns: tuple[Column, ...]
    subject: str
    is_for: Callable[[Membership], bool]
    filterset: Callable[[HttpRequest], FilterSet]
    ordering: Callable[[QuerySet, HttpRequest], tuple[str, ...]]
    load: Callable[..., QuerySet] | None = None
    beside: Callable[[Model], tuple[str, Any] | None] | None = None
    visible: Callable[[Membership], QuerySet] | None = None

    def url_for(self, request: HttpRequest) -> str:
        """Where the page asked for is taken away, with the filters of its address; "" for who may not."""
        if not self.is_for(request.member):
            return ""
        filters = address(request, **{CURSOR: "", WORDS: ""})
        return filters.replace(request.path, reverse(self.route), 1)

    def rows(self, queryset: QuerySet, request: HttpRequest) -> Iterator[list]:
        """All of them, some hundred at a time."""
        load = partial(self.load, request=request) if self.load else None
        ordering = self.ordering(queryset, request)
        some = partial(page_of, queryset, ordering, AT_ONCE, caller=request.member.pk, load=load)
        page = some()
        yield page.rows
        while page.next:
            page = some(cursor=page.next)
            yield page.rows

    def named(self, row: Model) -> list[tuple[str, Any]]:
        """Which records a row shows, for the audit."""
        beside = self.beside(row) if self.beside else None
        return [(self.subject, row.pk), *([beside] if beside else [])]

    def visible_among(self, ids: list, member: Membership) -> set[tuple[str, Any]]:
        """Which records the rows of these ids still show the member."""
        visible = self.visible or apps.get_model(self.subject)._default_manager.visible_to
        rows = visible(member).filter(pk__in=ids)
        if self.beside:
            return {one for row in rows for one in self.named(row)}
        return {(self.subject, pk) for pk in rows.values_list("pk", flat=True)}

    def cells(self, row: Model, member: Membership) -> list:
        return [column.value(row, member) for column in self.columns]
