"""`youth__among=ids`: a column is one of these, in one parameter however many they are."""

import json
from collections.abc import Collection
from uuid import UUID

from django.db.models import ForeignKey, Lookup, UUIDField


@ForeignKey.register_lookup
@UUIDField.register_lookup
class Among(Lookup):
    """Said one by one, as `in` does, thousands take longer to write than to look up, or are more than SQLite takes."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        column, params = self.process_lhs(compiler, connection)
        known = f"{column} IN (SELECT value FROM json_each(%s))"  # noqa: S608 (a column’s name)
        return known, (*params, parameter(self.rhs, connection))

    def as_postgresql(self, compiler, connection):
        column, params = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s::uuid[])", (*params, parameter(self.rhs, connection))


def parameter(ids: Collection[UUID], connection):
    """All of them, as the database takes them in one."""
    return list(ids) if connection.vendor == "postgresql" else json.dumps([pk.hex for pk in ids])
