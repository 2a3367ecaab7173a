"""What a file is, told by its content: never by its name, nor by what the browser says of it."""

import hashlib
import warnings
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext as _
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
BEGINNINGS = {b"%PDF-": PDF, b"\xff\xd8\xff": JPEG, b"\x89PNG\r\n\x1a\n": PNG}
SUFFIXES = {PDF: "pdf", JPEG: "jpg", PNG: "png"}
LARGEST = 10 * 1024 * 1024
MOST_PAGES = 100
MOST_PIXELS = (
    50_000_000  # a page scanned at 600 dots an inch has 35 million; small files unfold to any number
)
# A reader's program may run these, or save them on its disk. They stand as keys or as what a key says.
RUNS = {"/JS", "/JavaScript", "/Launch", "/RichMedia"}
CARRIES = {"/EF", "/EmbeddedFile", "/EmbeddedFiles", "/FileAttachment"}


@dataclass(frozen=True)
class Content:
    """`pages` is None for what has none."""

    media_type: str
    size: int
    sha256: str
    pages: int | None


def examined(file: File) -> Content:
    """Raises `ValidationError`, with the sentence for whoever sent it, for all but a harmless PDF, JPEG or PNG."""
    if file.size > LARGEST:
        raise ValidationError(_("A file has 10 MB at most."))
    media_type = told_by(file)
    try:
        pages = None
        if media_type == PDF:
            pages = pages_of(file)
        else:
            check_image(file)
    except ValidationError:
        raise
    except Exception as error:  # whatever a parser trips over
        raise ValidationError(
            _("This file is damaged: it cannot be read. Make it again and send it.")
        ) from error
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    return Content(media_type, file.size, digest.hexdigest(), pages)


def told_by(file: File) -> str:
    file.seek(0)
    beginning = file.read(8)
    for signature, media_type in BEGINNINGS.items():
        if beginning.startswith(signature):
            return media_type
    raise ValidationError(
        _("Send a PDF, a JPEG or a PNG: this file is none of them, whatever its name says.")
    )


def check_image(file: File) -> None:
    file.seek(0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # said below, in words
        image = Image.open(file, formats=["JPEG", "PNG"])
    if image.width * image.height > MOST_PIXELS:
        raise ValidationError(_("An image has 50 million pixels at most. Make it smaller and send it again."))
    image.verify()


def pages_of(file: File) -> int:
    file.seek(0)
    reader = PdfReader(file)
    if reader.is_encrypted:
        raise ValidationError(_("This PDF is encrypted. Save it without a password and send it again."))
    pages = len(reader.pages)
    if not 1 <= pages <= MOST_PAGES:
        raise ValidationError(_("A PDF has 1 to 100 pages; this one has %(pages)s.") % {"pages": pages})
    names = names_in(reader)
    if names & RUNS:
        raise ValidationError(_("This PDF holds a program. Print it to a new PDF and send that one."))
    if names & CARRIES:
        raise ValidationError(_("This PDF holds another file. Print it to a new PDF and send that one."))
    return pages


def names_in(reader: PdfReader) -> set[str]:
    """Every name that stands in the document, as a key or as a value, wherever it is reached from."""
    names: set[str] = set()
    seen: set[int] = set()
    waiting: list = [reader.trailer]
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, IndirectObject):
            if thing.idnum in seen:
                continue
            seen.add(thing.idnum)
            thing = thing.get_object()
        if isinstance(thing, DictionaryObject):
            names.update(thing.keys())
            waiting.extend(thing.values())
        elif isinstance(thing, ArrayObject):
            waiting.extend(thing)
        elif isinstance(thing, str):
            names.add(thing)
    return names
