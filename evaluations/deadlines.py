"""Which agreements call for their yearly evaluation, soon or already, and whom that concerns."""

import datetime
from collections.abc import Callable, Iterator

from accounts.models import Kind, Role
from evaluations.models import Evaluation
from evaluations.queries import Due, due_among
from partnerships.deadlines import WEEK, directions_of
from partnerships.models import Agreement, Party

ASKED_FOR = datetime.timedelta(days=365)  # after the end of an agreement, its last year is asked for no more


def coming(days: int, *, but_not: int = 0) -> Callable[[datetime.date], Iterator[tuple]]:
    """Those that can be opened within so many days, and not within fewer nor today."""

    def due(today) -> Iterator[tuple]:
        for year in years_due(today, until=today + datetime.timedelta(days=days)):
            if (year.since - today).days > but_not:
                yield year.agreement.pk, f"{year.year}-{year.since}"

    return due


def overdue(today) -> Iterator[tuple]:
    """On the day from which it can be opened, and each week from then on until it is."""
    for year in years_due(today, until=today):
        yield year.agreement.pk, f"{year.year}-{year.since}+{(today - year.since) // WEEK}"


def years_due(today, *, until) -> list[Due]:
    """The earliest year without an evaluation, of each agreement that is not long over."""
    running = Agreement.objects.filter(ends_on__gte=today - ASKED_FOR)
    return due_among(running.order_by("pk"), Evaluation.objects.all(), until)


def who_opens_it(pks) -> Iterator[tuple]:
    """The direction of the Missions Locales that are a party."""
    bound = Party.objects.filter(agreement__in=pks, organisation__kind=Kind.MISSION_LOCALE).order_by()
    return directions_of(bound.values_list("agreement", "organisation"), roles={Role.DIRECTOR})
