import uuid

from django.db import models

from common import clock
from common.queued import Queued, QueuedQuerySet


class ResetRequest(Queued):
    """Somebody typed an address to set a new password: known or not, the row is the same, and a worker looks it up.

    It goes once it is done: whose address was typed is kept nowhere.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField()
    language = models.CharField(max_length=10)
    asked_at = models.DateTimeField(default=clock.now)

    objects = QueuedQuerySet.as_manager()

    class Meta:
        constraints = [*Queued.Meta.constraints]

    def __str__(self):
        return str(self.pk)  # never the address
