"""Rows by the million: PostgreSQL copies them, SQLite inserts them by the thousand. Every constraint is the database's."""

import json
from collections.abc import Callable

from django.db import connection, models

from accounts.events import NOT_QUOTED

COPIED: dict = {None: "\\N", True: "t", False: "f"}
QUOTED = {None: "null", True: "true", False: "false"}


class Table:
    """Takes rows of the columns named; the others get what the model gives by default.

    A column whose default differs from row to row has to be named. Values are None, True, False, or text as PostgreSQL
    reads it (`2026-11-25T08:30:00Z`, `{}`), without tabs, line ends, backslashes and, outside JSON, double quotes.
    """

    def __init__(self, model: type[models.Model], *given: str):
        fields = {field.attname: field for field in model._meta.concrete_fields}
        self.given = [fields[name] for name in given]
        self.rest = [
            f for name, f in fields.items() if name not in given and not isinstance(f, models.AutoField)
        ]
        self.name, self.label = model._meta.db_table, model._meta.label_lower
        self.columns = ", ".join(f'"{field.column}"' for field in self.given + self.rest)
        told = {f.name: "%s" for f in self.given if f.name not in NOT_QUOTED}
        told |= {f.name: json.dumps(f.get_default()) for f in self.rest if f.name not in NOT_QUOTED}
        self.frame = "{" + ", ".join(f'"{name}": {value}' for name, value in told.items()) + "}"
        self.told = [
            (at, "{}" if isinstance(f, models.JSONField) else '"{}"')
            for at, f in enumerate(self.given)
            if f.name in told
        ]

    def quote(self, row: tuple) -> str:
        """The row as its event tells it. Made into JSON one by one, events took half of the time."""
        return self.frame % tuple(
            [form.format(row[at]) if row[at].__class__ is str else QUOTED[row[at]] for at, form in self.told]
        )

    def fill(self, rows: list[tuple]) -> int:
        """Returns how many there were."""
        if rows:
            self.copy(rows) if connection.vendor == "postgresql" else self.insert(rows)
        return len(rows)

    def copy(self, rows: list[tuple]) -> None:
        end = "".join(f"\t{COPIED.get(value, value)}" for value in map(plain_default, self.rest)) + "\n"
        lines = ["\t".join([v if v.__class__ is str else COPIED[v] for v in row]) for row in rows]
        with (
            connection.cursor() as cursor,
            cursor.copy(f'COPY "{self.name}" ({self.columns}) FROM STDIN') as copy,
        ):
            copy.write(end.join(lines) + end)

    def insert(self, rows: list[tuple]) -> None:
        places = ", ".join(["%s"] * (len(self.given) + len(self.rest)))
        statement = f'INSERT INTO "{self.name}" ({self.columns}) VALUES ({places})'  # noqa: S608 (names of our models)
        end = [plain_default(field) for field in self.rest]
        adapters = [adapter_of(field) for field in self.given]
        adapted = [
            [a(v) if a and v is not None else v for a, v in zip(adapters, row, strict=True)] + end
            for row in rows
        ]
        with connection.cursor() as cursor:
            cursor.executemany(statement, adapted)


def plain_default(field: models.Field) -> str | bool | None:
    """What the model gives by default, as rows hold it."""
    default = field.get_default()
    if isinstance(default, list | dict):
        return json.dumps(default)
    return default if default is None or isinstance(default, bool) else str(default)


def adapter_of(field: models.Field) -> Callable | None:
    """How SQLite keeps a value of that column, if not as PostgreSQL reads it."""
    if isinstance(field, models.ForeignKey):
        return adapter_of(field.target_field)
    if isinstance(field, models.UUIDField):
        return lambda value: value.replace("-", "")
    if isinstance(field, models.DateTimeField):
        return lambda value: value[:19].replace("T", " ")
    return None
