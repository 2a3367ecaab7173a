import uuid

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import events
from accounts.models import Membership
from common import clock
from common.errors import DomainError
from common.queued import JobStatus, Queued, QueuedQuerySet
from evaluations.models.evaluation import Evaluation
from partnerships.models import Agreement


class FileUnreadable(DomainError):
    code = "file_unreadable"
    http_status = 503
    wait = 5  # what making it anew takes, once it is asked for again


OPEN = [JobStatus.QUEUED, JobStatus.RUNNING]


class ReportQuerySet(QueuedQuerySet):
    def visible_to(self, member):
        """Of visible evaluations, to those whom the agreement covers: it shows what stays between them."""
        if not (member.is_mission_locale_staff or member.is_partner_staff):
            return self.none()
        covered = Agreement.objects.covering(member.organisation_id)
        return self.filter(
            Exists(covered.filter(pk=OuterRef("evaluation__agreement"))),
            evaluation__in=Evaluation.objects.visible_to(member).values("pk"),
        )

    def open(self):
        return self.filter(status__in=OPEN)

    def give_up(self, sentence):
        """One by one: who asked for it is told."""
        return sum(report.fail(sentence) for report in self.worn_out())

    def for_list(self):
        """What a row prints, the latest first."""
        return self.select_related("evaluation__agreement", "asked_by__user").order_by("-asked_at", "pk")


def folder_of(report, filename: str) -> str:
    return f"reports/{report.pk}/{filename}"


class Report(Queued):
    """The PDF of an evaluation: a row that is the job, and the file once it is ready."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="reports")
    asked_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField(default=clock.now, editable=False)
    finished_at = models.DateTimeField(null=True, editable=False)
    pdf = models.FileField(upload_to=folder_of, blank=True, editable=False)
    software_version = models.CharField(max_length=20, blank=True, editable=False)
    evaluation_version = models.PositiveIntegerField(null=True, editable=False)  # as printed

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("report")
        constraints = [
            *Queued.Meta.constraints,
            models.UniqueConstraint(
                name="report_one_open_per_evaluation", fields=["evaluation"], condition=Q(status__in=OPEN)
            ),
            models.CheckConstraint(
                name="report_has_its_file_once_ready",
                condition=(Q(status=JobStatus.READY, finished_at__isnull=False) & ~Q(pdf=""))
                | (~Q(status=JobStatus.READY) & Q(finished_at=None, pdf="")),
            ),
        ]
        indexes = [models.Index(fields=["status", "lease_until"], name="report_claimable")]

    def __str__(self):
        return str(self.evaluation)

    def get_absolute_url(self):
        return reverse("evaluations:report_detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def filename(self) -> str:
        """What the reader's computer saves it as, in plain ASCII."""
        title = slugify(self.evaluation.agreement.title)[:60].strip("-") or "convention"
        return f"evaluation-{title}-{self.evaluation.period_end:%Y-%m}.pdf"

    @property
    def has_its_file(self) -> bool:
        return bool(self.pdf) and self.pdf.storage.exists(self.pdf.name)

    def open_file(self):
        """The finished document, to be read. Raises `FileUnreadable` when the disk does not give it."""
        try:
            return self.pdf.open("rb")
        except OSError as error:
            raise FileUnreadable(
                _("This document cannot be read from the disk. Ask for it again.")
            ) from error

    def finish(self, **values) -> bool:
        with transaction.atomic():
            ours = super().finish(**values)
            if ours:
                events.record("report_ready", self, by=None, about=self.evaluation.agreement)
        return ours

    def fail(self, sentence: str) -> bool:
        with transaction.atomic():
            ours = super().fail(sentence)
            if ours:
                events.record("report_failed", self, by=None, about=self.evaluation.agreement)
        return ours

    def deliver(self, content, *, software_version: str, evaluation_version: int) -> bool:
        """Put the file away and finish; False, with nothing left behind, when another worker took over."""
        storage = self.pdf.storage
        name = storage.save(folder_of(self, f"{self.claim_id}.pdf"), content)
        ours = self.finish(
            pdf=name,
            finished_at=clock.now(),
            software_version=software_version,
            evaluation_version=evaluation_version,
        )
        if not ours:
            storage.delete(name)
            return False
        for stray in storage.listdir(f"reports/{self.pk}")[1]:
            if stray != f"{self.claim_id}.pdf":  # left by a worker that was killed as it wrote
                storage.delete(folder_of(self, stray))
        return True
