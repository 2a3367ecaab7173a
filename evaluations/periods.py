"""The years of an agreement, and from when on each can be evaluated."""

import datetime

from common import clock


def period_of(agreement, number: int) -> tuple[datetime.date, datetime.date] | None:
    """First and last day of the nth year, cut where the agreement ends; None past its end."""
    first, last = agreement.year(number)
    if agreement.closed_on:
        last = min(last, agreement.closed_on - clock.ONE_DAY)
    return (first, last) if first <= last else None


def opens_on(agreement, number: int) -> datetime.date | None:
    """The day after the period, or the agreement's evaluation month where it comes first."""
    period = period_of(agreement, number)
    if period is None:
        return None
    first, last = period
    return min(last + clock.ONE_DAY, clock.months_after(first, agreement.evaluation_month))


def years_of(agreement) -> list[int]:
    """Numbers of the agreement's years, from 1."""
    if not agreement.starts_on or not agreement.ends_on:
        return []
    number = 1
    while period_of(agreement, number):
        number += 1
    return list(range(1, number))
