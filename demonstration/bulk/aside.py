"""Indexes and foreign keys wait until the rows are in: an index is then built in one go, a key checked by one join."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, models

POSTGRESQL = """
    SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
        format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname, pg_get_constraintdef(oid))
    FROM pg_constraint WHERE contype = 'f' AND conrelid = ANY(%(tables)s::regclass[])
    UNION ALL
    SELECT format('DROP INDEX %%s', indexrelid::regclass), pg_get_indexdef(indexrelid)
    FROM pg_index WHERE indrelid = ANY(%(tables)s::regclass[])
        AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
"""
SQLITE = """
    SELECT printf('DROP INDEX "%%w"', name), sql
    FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN (SELECT value FROM json_each(%s))
"""


@contextmanager
def set_aside(tables: Iterable[type[models.Model]]) -> Iterator[None]:
    """For the length of a transaction that fills these tables; cut anywhere, it leaves them as they were.

    Primary keys and unique constraints stay. Whoever else reads the tables meanwhile waits for the end.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            connection.check_constraints()  # it alters no table that still has rows to check
        both = statements(cursor, [model._meta.db_table for model in tables])
        for drop, _create in both:
            cursor.execute(drop)
        yield
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        for _drop, create in both:
            cursor.execute(create)


def statements(cursor, tables: list[str]) -> list[tuple[str, str]]:
    """What drops each index or key, and what makes it anew."""
    if connection.vendor == "postgresql":
        cursor.execute(POSTGRESQL, {"tables": tables})
    else:
        cursor.execute(SQLITE, [json.dumps(tables)])
    return cursor.fetchall()
