"""Who is told what. Each app says it as data in its `notices.py`; this gathers it, and knows no domain word."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from django.apps import apps
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.module_loading import module_has_submodule

from accounts.models import Event

DATA = "notices"


@dataclass(frozen=True)
class Telling:
    """Of one verb of one kind of record: whom it concerns, in which sentence, and the page that it opens.

    `kind` is its name in stored rows. `whom` gets the event and the record, and gives ids of memberships. The sentence
    leaves by mail: it names nobody. `at` is the attribute of the event that holds the id in the page's address, or a
    value that one quotes (`after.subject_id`).
    """

    kind: str
    subject: str
    verb: str
    whom: Callable[[Event, Any], Iterable]
    sentence: str | Promise
    opens: str
    at: str = "subject_id"

    def address(self, event: Event) -> str:
        attribute, _dot, quoted = self.at.partition(".")
        found = getattr(event, attribute)
        return reverse(self.opens, args=[found[quoted] if quoted else found])


@cache
def tellings() -> dict[str, Telling]:
    """Those of every app, by their kind."""
    names = [app.name for app in apps.get_app_configs() if module_has_submodule(app.module, DATA)]
    return {telling.kind: telling for name in names for telling in import_module(f"{name}.{DATA}").NOTICES}


@cache
def by_act() -> dict[tuple[str, str], list[Telling]]:
    """The same by the kind of record and the verb, as an event names them."""
    found = defaultdict(list)
    for telling in tellings().values():
        found[telling.subject, telling.verb].append(telling)
    return dict(found)
