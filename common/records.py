"""Records that two people may edit without losing each other's words."""

import uuid

from django.db import models
from django.db.models import F
from django.utils.translation import gettext as _

from common import clock
from common.errors import Stale


class Record(models.Model):
    """A row with a version. After its creation every write is an UPDATE filtered on that version."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    updated_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError("A record is changed by write(), which checks its version, never by save().")
        # Without force_insert a second click would UPDATE the first one's row.
        super().save(*args, **{**kwargs, "force_insert": True})

    def write(self, *, expected: int | None = None, where: dict | None = None, **values):
        """Write values if the version is still `expected` (the one that was read, by default).

        `where` narrows the UPDATE further (a step adds the status it starts from).
        Raises `Stale`, with the row as it stands now, when someone else was first.
        """
        expected = self.version if expected is None else expected
        values["updated_at"] = clock.now()
        rows = type(self)._base_manager.filter(pk=self.pk, version=expected, **(where or {}))
        if not rows.update(version=F("version") + 1, **values):
            current = type(self)._base_manager.filter(pk=self.pk).first()
            raise Stale(_("Someone has just changed this. Here is what it says now."), current)
        self.version = expected + 1
        for name, value in values.items():
            setattr(self, name, value)

    @classmethod
    def bump(cls, pk):
        """Count a child's write as a write of its root, so that the root's ETag moves."""
        cls._base_manager.filter(pk=pk).update(version=F("version") + 1, updated_at=clock.now())
