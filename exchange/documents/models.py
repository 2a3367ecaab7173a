import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership
from common import clock
from common.records import Record
from exchange.documents import carrier
from exchange.documents.content import LARGEST, MOST_PAGES, PDF, SUFFIXES

FOLDER = "documents"


def place_of(document, filename: str) -> str:
    """One folder a day, and a name that tells nothing: what the sender called it may be anything."""
    return f"{FOLDER}/{clock.today()}/{uuid.uuid4()}"


class DocumentQuerySet(models.QuerySet):
    def visible_to(self, member, *, kinds=()):
        """What each kind of record lets the member read of its documents (`Carrier`); nobody what is withdrawn.

        `kinds` are the only models that are asked about, where it is not all.
        """
        readable = carrier.read_by(member, kinds)
        return self.filter(readable, withdrawn_at=None) if readable else self.none()

    def on(self, record):
        return self.filter(subject_type=record._meta.label_lower, subject_id=record.pk)

    def current(self):
        return self.filter(replaced_at=None, withdrawn_at=None)

    def with_their_files(self):
        """All but those that were withdrawn: of these only what was signed keeps its file."""
        return self.filter(Q(withdrawn_at=None) | carrier.is_signed())

    def for_list(self):
        """What a row prints, the latest first."""
        return self.select_related("author__user", "author__organisation").order_by("-created_at", "pk")


class Document(Record):
    """A paper on a record: the row and its file. A newer version replaces it, and has the same `series`."""

    subject_type = models.CharField(max_length=60, editable=False)
    subject_id = models.UUIDField(editable=False)
    series = models.UUIDField(editable=False)
    replaced_at = models.DateTimeField(null=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", db_index=False)
    title = models.CharField(_("title"), max_length=120)
    kind = models.CharField(_("kind of document"), max_length=20)
    audience = models.CharField(_("who may read it"), max_length=20)
    file = models.FileField(upload_to=place_of, editable=False)
    media_type = models.CharField(max_length=30, choices=SUFFIXES.items(), editable=False)
    size = models.PositiveIntegerField(editable=False)  # bytes
    sha256 = models.CharField(max_length=64, editable=False)
    pages = models.PositiveSmallIntegerField(null=True, editable=False)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        constraints = [
            models.UniqueConstraint(
                name="document_one_current_of_a_series",
                fields=["series"],
                condition=Q(replaced_at=None, withdrawn_at=None),
            ),
            # Also how the sweep finds whose a file is.
            models.UniqueConstraint(name="document_has_its_own_file", fields=["file"]),
            models.CheckConstraint(name="document_has_a_file", condition=~Q(file="")),
            models.CheckConstraint(
                name="document_size_in_bounds", condition=Q(size__gte=1, size__lte=LARGEST)
            ),
            models.CheckConstraint(
                name="document_has_pages_if_pdf",
                condition=Q(media_type=PDF, pages__gte=1, pages__lte=MOST_PAGES)
                | (~Q(media_type=PDF) & Q(pages=None)),
            ),
        ]
        indexes = [
            models.Index(fields=["subject_id", "-created_at"], name="document_of_a_record"),
            models.Index(fields=["author", "-created_at", "id"], name="document_of_an_author"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("exchange:document_file", args=[self.pk])

    @property
    def carrier(self) -> carrier.Carrier:
        return carrier.model_of(self.subject_type).DOCUMENTS

    @property
    def record(self) -> models.Model:
        return carrier.model_of(self.subject_type)._default_manager.get(pk=self.subject_id)

    def delete_file(self) -> None:
        """Of the storage alone: the row still names it."""
        self.file.storage.delete(self.file.name)

    @property
    def is_signed(self) -> bool:
        return self.kind in self.carrier.signed

    @property
    def kind_label(self) -> str:
        return str(self.carrier.kinds(self.kind).label)

    @property
    def audience_label(self) -> str:
        return next(str(one.label) for one in self.carrier.readers if one == self.audience)

    @property
    def page_url(self) -> str:
        """Where the record's documents are listed."""
        return reverse(self.carrier.page, args=[self.subject_id])

    @property
    def filename(self) -> str:
        """What the reader's computer saves it as, in plain ASCII."""
        return f"{slugify(self.title)[:60].strip('-') or 'document'}.{SUFFIXES[self.media_type]}"
