"""Who is told what. Each app says it as data in its `notices.py`; this gathers it, and knows no domain word."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import TextChoices
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext_lazy as _

from accounts.models import Event

DATA = "notices"
# How far back what a date brought is looked for. After more days without a worker the oldest is told to nobody.
CAUGHT_UP = datetime.timedelta(days=31)


class Way(TextChoices):
    """How a person hears of something; whatever the way, it stands in the bell's list."""

    AT_ONCE = "at_once", _("By mail, at once")
    DIGEST = "digest", _("In one mail a day")
    SCREEN = "screen", _("On screen only")


@dataclass(frozen=True, kw_only=True)
class Matter:
    """What a person chooses a way for: one line of their page, under the heading `topic`.

    `roles` are those whom it can concern: nobody else is told, nor asked. What is not `mutable` is always told in its
    default way.
    """

    name: str
    topic: str | Promise
    label: str | Promise
    roles: frozenset[str]
    default: Way = Way.AT_ONCE
    mutable: bool = True


@dataclass(frozen=True, kw_only=True)
class Telling:
    """One sentence that people are told, and the page it leads to.

    `kind` is its name in stored rows. `subject` is the kind of record. The sentence leaves by mail: it names nobody.
    `called` tells one record from the next where several wait, by its id alone and on the screen alone.
    """

    kind: str
    matter: Matter
    subject: str
    sentence: str | Promise
    opens: str
    called: Callable[[Any], str] = lambda pk: ""


@dataclass(frozen=True, kw_only=True)
class ByAct(Telling):
    """Told in the transaction of an act. `whom` gets the event and the record, and gives ids of memberships.

    `at` is the attribute of the event that holds the id in the page's address; empty for a page without one.
    """

    verb: str
    whom: Callable[[Event, Any], Iterable]
    at: str = "subject_id"

    def address(self, event: Event) -> str:
        return reverse(self.opens, args=[self.record_of(event)] if self.at else [])

    def record_of(self, event: Event):
        attribute, _dot, quoted = self.at.partition(".")
        found = getattr(event, attribute)
        return found[quoted] if quoted else found


@dataclass(frozen=True, kw_only=True)
class ByDate(Telling):
    """Told once a day, of what is so on that day (`by_date.py`).

    `due` gives the ids of the records it is so of, each with the name of its occasion: of one occasion nobody is
    told twice. It reads a range of an index, and reaches some weeks back, for days on which nothing ran.
    `whom` gets some of these ids, and gives pairs of record and membership.
    """

    due: Callable[[datetime.date], Iterable[tuple[UUID, str]]]
    whom: Callable[[Sequence[UUID]], Iterable[tuple[UUID, UUID]]]


@cache
def tellings() -> dict[str, Telling]:
    """Those of every app, by their kind."""
    names = [app.name for app in apps.get_app_configs() if module_has_submodule(app.module, DATA)]
    return {telling.kind: telling for name in names for telling in import_module(f"{name}.{DATA}").NOTICES}


@cache
def by_act() -> dict[tuple[str, str], list[ByAct]]:
    """Those of acts, by the kind of record and the verb, as an event names them."""
    found = defaultdict(list)
    for telling in tellings().values():
        if isinstance(telling, ByAct):
            found[telling.subject, telling.verb].append(telling)
    return dict(found)


@cache
def by_date() -> list[ByDate]:
    return [telling for telling in tellings().values() if isinstance(telling, ByDate)]


@cache
def matters() -> dict[str, Matter]:
    """What there is to choose a way for, by name, in the order in which the apps say it."""
    return {telling.matter.name: telling.matter for telling in tellings().values()}
