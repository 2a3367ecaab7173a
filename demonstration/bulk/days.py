"""Working days around today, as text. A moment is the number of a working minute: whole numbers are quick to compare."""

import datetime
from itertools import count, islice

from common import clock

BEFORE, AFTER = 700, 60  # working days
MINUTES = 600  # of a working day, from 7:00 UTC
NOW = BEFORE * MINUTES - 1  # the evening of the last one before today


class Days:
    def __init__(self, today: datetime.date):
        later = list(islice(working_days(today, 1), AFTER))
        earlier = list(islice(working_days(today - clock.ONE_DAY, -1), BEFORE))
        self.dates = earlier[::-1] + later
        self.days = [date.isoformat() for date in self.dates]
        self.hours = [f"{7 + minute // 60:02}:{minute % 60:02}:00Z" for minute in range(MINUTES)]

    def day(self, minute: int) -> str:
        return self.days[minute // MINUTES]

    def moment(self, minute: int) -> str:
        day, rest = divmod(minute, MINUTES)
        return f"{self.days[day]}T{self.hours[rest]}"


def working_days(start: datetime.date, direction: int):
    """From a day on, forward (1) or back (-1)."""
    days = (start + direction * number * clock.ONE_DAY for number in count())
    return (day for day in days if day.weekday() < 5)
