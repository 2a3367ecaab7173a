"""What each table says of itself besides its columns: each app as data, in its `declarations.py`.

A new model without its line fails `tests/test_declarations.py`, which also holds every line against the house.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule

DATA = "declarations"


class Kept(StrEnum):
    """How long a row stays. Rules of retention name these, never tables."""

    FILE = "with the young person’s file"
    AGREEMENT = "with the agreement"
    ORGANISATION = "as long as the organisation is known"
    ACCOUNT = "as long as the person acts for somebody"
    HISTORY = "as proof of who did or read what"
    USE = "until it has served"


class Not(str):
    """Why there is none."""


@dataclass(frozen=True)
class Record:
    """A table whose rows are seen on their own.

    `seen` are the verbs of its queryset that begin every read. `api` is the prefix of its resource, `exported` the
    route of a list that can be taken away, `timeline` an entry of a young person's file; or why not.
    """

    kept: Kept
    api: str | Not
    exported: str | Not
    timeline: str | Not
    seen: tuple[str, ...] = ("visible_to",)


@dataclass(frozen=True)
class Part:
    """A table whose rows are seen, served, exported and kept with another’s; `timeline` is their line in a file."""

    of: str
    timeline: str = ""


@dataclass(frozen=True)
class Unseen:
    """A table that no page, list or file shows: what it is for."""

    kept: Kept
    purpose: str


Declaration = Record | Part | Unseen


def declarations() -> Mapping[str, Declaration]:
    """Of every app, by the model's label."""
    found: dict[str, Declaration] = {}
    for app in apps.get_app_configs():
        if module_has_submodule(app.module, DATA):
            own = import_module(f"{app.name}.{DATA}").DECLARED
            found |= {f"{app.label}.{name}": declaration for name, declaration in own.items()}
    return found
