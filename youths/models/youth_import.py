"""A table on its way into files: sent, its columns named, tried, looked at, written."""

import datetime
import uuid

from django.core.files.base import ContentFile
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Organisation
from common import clock
from common.folders import empty
from common.queued import OPEN, JobStatus, Queued, QueuedQuerySet

KEPT = datetime.timedelta(days=1)
FOLDER = "imports"


class Stage(models.TextChoices):
    """What was asked for last; `status` says how far that is."""

    COLUMNS = "columns", _("Columns to be named")
    CHECK = "check", _("Tried")
    WRITE = "write", _("Written")


def of_the_direction(rows: models.QuerySet, member):
    """The structure's, to its direction alone: a table tells of people whom nobody there may know yet."""
    return rows.filter(organisation=member.organisation_id) if member.is_director else rows.none()


class ColumnMappingQuerySet(models.QuerySet):
    def visible_to(self, member):
        return of_the_direction(self, member)


class YouthImportQuerySet(QueuedQuerySet):
    def visible_to(self, member):
        return of_the_direction(self, member)

    def for_list(self):
        return self.select_related("asked_by__user").order_by("-asked_at", "pk")

    def stale(self):
        """What is a day old, and holds still what tells of people."""
        old = self.filter(asked_at__lte=clock.now() - KEPT).exclude(status__in=OPEN)
        return old.filter(~Q(stage=Stage.WRITE, status=JobStatus.READY) | Q(is_cleared=False))


def place_of(youth_import, filename: str) -> str:
    """A name that tells nothing: what the sender called it may be anything."""
    return f"{FOLDER}/{youth_import.pk}/{uuid.uuid4()}"


class ColumnMapping(models.Model):
    """Which columns and words of a structure's tables are which of ours, kept under a name."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(_("name"), max_length=60)
    content = models.JSONField(default=dict, editable=False)

    objects = ColumnMappingQuerySet.as_manager()

    class Meta:
        verbose_name = _("columns of a table")
        constraints = [
            models.UniqueConstraint(name="column_mapping_named_once", fields=["organisation", "name"]),
            models.CheckConstraint(name="column_mapping_is_named", condition=~Q(name="")),
        ]

    def __str__(self):
        return self.name


class YouthImport(Queued):
    """The row that is the job. `done` is the last line that was written; `choices` say who resembles whom, by line."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    asked_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField(default=clock.now, editable=False)
    started_at = models.DateTimeField(null=True, editable=False)
    finished_at = models.DateTimeField(null=True, editable=False)
    stage = models.CharField(max_length=7, choices=Stage, default=Stage.COLUMNS, editable=False)
    name = models.CharField(_("file"), max_length=120, editable=False)
    saved_as = models.ForeignKey(
        ColumnMapping, on_delete=models.PROTECT, null=True, related_name="+", db_index=False, editable=False
    )
    mapping = models.JSONField(default=dict, editable=False)
    choices = models.JSONField(default=dict, editable=False)
    result = models.JSONField(default=dict, editable=False)
    done = models.PositiveIntegerField(default=1, editable=False)
    file = models.FileField(upload_to=place_of, blank=True, editable=False)
    refused = models.FileField(upload_to=place_of, blank=True, editable=False)
    is_cleared = models.BooleanField(default=False, editable=False)

    objects = YouthImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import of young people")
        constraints = [
            *Queued.Meta.constraints,
            models.UniqueConstraint(
                name="youth_import_one_written_at_a_time",
                fields=["organisation"],
                condition=Q(stage=Stage.WRITE, status__in=OPEN),
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "-asked_at"], name="youth_import_latest"),
            models.Index(fields=["status", "lease_until"], name="youth_import_claimable"),
            models.Index(fields=["asked_at"], name="youth_import_by_age"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("youths:import_detail", args=[self.pk])

    @property
    def waits_for_an_answer(self) -> bool:
        return self.stage == Stage.CHECK and self.status == JobStatus.READY

    @property
    def is_written(self) -> bool:
        return self.stage == Stage.WRITE and self.status == JobStatus.READY

    @property
    def number_refused(self) -> int:
        return self.result.get(
            "number_refused", len({number for number, _why in self.result.get("refused", [])})
        )

    def content(self) -> bytes:
        with self.file.open("rb") as file:
            return file.read()

    def keep_refused(self, content: bytes) -> str:
        return self.refused.storage.save(place_of(self, ""), ContentFile(content))

    def clear(self) -> None:
        """Delete its files, and empty the row of what names people; what was counted stays.

        Once what surrounds it is committed: no file comes back with what is rolled back. The files first: where the
        storage is away the row still tells of them, and the sweep comes again.
        """
        counts = {name: self.result.get(name, 0) for name in ("created", "changed", "unchanged")}
        counts["number_refused"] = self.number_refused
        rows, folder = type(self).objects.filter(pk=self.pk), f"{FOLDER}/{self.pk}"

        def cleared() -> None:
            empty(self.file.storage, folder)
            rows.update(file="", refused="", result=counts, choices={}, is_cleared=True)

        transaction.on_commit(cleared)
