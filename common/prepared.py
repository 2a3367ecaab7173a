"""Reads that are long to say, made into SQL once a day for all who ask alike.

Django says a query anew each time: for the conditions of a share that takes several milliseconds, which their
running does not. What differs from one reader to the next are ids.
"""

import copy
import datetime
import secrets
from collections.abc import Callable, Collection
from functools import lru_cache
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet, UUIDField
from django.db.models.expressions import RawSQL

from common import clock

# The name of what is put there, or none and the value that stands there for all.
Params = list[tuple[str, Any]]


class Prepared:
    """Decorates a function that gives a queryset for ids, words or moments; asked with them for `ids` or `rows`.

    The function sees stand-ins, never the values: it hands them on to filters, and does not look at them. It may ask
    for today, not for the moment. Whatever else it depends on comes by position, and has a text of its own.
    """

    def __init__(self, said: Callable[..., QuerySet], may_ignore: Collection[str] = ()):
        self.said, self.may_ignore = said, may_ignore
        self.written = lru_cache(maxsize=100)(self.write)

    def ids(self, *alike, **values) -> RawSQL:
        """What `pk__in` takes: the keys, or the column that the queryset chose by `values`."""
        _compiler, sql, params = self.written(clock.today(), "pk", alike, kinds(values))
        return RawSQL(sql, bound(params, values))  # noqa: S611 (the ORM’s text, values apart)

    def rows(self, *alike, **values) -> list:
        """The rows, as the queryset gives them."""
        try:
            compiler, sql, params = self.written(clock.today(), "", alike, kinds(values))
        except EmptyResultSet:
            return []
        compiler, rows = copy.copy(compiler), compiler.queryset.all()
        compiler.as_sql = lambda *args, **options: (sql, bound(params, values))
        rows.query.get_compiler = lambda *args, **options: compiler
        return list(rows)  # and no queryset: what would be filtered further is written already

    def write(self, today, column: str, alike: tuple, kinds_of: tuple) -> tuple[Any, str, Params]:
        """The compiler, its SQL and, for each parameter of it, what is to be put there."""
        stand_ins = {name: stand_in(kind) for name, kind in kinds_of}
        queryset = self.said(*alike, **stand_ins)
        if column and not queryset._fields:
            queryset = queryset.values(column)
        compiler = queryset.query.get_compiler(connection=connection)
        compiler.queryset = queryset
        sql, params = compiler.as_sql()
        name_of = {adapted(value): name for name, value in stand_ins.items()}
        found = [(name_of.get(param, ""), param) for param in params]
        # One that was looked at or computed with does not stand there, and would be a constant for everybody.
        if missing := stand_ins.keys() - {name for name, _ in found} - set(self.may_ignore):
            raise TypeError(f"{self.said.__name__} does not hand on {sorted(missing)}.")
        return compiler, sql, found


def kinds(values: dict) -> tuple:
    return tuple((name, type(value)) for name, value in values.items())


def bound(params: Params, values: dict) -> list:
    return [adapted(values[name]) if name else value for name, value in params]


def stand_in(kind: type) -> Any:
    """A value that stands nowhere else."""
    if issubclass(kind, UUID):
        return uuid4()
    if issubclass(kind, int):
        return secrets.randbits(60)
    if issubclass(kind, datetime.datetime):
        return datetime.datetime(9000, 1, 1, tzinfo=datetime.UTC) + datetime.timedelta(
            microseconds=secrets.randbits(40)
        )
    return secrets.token_hex()


def adapted(value: Any) -> Any:
    """As it stands among the parameters of a query."""
    if isinstance(value, UUID):
        return UUIDField().get_db_prep_value(value, connection)
    if isinstance(value, datetime.datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value
