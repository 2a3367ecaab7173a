import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.insert_only import InsertOnly
from accounts.models.membership import Membership
from accounts.models.organisation import Organisation
from common import clock


class AuditEntry(InsertOnly):
    """A read of personal data, or a sign-in. It names records by id and holds nothing that could be erased."""

    class Action(models.TextChoices):
        READ = "read", _("Read")
        SIGNED_IN = "signed_in", _("Signed in")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    action = models.CharField(max_length=10, choices=Action)
    route = models.CharField(max_length=100)
    filters = models.JSONField(default=list)
    subject_type = models.CharField(max_length=60, blank=True)
    subject_ids = models.JSONField(default=list)
    moment = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("audit entry")
        indexes = [models.Index(fields=["by", "-moment"], name="audit_of_a_person")]

    def __str__(self):
        return f"{self.action} {self.subject_type}"
