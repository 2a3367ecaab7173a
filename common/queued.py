"""A row that is a job. The broker only rings: whoever claims the row does the work."""

import datetime
import logging
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event as Signal

from django.db import DatabaseError, connection, models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common import clock

logger = logging.getLogger(__name__)

# What a killed worker left waits for so long. Whoever lives renews it four times meanwhile (`held`).
LEASE = datetime.timedelta(seconds=20)
TRIES = 5
AT_ONCE = datetime.timedelta()


def ring(task, *arguments) -> None:
    """Wake a worker. Without a broker the row waits for the sweep: nobody's page fails for that."""
    try:
        task.apply_async(tuple(str(one) for one in arguments), expires=3600)
    except Exception as error:
        logger.warning("The broker does not answer (%s); %s waits.", type(error).__name__, task.name)


class JobStatus(models.TextChoices):
    QUEUED = "queued", _("Queued")
    RUNNING = "running", _("Being made")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Failed")


OPEN = [JobStatus.QUEUED, JobStatus.RUNNING]


class QueuedQuerySet(models.QuerySet):
    def open(self):
        return self.filter(status__in=OPEN)

    def claimable(self):
        """Jobs that wait and pause no longer, and those whose worker has not renewed its lease in time."""
        now = clock.now()
        waiting = Q(status=JobStatus.QUEUED) & (Q(not_before=None) | Q(not_before__lte=now))
        abandoned = Q(status=JobStatus.RUNNING, lease_until__lt=now)
        return self.filter(waiting | abandoned)

    def claim(self, pk):
        """Give this job to one worker, or return None. Raises nothing: a missing row is no work."""
        lease = clock.now() + LEASE
        rows = self.claimable().filter(pk=pk, tries__lte=len(self.model.PAUSES))
        won = rows.update(
            status=JobStatus.RUNNING,
            claim_id=uuid.uuid4(),
            lease_until=lease,
            tries=F("tries") + 1,
            progress=0,
        )
        return self.get(pk=pk) if won else None

    def worn_out(self):
        """Those that as many workers left unfinished as there are tries."""
        return self.claimable().filter(tries__gt=len(self.model.PAUSES))

    def give_up(self, sentence):
        """Fail what is worn out; returns how many."""
        return self.worn_out().update(status=JobStatus.FAILED, sentence=sentence, lease_until=None)


class Queued(models.Model):
    """Status, lease, tries, progress and a sentence. Written only while the claim is still ours."""

    PAUSES = (AT_ONCE,) * (TRIES - 1)  # before the second try, the third, and so on to the last

    status = models.CharField(max_length=7, choices=JobStatus, default=JobStatus.QUEUED, editable=False)
    claim_id = models.UUIDField(null=True, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)
    not_before = models.DateTimeField(null=True, editable=False)
    tries = models.PositiveSmallIntegerField(default=0, editable=False)
    progress = models.PositiveSmallIntegerField(default=0, editable=False)
    sentence = models.CharField(max_length=300, blank=True, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_progress_in_percent",
                condition=Q(progress__gte=0, progress__lte=100),
            ),
            models.CheckConstraint(
                name="%(class)s_leased_while_running",
                condition=Q(status="running", lease_until__isnull=False)
                | (~Q(status="running") & Q(lease_until__isnull=True)),
            ),
        ]

    def advance(self, percent: int, sentence: str = "", **values) -> bool:
        """Say how far the work is and renew the lease; False when another worker has taken over."""
        lease = clock.now() + LEASE
        return self._write_if_ours(progress=percent, sentence=sentence, lease_until=lease, **values)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Renew the lease from a thread beside, however long the work is silent; stops with the block."""
        ended = Signal()

        def renew():
            while not ended.wait(LEASE.total_seconds() / 4):
                try:
                    still_ours = self._write_if_ours(lease_until=clock.now() + LEASE)
                except DatabaseError:
                    continue  # gone for a moment: the next beat comes before the lease ends
                finally:
                    connection.close()
                if not still_ours:
                    return

        beat = threading.Thread(target=renew, daemon=True)
        beat.start()
        try:
            yield
        finally:
            ended.set()
            beat.join()

    def finish(self, **values) -> bool:
        return self._write_if_ours(
            status=JobStatus.READY, progress=100, sentence="", lease_until=None, **values
        )

    def put_back(self, sentence: str) -> bool:
        """After an error: queued for another try after its pause, or failed with the sentence after the last."""
        if self.tries > len(self.PAUSES):
            return self.fail(sentence)
        pause = self.PAUSES[self.tries - 1]
        return self._write_if_ours(
            status=JobStatus.QUEUED,
            sentence=sentence,
            lease_until=None,
            not_before=clock.now() + pause if pause else None,
        )

    def fail(self, sentence: str) -> bool:
        """Failed for good: another try would meet the same."""
        return self._write_if_ours(status=JobStatus.FAILED, sentence=sentence, lease_until=None)

    def retry(self) -> bool:
        """Queue a failed job anew, with all its tries; False when it is no longer failed."""
        rows = type(self)._base_manager.filter(pk=self.pk, status=JobStatus.FAILED)
        return bool(rows.update(status=JobStatus.QUEUED, not_before=None, tries=0, progress=0, sentence=""))

    def start(self, **values) -> bool:
        """Queue the next work on a row on which nobody works; False while there is some."""
        rows = type(self)._base_manager.filter(pk=self.pk).exclude(status__in=OPEN)
        anew = {"not_before": None, "tries": 0, "progress": 0, "sentence": "", **values}
        return bool(rows.update(status=JobStatus.QUEUED, **anew))

    def cancel(self, sentence: str) -> bool:
        """End a job that waits or is worked on: its worker finds the claim gone. False when it has ended already."""
        rows = type(self)._base_manager.filter(pk=self.pk, status__in=OPEN)
        ended = {"status": JobStatus.FAILED, "claim_id": None, "lease_until": None, "sentence": sentence}
        return bool(rows.update(**ended))

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    def _write_if_ours(self, **values) -> bool:
        """A slow worker whose lease ran out cannot overwrite the one that came after."""
        ours = type(self)._base_manager.filter(pk=self.pk, status=JobStatus.RUNNING, claim_id=self.claim_id)
        written = bool(ours.update(**values))
        if written:
            for name, value in values.items():
                setattr(self, name, value)
        return written
