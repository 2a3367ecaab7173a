"""The demonstration as a story: strands of acts, each told at its own moment, all in the order of time.

A strand is a generator. It yields the moment of its next act and is resumed with the clock held there, so that
every act goes through the real verbs and finds the world as it stood on that day.
"""

import datetime
import heapq
import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from accounts.models import Membership, Organisation, Site
from common import clock
from partnerships.models import Agreement, ServiceOffer, Theme

Strand = Iterator[datetime.datetime]
LONG_AGO = datetime.datetime.min.replace(tzinfo=datetime.UTC)
A_WHILE = datetime.timedelta(minutes=20)  # between two acts of one strand that fall on the same day

HOLIDAYS = {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)}


@dataclass
class World:
    """What the strands share: the moment at which the story is told, and who and what exists by then."""

    told_at: datetime.datetime
    organisations: dict[str, Organisation] = field(default_factory=dict)
    sites: dict[str, Site] = field(default_factory=dict)
    members: dict[str, Membership] = field(default_factory=dict)
    heads: dict[str, Membership] = field(default_factory=dict)
    themes: dict[str, Theme] = field(default_factory=dict)
    offers: dict[str, ServiceOffer] = field(default_factory=dict)
    agreements: dict[str, Agreement] = field(default_factory=dict)

    @property
    def today(self) -> datetime.date:
        return self.told_at.astimezone(clock.PARIS).date()

    def ago(self, days: int) -> datetime.date:
        """The working day so many days ago, or the one before; a day to come for a negative number."""
        return workday(self.today - datetime.timedelta(days=days))


def workday(day: datetime.date) -> datetime.date:
    while day.weekday() > 4 or (day.month, day.day) in HOLIDAYS:
        day -= clock.ONE_DAY
    return day


def office_hour(day: datetime.date, chance: random.Random) -> datetime.datetime:
    """A moment between nine and six, never during lunch, on the working day."""
    hour = chance.choice([9, 9, 10, 10, 11, 14, 14, 15, 16, 16, 17])
    time = datetime.time(hour, chance.randrange(0, 60, 5))
    return datetime.datetime.combine(workday(day), time, clock.PARIS)


def play(strands: list[Strand]) -> None:
    """Tell all strands to their ends, whichever act comes next in time first."""
    order = itertools.count()  # of two acts at the same moment, the strand named first goes first
    waiting: list[tuple[datetime.datetime, int, Strand]] = []

    def wait_for_next(strand, earliest):
        if (moment := next(strand, None)) is not None:
            heapq.heappush(waiting, (max(moment, earliest), next(order), strand))

    for strand in strands:
        wait_for_next(strand, LONG_AGO)
    while waiting:
        moment, _, strand = heapq.heappop(waiting)
        with clock.at(moment):
            wait_for_next(strand, earliest=moment + A_WHILE)
