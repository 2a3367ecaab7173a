"""What is done once a day, by the first worker that looks after its hour; days without one are caught up."""

import datetime
import logging
import uuid
from collections.abc import Callable

from celery import shared_task
from django.conf import settings
from django.db import models
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common import clock
from common.queued import JobStatus, Queued, QueuedQuerySet
from exchange.deliveries.by_date import tell_of
from exchange.deliveries.digests import gather

logger = logging.getLogger(__name__)


class Work(models.TextChoices):
    DATES = "dates"
    DIGESTS = "digests"


# From which hour in Paris, in this order: what a day brings stands in the mail of that day.
DAILY: dict[str, tuple[datetime.time, Callable[[datetime.date], int]]] = {
    Work.DATES: (datetime.time(6), tell_of),
    Work.DIGESTS: (datetime.time(8), gather),
}


class Round(Queued):
    """One day's run of one work: the row is the job, so that it is done once, whoever looks."""

    PAUSES = (datetime.timedelta(minutes=10),) * 20

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    work = models.CharField(max_length=7, choices=Work)
    day = models.DateField()

    objects = QueuedQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("round")
        constraints = [
            *Queued.Meta.constraints,
            models.UniqueConstraint(name="round_one_a_day", fields=["day", "work"]),
        ]

    def __str__(self):
        return f"{self.work} {self.day}"


@shared_task(name="exchange.deliveries.rounds.make_rounds")
def make_rounds() -> None:
    """Do what today asks for and is not done. Safe to run twice at once, to be killed, and to be late by days."""
    hour = clock.now().astimezone(clock.PARIS).time()
    for work, (begins, do) in DAILY.items():
        if hour < begins or not is_over(work, do):
            return


def is_over(work: str, do: Callable[[datetime.date], int]) -> bool:
    """Whether today's is done or given up, by us if it was nobody's."""
    today = clock.today()
    round_ = Round.objects.filter(day=today, work=work).first()
    if round_ is None:
        Round.objects.bulk_create([Round(day=today, work=work)], ignore_conflicts=True)
        round_ = Round.objects.get(day=today, work=work)
    if mine := Round.objects.claim(round_.pk):
        run(mine, do)
        round_ = mine
    return round_.status in {JobStatus.READY, JobStatus.FAILED}


def run(mine: Round, do: Callable[[datetime.date], int]) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        try:
            with mine.held():
                do(mine.day)
        except Exception:
            logger.exception("The round %s was not done to its end on try %s.", mine, mine.tries)
            mine.put_back(_("This round was not done to its end."))
        else:
            mine.finish()
