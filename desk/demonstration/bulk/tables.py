"""Rows by the million: PostgreSQL copies them, SQLite inserts them by the thousand. Every constraint is the database's."""

import json
import uuid
from collections.abc import Callable, Iterable, Iterator

from django.db import connection, models

BATCH = 5_000


class Table:
    """Takes rows of the columns named; the others get what the model gives by default.

    A column whose default differs from row to row has to be named.
    """

    def __init__(self, model: type[models.Model], *given: str):
        fields = {field.attname: field for field in model._meta.concrete_fields}
        rest = [f for name, f in fields.items() if name not in given and not isinstance(f, models.AutoField)]
        self.name = model._meta.db_table
        self.columns = [fields[name].column for name in given] + [field.column for field in rest]
        self.adapters = [adapter_of(fields[name]) for name in given]
        self.defaults = tuple(adapter_of(field)(field.get_default()) for field in rest)

    def fill(self, rows: Iterable[tuple]) -> int:
        """Returns how many there were."""
        adapted = (
            (*(adapt(value) for adapt, value in zip(self.adapters, row, strict=True)), *self.defaults)
            for row in rows
        )
        return self.copy(adapted) if connection.vendor == "postgresql" else self.insert(adapted)

    def copy(self, rows: Iterator[tuple]) -> int:
        number = 0
        columns = ", ".join(f'"{column}"' for column in self.columns)
        with connection.cursor() as cursor, cursor.copy(f'COPY "{self.name}" ({columns}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row(row)
                number += 1
        return number

    def insert(self, rows: Iterator[tuple]) -> int:
        number = 0
        columns = ", ".join(f'"{column}"' for column in self.columns)
        places = ", ".join(["%s"] * len(self.columns))
        statement = f'INSERT INTO "{self.name}" ({columns}) VALUES ({places})'  # noqa: S608 (names of our models)
        with connection.cursor() as cursor:
            while batch := list(zip(range(BATCH), rows, strict=False)):
                cursor.executemany(statement, [row for _number, row in batch])
                number += len(batch)
        return number


def adapter_of(field) -> Callable:
    """What the database's own driver takes for a value of that column."""
    if isinstance(field, models.JSONField):
        return json.dumps
    if connection.vendor == "postgresql":
        return lambda value: value
    if isinstance(field, models.ForeignKey):
        return adapter_of(field.target_field)
    if isinstance(field, models.UUIDField):
        return lambda value: value.hex if isinstance(value, uuid.UUID) else value
    if isinstance(field, models.DateTimeField):
        return connection.ops.adapt_datetimefield_value
    return lambda value: value
