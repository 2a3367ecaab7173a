"""Rights of a reader, made into SQL once for all readers of its role."""

from collections.abc import Callable

from django.conf import settings
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from accounts.models.membership import Membership
from common.prepared import Prepared


class ForReader:
    """As `Prepared`, of a function whose first argument is the reader: it gets a stand-in of the same role."""

    def __init__(self, said: Callable[..., QuerySet]):
        self.said, self.prepared = said, Prepared(self.said_to_a_stand_in)

    def said_to_a_stand_in(
        self, role, organisation_kind, factor_required, *, member, organisation, user, **values
    ) -> QuerySet:
        ids = {"pk": member, "organisation_id": organisation, "user_id": user}
        return self.said(Membership(role=role, organisation_kind=organisation_kind, **ids), **values)

    def ids(self, reader, **values) -> RawSQL:
        return self.prepared.ids(*alike(reader), **ids_of(reader), **values)

    def rows(self, reader, **values) -> list:
        return self.prepared.rows(*alike(reader), **ids_of(reader), **values)


def alike(reader) -> tuple:
    """What rights depend on besides ids and the day."""
    return reader.role, reader.organisation_kind, settings.SECOND_FACTOR_REQUIRED


def ids_of(reader) -> dict:
    return {"member": reader.pk, "organisation": reader.organisation_id, "user": reader.user_id}
