import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.insert_only import InsertOnly
from accounts.models.membership import Membership
from accounts.models.organisation import Organisation
from common import clock


class Event(InsertOnly):
    """Something that was done: history, what messages are sent from, and the change feed.

    `subject` is the row that changed, `about` the record a reader would look at (a youth, an agreement);
    neither is a foreign key, so that a history outlives its subject. `position` is numbered late.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    verb = models.CharField(max_length=40)
    subject_type = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    about_type = models.CharField(max_length=60)
    about_id = models.UUIDField()
    moment = models.DateTimeField(default=clock.now)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    position = models.PositiveBigIntegerField(null=True)

    class Meta:
        verbose_name = _("event")
        constraints = [
            models.UniqueConstraint(
                name="event_position_once", fields=["position"], condition=Q(position__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["subject_id", "verb"], name="event_of_a_subject"),
        ]

    def __str__(self):
        return f"{self.subject_type} {self.verb}"
