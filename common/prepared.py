"""Rights that are long to say, made into SQL once a day for all who have them alike.

Django says a query anew each time: for the conditions of a share that takes several milliseconds, which their
running does not. What differs from one reader to the next are ids.
"""

from collections.abc import Callable
from functools import lru_cache
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import QuerySet, UUIDField
from django.db.models.expressions import RawSQL

from common import clock


class Prepared:
    """Decorates a function of ids that gives a queryset; called with ids it gives what `pk__in` takes.

    The function sees stand-ins, never the ids: it hands them on to filters, and does not look at them. It may ask for
    today, not for the moment. Whatever else it depends on comes as another argument, and has a text of its own.
    """

    def __init__(self, said: Callable[..., QuerySet]):
        self.said = said
        self.written = lru_cache(maxsize=100)(self.write)

    def __call__(self, *alike, **ids: UUID) -> RawSQL:
        sql, params = self.written(clock.today(), alike, tuple(ids))
        adapted = {name: as_param(pk) for name, pk in ids.items()}
        return RawSQL(sql, [adapted[name] if name else value for name, value in params])  # noqa: S611 (the ORM’s text, values apart)

    def write(self, today, alike: tuple, names: tuple[str, ...]) -> tuple[str, list[tuple[str, object]]]:
        """The SQL, and for each of its parameters the id to put there, or its value."""
        stand_ins = {name: uuid4() for name in names}
        sql, params = self.said(*alike, **stand_ins).order_by().values("pk").query.sql_with_params()
        name_of = {as_param(stand_in): name for name, stand_in in stand_ins.items()}
        found = [(name_of.get(param, ""), param) for param in params]
        if unused := set(names) - {name for name, _ in found}:
            raise TypeError(f"{self.said.__name__} does not ask for {sorted(unused)}.")
        return sql, found


def as_param(pk: UUID):
    return UUIDField().get_db_prep_value(pk, connection)
