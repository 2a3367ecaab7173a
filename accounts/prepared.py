"""Rights of a reader, made into SQL once for all readers of its role."""

from collections.abc import Callable
from functools import partial, update_wrapper

from django.conf import settings
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from accounts.models.membership import Membership
from common.prepared import Condition, Prepared

IDS = ("id", "organisation_id", "user_id")


class ForReader:
    """As `Prepared`, of a function whose first argument is the reader: it gets a stand-in of the same role."""

    def __init__(self, said: Callable[..., QuerySet]):
        named = update_wrapper(partial(self.said_to_a_stand_in), said)
        self.said, self.prepared = said, Prepared(named, may_ignore=IDS)

    def said_to_a_stand_in(self, role, kind, factor_required, *more, **values) -> QuerySet:
        ids = {name: values.pop(name) for name in IDS}
        return self.said(Membership(role=role, organisation_kind=kind, **ids), *more, **values)

    def ids(self, reader, *more, **values) -> RawSQL:
        return self.prepared.ids(*alike(reader), *more, **ids_of(reader), **values)

    def rows(self, reader, *more, **values) -> list:
        return self.prepared.rows(*alike(reader), *more, **ids_of(reader), **values)

    def condition(self, reader, *more, **values) -> Condition:
        return self.prepared.condition(*alike(reader), *more, **ids_of(reader), **values)


def alike(reader) -> tuple:
    """What rights depend on besides ids and the day."""
    return reader.role, reader.organisation_kind, settings.SECOND_FACTOR_REQUIRED


def ids_of(reader) -> dict:
    return {name: getattr(reader, name) for name in IDS}
