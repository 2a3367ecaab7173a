"""Into which parts an indicator counts the referrals of a period: conditions by name, no queries."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import F, Q

from common import clock
from referrals.workflow import ANSWERED, Status
from youths.models.choices import Gender


@dataclass(frozen=True)
class Period:
    first: datetime.date
    last: datetime.date

    @property
    def moments(self) -> tuple[datetime.datetime, datetime.datetime]:
        """From the first midnight in Paris to the one after the last day."""
        return midnight(self.first), midnight(self.last + clock.ONE_DAY)


Parts = Callable[[Period], dict[str, Q]]


def midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), clock.PARIS)


def one(condition: Q) -> Parts:
    return lambda period: {"": condition}


def each(field: str, values) -> Parts:
    return lambda period: {str(value): Q(**{field: value}) for value in values}


def answer_delays(period: Period) -> dict[str, Q]:
    """Days from sending to answer, by full 24 hours."""
    edges = {"2": None, "7": 2, "14": 7, "30": 14, "more": 30}
    conditions = {}
    for name, lower in edges.items():
        condition = Q(answered_at__isnull=False)
        if lower:
            condition &= Q(answered_at__gt=F("sent_at") + datetime.timedelta(days=lower))
        if name != "more":
            condition &= Q(answered_at__lte=F("sent_at") + datetime.timedelta(days=int(name)))
        conditions[name] = condition
    return conditions


def months(period: Period) -> dict[str, Q]:
    """The months of the agreement's year, each from the day of the month on which it began."""
    conditions, first, number = {}, period.first, 0
    while first <= period.last:
        number += 1
        following = clock.months_after(period.first, number)
        conditions[first.isoformat()] = Q(sent_at__gte=midnight(first), sent_at__lt=midnight(following))
        first = following
    return conditions


def ages(period: Period) -> dict[str, Q]:
    """Completed years on the last day of the period, from the dates of birth alone."""

    def born_until(age: int) -> datetime.date:
        return clock.months_after(period.last, -12 * age)

    bands = [("under_18", None, 18), ("18_21", 18, 22), ("22_25", 22, 26), ("over_25", 26, None)]
    conditions = {}
    for name, youngest, too_old in bands:
        condition = Q()
        if youngest:
            condition &= Q(youth__birth_date__lte=born_until(youngest))
        if too_old:
            condition &= Q(youth__birth_date__gt=born_until(too_old))
        conditions[name] = condition
    return conditions


def genders(period: Period) -> dict[str, Q]:
    told = [Gender.WOMAN, Gender.MAN]
    return {**each("youth__gender", told)(period), "other": ~Q(youth__gender__in=told)}


ACCEPTED = sorted(ANSWERED - {Status.DECLINED})
