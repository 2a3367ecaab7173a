"""A list too long to wait for: a row that is the job, and the file for one day."""

import datetime
import uuid
from pathlib import PurePosixPath

from django.core.files import File
from django.db import models
from django.db.models import Q
from django.http import HttpRequest, QueryDict
from django.urls import resolve, reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership
from accounts.models.roles import Role
from common import clock
from common.folders import empty
from common.http import WORDS
from common.queued import OPEN, JobStatus, Queued, QueuedQuerySet
from exchange.exports.files import FORMATS
from exchange.exports.listing import Listing

KEPT = datetime.timedelta(days=1)
FOLDER = "exports"


class ExportQuerySet(QueuedQuerySet):
    def visible_to(self, member):
        """One's own, for a day. What the file tells is asked again when it is taken."""
        return self.fresh().filter(asked_by=member.pk) if member.role in Role else self.none()

    def fresh(self):
        return self.filter(asked_at__gt=clock.now() - KEPT)

    def stale(self):
        return self.filter(asked_at__lte=clock.now() - KEPT)


def place_of(export, filename: str) -> str:
    return f"{FOLDER}/{export.pk}/{filename}"


class Export(Queued):
    """Who takes which list away, narrowed down how. `shown` holds the ids that the audit names, by their kind."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    asked_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField(default=clock.now, editable=False)
    route = models.CharField(max_length=100, editable=False)
    asked = models.TextField(blank=True, editable=False)  # as in an address, with the words looked for
    language = models.CharField(max_length=5, editable=False)
    extension = models.CharField(max_length=4, choices=[(name, name) for name in FORMATS], editable=False)
    rows = models.PositiveIntegerField(null=True, editable=False)
    shown = models.JSONField(default=dict, editable=False)
    finished_at = models.DateTimeField(null=True, editable=False)
    file = models.FileField(upload_to=place_of, blank=True, editable=False)

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("export")
        constraints = [
            *Queued.Meta.constraints,
            models.UniqueConstraint(
                name="export_one_open_per_member", fields=["asked_by"], condition=Q(status__in=OPEN)
            ),
            models.CheckConstraint(
                name="export_has_its_file_once_ready",
                condition=(
                    Q(status=JobStatus.READY, finished_at__isnull=False, rows__isnull=False) & ~Q(file="")
                )
                | (~Q(status=JobStatus.READY) & Q(finished_at=None, rows=None, file="")),
            ),
        ]
        indexes = [
            models.Index(fields=["status", "lease_until"], name="export_claimable"),
            models.Index(fields=["asked_at"], name="export_by_age"),
        ]

    def __str__(self):
        return str(self.listing.title)

    def get_absolute_url(self):
        return reverse("exchange:export_detail", args=[self.pk])

    @property
    def listing(self) -> Listing:
        return resolve(reverse(self.route)).func.listing

    @property
    def request(self) -> HttpRequest:
        """What the list is narrowed down by, as its page would hear it."""
        request = HttpRequest()
        request.member, request.asked = self.asked_by, QueryDict(self.asked)
        request.GET, request.named = request.asked, request.asked.get(WORDS, "")
        return request

    @property
    def expires_at(self) -> datetime.datetime:
        return self.asked_at + KEPT

    @property
    def filename(self) -> str:
        """What the reader's computer saves it as."""
        return named(self.listing, self.asked_at.astimezone(clock.PARIS).date(), self.extension)

    def deliver(self, content: File, *, rows: int, shown: dict) -> bool:
        """Put the file away and finish; False, with nothing left behind, when somebody else has ended the job."""
        storage, place = self.file.storage, place_of(self, f"{self.claim_id}.{self.extension}")
        try:
            name = storage.save(place, content)
        except OSError:
            storage.delete(place)
            raise
        if not self.finish(file=name, rows=rows, shown=shown, finished_at=clock.now()):
            storage.delete(name)
            return False
        self.clear(keep=name)
        return True

    def clear(self, keep: str = "") -> None:
        """Delete what lies in its folder: also the half file of a worker that was killed."""
        empty(self.file.storage, f"{FOLDER}/{self.pk}", keep=PurePosixPath(keep).name)


def named(listing: Listing, day: datetime.date, extension: str) -> str:
    return f"{slugify(str(listing.title))}-{day:%Y-%m-%d}.{extension}"
