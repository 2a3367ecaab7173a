"""Locks that several may hold at once, which the ORM does not know."""

from enum import StrEnum

from django.db import connection
from django.db.models import Model


class Against(StrEnum):
    """Whom a shared lock keeps waiting: whoever writes the row, or only who takes it by `select_for_update()`."""

    WRITES = "SHARE"
    ALL_OF_IT = "KEY SHARE"


def share(model: type[Model], pk, against: Against) -> None:
    """Hold a row until the transaction ends; it is to be read afterwards. On SQLite the transaction is alone anyway."""
    if connection.features.has_select_for_update:
        table, key = (connection.ops.quote_name(n) for n in (model._meta.db_table, model._meta.pk.column))
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT 1 FROM {table} WHERE {key} = %s FOR {against}", [pk])  # noqa: S608 (our own names)
