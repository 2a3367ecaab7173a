from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership
from common.records import Record
from exchange.documents.carrier import model_of
from exchange.threads import conversation

LONGEST = 4000  # characters


class MessageQuerySet(models.QuerySet):
    def visible_to(self, member):
        """What each kind of record lets the member read of its conversation (`Conversation`)."""
        readable = conversation.read_by(member)
        return self.filter(readable) if readable else self.none()

    def on(self, record):
        return self.filter(subject_type=record._meta.label_lower, subject_id=record.pk)

    def for_list(self):
        """What a row prints, the latest first."""
        return self.select_related("author__user", "author__organisation").order_by("-created_at", "pk")


class Message(Record):
    """What somebody wrote on a record to those who read it. It stays as it was written."""

    subject_type = models.CharField(max_length=60, editable=False)
    subject_id = models.UUIDField(editable=False)
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", db_index=False)
    text = models.TextField(_("message"), validators=[MaxLengthValidator(LONGEST)])

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        constraints = [
            models.CheckConstraint(name="message_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="message_is_not_too_long", condition=LessThanOrEqual(Length("text"), LONGEST)
            ),
        ]
        indexes = [
            models.Index(fields=["subject_id", "-created_at", "id"], name="message_of_a_record"),
            models.Index(fields=["author", "-created_at", "id"], name="message_of_an_author"),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"  # never what it says

    def get_absolute_url(self):
        return reverse(model_of(self.subject_type).THREAD.page, args=[self.subject_id])

    @property
    def record(self) -> models.Model:
        return model_of(self.subject_type)._default_manager.get(pk=self.subject_id)

    def write(self, **values):
        raise TypeError("A message stays as it was written.")
