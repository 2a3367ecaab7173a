"""Rows of a list as their serializer shows them, read as tuples: no instance and no field at work for each row."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from rest_framework.serializers import Serializer, SlugRelatedField


class Shape:
    """What the serializer takes from a column is read as it stands; the renderer writes ids and moments.

    `made` are its fields that no column holds: who lists the rows makes them, maybe of the columns in `also`.
    """

    def __init__(self, serializer: type[Serializer], *, made: Iterable[str] = (), also: Iterable[str] = ()):
        self.serializer, self.made, self.also = serializer, frozenset(made), tuple(also)

    @cached_property
    def columns(self) -> dict[str, str]:
        """Where the fields stand, by name."""
        fields = self.serializer().fields.items()
        return {name: column_of(field) for name, field in fields if name not in self.made}

    def read(self, queryset: QuerySet, ordering: Iterable[str]) -> QuerySet:
        """The same rows as named tuples: the columns of the fields first, then those that a page needs to go on."""
        position = (name.lstrip("-") for name in ordering)
        names = dict.fromkeys((*self.columns.values(), *position, *self.also))
        return queryset.prefetch_related(None).values_list(*names, named=True)

    def bodies(self, rows: Iterable[tuple]) -> list[dict[str, Any]]:
        names = list(self.columns)
        return [dict(zip(names, row, strict=False)) for row in rows]


def column_of(field) -> str:
    column = field.source.replace(".", "__")
    return f"{column}__{field.slug_field}" if isinstance(field, SlugRelatedField) else column
