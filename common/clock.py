"""The only source of now and today. Tests and the demonstration move it: past acts go through the real verbs."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
ONE_DAY = datetime.timedelta(days=1)

_moved: ContextVar[datetime.datetime | None] = ContextVar("moved", default=None)


def now() -> datetime.datetime:
    """The present moment, aware, in UTC."""
    return _moved.get() or datetime.datetime.now(datetime.UTC)


def today() -> datetime.date:
    """The calendar date in Paris, where agreements begin and end at midnight."""
    return now().astimezone(PARIS).date()


@contextmanager
def at(moment: datetime.datetime | datetime.date) -> Iterator[None]:
    """Hold the clock at a moment; a bare date means noon in Paris."""
    if not isinstance(moment, datetime.datetime):
        moment = datetime.datetime.combine(moment, datetime.time(12), PARIS)
    token = _moved.set(moment.astimezone(datetime.UTC))
    try:
        yield
    finally:
        _moved.reset(token)


def midnight(day: datetime.date) -> datetime.datetime:
    """The moment at which the day begins in Paris."""
    return datetime.datetime.combine(day, datetime.time(), PARIS)


def months_after(day: datetime.date, months: int) -> datetime.date:
    """The same day some months on (or before), or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    following = datetime.date(year + month // 12, month % 12 + 1, 1)
    return datetime.date(year, month, min(day.day, (following - ONE_DAY).day))
