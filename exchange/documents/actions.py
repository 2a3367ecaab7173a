"""Adding documents: the file first, then its row, so that no row is without its file."""

from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import IntegrityError, transaction
from django.db.models import F, Model
from django.utils.translation import gettext as _

from accounts import changes
from common import clock
from common.errors import DomainError, NotPermitted, WrongStatus
from exchange.documents.carrier import about, audiences_of, is_written_by
from exchange.documents.content import examined
from exchange.documents.models import Document, place_of
from exchange.documents.scanning import scan


class NoRoom(DomainError):
    """The disk did not take the file."""

    code = "no_room"
    http_status = 503
    wait = 60


def add(document: Document, file: File, *, to: Model, by, replaces: Document | None = None) -> Document:
    """Keep the file on the record. A double click gives back the first click's document.

    Raises `NotPermitted` for a reader alone, `ValidationError` for values or a file that will not do,
    `WrongStatus` where someone else was first to replace it, `NoRoom` where the disk refuses.
    """
    if not is_written_by(to, by):
        raise NotPermitted(_("You cannot add documents here."))
    document.subject_type, document.subject_id = to._meta.label_lower, to.pk
    document.series, document.author = (replaces.series if replaces else document.pk), by
    check_words(document, to, by)
    described(document, file)
    document.full_clean(exclude=["file"], validate_unique=False, validate_constraints=False)
    with stored(document, file):
        return written(document, to=to, by=by, replaces=replaces)


def check_words(document: Document, to: Model, by) -> None:
    if document.kind not in document.carrier.kinds:
        raise ValidationError({"kind": _("Say what kind of document it is.")})
    if document.audience not in audiences_of(to, by):
        raise ValidationError({"audience": _("Choose readers to whom you belong.")})


def described(document: Document, file: File) -> None:
    """Fill in what the content tells."""
    try:
        content = examined(file)
        scan(file)
    except ValidationError as error:
        raise ValidationError({"file": error.messages}) from error
    for name in ("media_type", "size", "sha256", "pages"):
        setattr(document, name, getattr(content, name))


@contextmanager
def stored(document: Document, file: File):
    """Within it the file lies in the storage; it stays where its row was written, and only there."""
    storage, name = document.file.storage, place_of(document, "")
    file.seek(0)
    try:
        document.file = storage.save(name, file)
    except OSError as error:
        storage.delete(name)
        raise NoRoom(_("There is no room for this file at the moment. Nothing was kept.")) from error
    try:
        yield
    finally:
        if not Document.objects.filter(file=document.file.name).exists():
            storage.delete(document.file.name)


def written(document: Document, *, to: Model, by, replaces: Document | None) -> Document:
    try:
        with transaction.atomic():
            if replaces:
                # Of two at once one matches no row, and meets the constraint; a second click meets its own record.
                current = Document.objects.filter(pk=replaces.pk, replaced_at=None)
                current.update(replaced_at=clock.now(), version=F("version") + 1)
            return changes.create(document, by=by, about=about(to))
    except IntegrityError as error:
        raise WrongStatus(
            _("Someone has just replaced this document. Look at the newer version first.")
        ) from error
