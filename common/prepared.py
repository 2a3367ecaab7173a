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
from django.db.models import BooleanField, Expression, QuerySet, UUIDField
from django.db.models.expressions import RawSQL

from common import clock
from common.among import parameter

# The name of what is put there, or none and the value that stands there for all.
Params = list[tuple[str, Any]]


class Prepared:
    """Decorates a function that gives a queryset for ids, words or moments.

    It is asked with them for `ids`, `rows` or a `condition`. The function sees stand-ins, never the values: it hands
    them on to filters, and does not look at them. A list is of ids, for `among`. It may ask for today, not for the
    moment. Whatever else it depends on comes by position, and has a text of its own.
    """

    def __init__(self, said: Callable[..., QuerySet], may_ignore: Collection[str] = ()):
        self.said, self.may_ignore = said, may_ignore
        self.written = lru_cache(maxsize=100)(self.write)
        self.asked_of_a_row = lru_cache(maxsize=100)(self.write_condition)

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

    def condition(self, *alike, **values) -> "Condition":
        """What `filter` takes: whether a row of that table is one of them."""
        sql, params, letters = self.asked_of_a_row(clock.today(), alike, kinds(values))
        return Condition(sql, bound(params, values), letters)

    def write_condition(self, today, alike: tuple, kinds_of: tuple) -> tuple[str, Params, Collection[str]]:
        """As `write`, without the table, whose name stands as `Condition.ROW`."""
        stand_ins = {name: stand_in(kind) for name, kind in kinds_of}
        query = self.said(*alike, **stand_ins).query
        (table,) = [alias for alias, uses in query.alias_refcount.items() if uses]  # none that is joined
        query.change_aliases({table: Condition.ROW})
        sql, params = query.get_compiler(connection=connection).compile(query.where)
        return sql, self.named(params, stand_ins), query.subq_aliases

    def write(self, today, column: str, alike: tuple, kinds_of: tuple) -> tuple[Any, str, Params]:
        """The compiler, its SQL and, for each parameter of it, what is to be put there."""
        stand_ins = {name: stand_in(kind) for name, kind in kinds_of}
        queryset = self.said(*alike, **stand_ins)
        if column and not queryset._fields:
            queryset = queryset.values(column)
        compiler = queryset.query.get_compiler(connection=connection)
        compiler.queryset = queryset
        sql, params = compiler.as_sql()
        return compiler, sql, self.named(params, stand_ins)

    def named(self, params, stand_ins: dict) -> Params:
        name_of = {repr(adapted(value)): name for name, value in stand_ins.items()}
        found = [(name_of.get(repr(param), ""), param) for param in params]
        # One that was looked at or computed with does not stand there, and would be a constant for everybody.
        if missing := stand_ins.keys() - {name for name, _ in found} - set(self.may_ignore):
            raise TypeError(f"{self.said.__name__} does not hand on {sorted(missing)}.")
        return found


class Condition(Expression):
    """Whether a row of a table is among what a prepared function gives: its SQL, wherever that table is asked.

    Not to be negated: what is unknown of a row would stay unknown.
    """

    ROW = "row_asked"
    conditional = True
    output_field = BooleanField()

    def __init__(self, sql: str, params: list, letters: Collection[str]):
        super().__init__()
        self.sql, self.params, self.letters = sql, params, letters

    def resolve_expression(self, query=None, allow_joins=True, reuse=None, summarize=False, for_save=False):
        resolved = self.copy()
        resolved.alias = query.get_initial_alias()
        query.subq_aliases = query.subq_aliases.union(self.letters)  # those of its own subqueries are taken
        return resolved

    def relabeled_clone(self, change_map):
        relabelled = self.copy()
        relabelled.alias = change_map.get(self.alias, self.alias)
        return relabelled

    def as_sql(self, compiler, connection):
        alias = compiler.quote_name_unless_alias(self.alias)
        return f"({self.sql})".replace(f"{self.ROW}.", f"{alias}."), self.params


def kinds(values: dict) -> tuple:
    return tuple((name, type(value)) for name, value in values.items())


def bound(params: Params, values: dict) -> list:
    return [adapted(values[name]) if name else value for name, value in params]


def stand_in(kind: type) -> Any:
    """A value that stands nowhere else."""
    if issubclass(kind, UUID):
        return uuid4()
    if issubclass(kind, list):
        return [uuid4()]
    if issubclass(kind, int):
        return secrets.randbits(60)
    if issubclass(kind, datetime.datetime):
        return datetime.datetime(9000, 1, 1, tzinfo=datetime.UTC) + datetime.timedelta(
            microseconds=secrets.randbits(40)
        )
    return secrets.token_hex()


def adapted(value: Any) -> Any:
    """As it stands among the parameters of a query."""
    if isinstance(value, list):
        return parameter(value, connection)
    if isinstance(value, UUID):
        return UUIDField().get_db_prep_value(value, connection)
    if isinstance(value, datetime.datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value
