import datetime
import uuid

from django.db import models

from common import clock
from common.queued import JobStatus, Queued, QueuedQuerySet


class Purpose(models.TextChoices):
    RESET = "reset"  # somebody forgot the password
    GUESSING = "guessing"  # somebody else tries passwords
    CODES = "codes"  # somebody has the password, and tries codes
    MOVING = "moving"  # somebody asks to sign in with another address
    MOVED = "moved"  # and does: this one is theirs no more


LONGEST = 320  # characters, as many as a form takes
# Whoever asks more often is served by the mail that was sent; nobody's box is filled by a stranger.
ONCE_IN = {
    Purpose.RESET: datetime.timedelta(minutes=5),
    Purpose.GUESSING: datetime.timedelta(days=1),
    Purpose.CODES: datetime.timedelta(days=1),
    Purpose.MOVING: datetime.timedelta(minutes=5),
    Purpose.MOVED: datetime.timedelta(minutes=5),
}


class AccountMailQuerySet(QueuedQuerySet):
    def served(self):
        """Sent, or given up, so long ago that the next one may be asked for: `sweep` forgets them."""
        done = self.exclude(status__in=[JobStatus.QUEUED, JobStatus.RUNNING])
        return done.filter(models.Q(status=JobStatus.FAILED) | models.Q(again_at__lt=clock.now()))


class AccountMail(Queued):
    """Mail to the owner of an address that somebody typed: known or not, the row is the same, and a worker looks it up.

    It goes once the next one may be sent: whose address was typed is kept no longer.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    purpose = models.CharField(max_length=8, choices=Purpose)
    email = models.EmailField(max_length=LONGEST)
    language = models.CharField(max_length=10)
    again_at = models.DateTimeField()  # when the next one may be sent

    objects = AccountMailQuerySet.as_manager()

    class Meta:
        constraints = [
            *Queued.Meta.constraints,
            models.UniqueConstraint(name="accountmail_once_for_each_purpose", fields=["purpose", "email"]),
        ]

    def __str__(self):
        return f"{self.purpose} {self.pk}"  # never the address
