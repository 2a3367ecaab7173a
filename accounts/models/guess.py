"""Wrong passwords and codes, counted where they come from; rules in accounts/guessing.py."""

import datetime

from django.db import models

from accounts.models.user import User
from common import clock

KEPT = datetime.timedelta(hours=1)
REMEMBERED = datetime.timedelta(days=365)


class Guesses(models.Model):
    """Wrong answers of the running hour for one account and one place; `key` is a digest that names neither."""

    key = models.CharField(max_length=64, primary_key=True)
    wrong = models.PositiveIntegerField(default=0)
    since = models.DateTimeField(default=clock.now)
    last_at = models.DateTimeField(default=clock.now, db_index=True)

    def __str__(self):
        return f"{self.wrong} since {self.since}"


class KnownDevice(models.Model):
    """A browser in which somebody has signed in. It is slowed down by nobody's guesses but its own."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="devices", db_index=False)
    digest = models.CharField(max_length=64)  # of the secret in its cookie
    last_used_at = models.DateTimeField(default=clock.now, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="knowndevice_once_for_each_person", fields=["digest", "user"])
        ]

    def __str__(self):
        return str(self.pk)
