"""Adding documents: the file first, then its row, so that no row is without its file. Withdrawing: the row first."""

from contextlib import contextmanager, suppress
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.storage import Storage
from django.db import IntegrityError, transaction
from django.db.models import F, Model
from django.utils.translation import gettext as _

from accounts import changes, events
from accounts.models import Role
from common import clock, locks
from common.errors import DomainError, NotPermitted, WrongStatus
from exchange.documents.carrier import about, audiences_of, is_written_by
from exchange.documents.content import examined
from exchange.documents.models import Document, place_of
from exchange.documents.scanning import scan

HEADS = {Role.DIRECTOR, Role.LEAD}


class NoRoom(DomainError):
    """The disk did not take the file."""

    code = "no_room"
    http_status = 503
    wait = 60


def add(document: Document, file: File, *, to: Model, by, replaces: Document | None = None) -> Document:
    """Keep the file on the record. A double click gives back the first click's document.

    Asked before the file is looked at, and again once it is kept: looking takes a minute, in which access may end.
    Raises `NotPermitted` for a reader alone, `ValidationError` for values or a file that will not do,
    `WrongStatus` where someone else was first to replace it, `NoRoom` where the disk refuses.
    """
    check_adds(to, by)
    document.subject_type, document.subject_id = to._meta.label_lower, to.pk
    document.series, document.author = (replaces.series if replaces else document.pk), by
    check_words(document, to, by)
    described(document, file)
    document.full_clean(exclude=["file"], validate_unique=False, validate_constraints=False)
    with stored(document, file):
        return written(document, to=to, by=by, replaces=replaces)


def check_adds(to: Model, by) -> None:
    if not is_written_by(to, by):
        raise NotPermitted(_("You cannot add documents here."))


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
        discard(storage, name)
        raise NoRoom(_("There is no room for this file at the moment. Nothing was kept.")) from error
    try:
        yield
    finally:
        if not Document.objects.filter(file=document.file.name).exists():
            discard(storage, document.file.name)


def discard(storage: Storage, name: str) -> None:
    """A storage that is away keeps it until the sweep."""
    with suppress(OSError):
        storage.delete(name)


def written(document: Document, *, to: Model, by, replaces: Document | None) -> Document:
    try:
        with transaction.atomic():
            locks.share(type(to), to.pk, locks.Against.WRITES)  # nobody closes it before we have written
            check_adds(to, by)
            if replaces:
                # Of two at once one matches no row, and meets the constraint; a second click meets its own record.
                current = Document.objects.current().filter(pk=replaces.pk)
                current.update(replaced_at=clock.now(), version=F("version") + 1)
            return changes.create(document, by=by, about=about(to))
    except IntegrityError as error:
        raise WrongStatus(
            _("Someone has just replaced this document. Look at the newer version first.")
        ) from error


def may_withdraw(document: Document, member) -> bool:
    """Whoever added it, and the head of their organisation, while they may still add here."""
    return is_withdrawn_by(document, member) and is_written_by(document.record, member)


def is_withdrawn_by(document: Document, member) -> bool:
    is_head = member.reads_as in HEADS and member.organisation_id == document.author.organisation_id
    return is_head or member.pk == document.author_id


def withdraw(document: Document, *, by) -> None:
    """Show it to nobody any more, and delete its file, unless it is signed. The version before stands again.

    Raises `NotPermitted`, `Stale` where someone replaced it meanwhile.
    """
    record = document.record
    before = {name: getattr(document, name) for name in ("title", "kind", "audience")}
    with transaction.atomic():
        locks.share(type(record), record.pk, locks.Against.WRITES)
        if not may_withdraw(document, by):
            raise NotPermitted(_("Whoever added a document withdraws it, or the head of their organisation."))
        document.write(withdrawn_at=clock.now())
        if document.replaced_at is None:
            show_version_before(document)
        events.record("withdrawn", document, by=by, before=before, about=about(record))
        if not document.is_signed:
            # What a crash leaves, or a storage that is away, is swept.
            transaction.on_commit(document.delete_file, robust=True)


def show_version_before(document: Document) -> None:
    versions = Document.objects.filter(series=document.series, withdrawn_at=None)
    latest = versions.order_by("-created_at", "pk").values("pk")[:1]
    Document.objects.filter(pk__in=latest).update(replaced_at=None, version=F("version") + 1)


class Lost(DomainError):
    """The row is there, its file is not."""

    code = "file_lost"
    http_status = 410


def opened(document: Document) -> File:
    """Its file, at its beginning. Raises `Lost`; a storage that does not answer stays an `OSError`."""
    try:
        file = document.file.open("rb")
        file.seek(0)  # a storage elsewhere fetches it no sooner
    except FileNotFoundError as error:
        raise Lost(
            _("The file of this document is lost. Tell whoever added it, and those who run Passerelle.")
        ) from error
    return file


def title_of(file: File) -> str:
    """Without one, a document is called as the sender's file was."""
    return PurePosixPath(file.name or "").stem[: Document._meta.get_field("title").max_length]
