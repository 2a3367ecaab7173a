"""What stands in somebody's calendar: each app says it in its `dates.py`, of what its rights show to that person."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from accounts.models import Membership

DAYS_BACK, DAYS_AHEAD = 31, 400


@dataclass(frozen=True)
class Dated:
    """One day of one record. `words` leave for a calendar that we do not guard: initials, never a name.

    `version` grows with each change of the record; `path` is its page, where rights are asked again.
    """

    key: str
    on: datetime.date
    words: str
    path: str
    version: int
    changed_at: datetime.datetime


@dataclass(frozen=True)
class Span:
    """The first and the last day that a calendar shows."""

    first: datetime.date
    last: datetime.date

    @classmethod
    def around(cls, today: datetime.date) -> "Span":
        return cls(today - datetime.timedelta(DAYS_BACK), today + datetime.timedelta(DAYS_AHEAD))


Source = Callable[[Membership, Span], Iterable[Dated]]
SOURCES: list[Source] = []


def in_calendars(source: Source) -> Source:
    """Marks a function that tells the days of a reader within a span."""
    SOURCES.append(source)
    return source


def dates_of(member: Membership, today: datetime.date) -> list[Dated]:
    """All that this person's calendar shows, the earliest first."""
    span = Span.around(today)
    found = [dated for source in SOURCES for dated in source(member, span)]
    return sorted(found, key=lambda dated: (dated.on, dated.key))
