"""What may be kept is told by its content: harmless PDFs, JPEGs and PNGs, of a size that fits."""

import sys

import pytest
from django.core.exceptions import ValidationError
from pypdf import PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from common.errors import DomainError
from exchange.documents import content
from exchange.documents.content import LARGEST, examined
from exchange.documents.scanning import scan
from tests import papers


def alert() -> DictionaryObject:
    script = {"/S": NameObject("/JavaScript"), "/JS": TextStringObject("app.alert(1)")}
    return DictionaryObject({NameObject(key): value for key, value in script.items()})


def with_javascript(writer: PdfWriter):
    writer.root_object[NameObject("/OpenAction")] = alert()


def with_javascript_behind_a_note(writer: PdfWriter):
    """Nothing at the document's root tells of it."""
    note = FreeText(text="click", rect=(0, 0, 9, 9))
    note[NameObject("/A")] = alert()
    writer.add_annotation(0, note)


def with_a_file(writer: PdfWriter):
    writer.add_attachment("invoice.exe", b"MZ")


def with_a_password(writer: PdfWriter):
    writer.encrypt("secret")


@pytest.mark.parametrize(
    ("sent", "media_type", "pages"),
    [
        (papers.PDF, "application/pdf", 1),
        (papers.pdf(100), "application/pdf", 100),
        (papers.PNG, "image/png", None),
        (papers.JPEG, "image/jpeg", None),
    ],
)
def test_what_a_file_is_stands_in_its_content(sent, media_type, pages):
    found = examined(papers.sent(sent, name="photo.exe"))
    assert (found.media_type, found.pages, found.size) == (media_type, pages, len(sent))
    assert found.sha256 == content.hashlib.sha256(sent).hexdigest()


@pytest.mark.parametrize(
    ("sent", "word"),
    [
        (b"MZ\x90\x00 a program", "quoi que dise son nom"),
        (b"<html><script>alert(1)</script>", "quoi que dise son nom"),
        (b"", "quoi que dise son nom"),
        (b"%PDF-1.7 and then nothing", "abîmé"),
        (papers.PDF[: len(papers.PDF) // 3], "abîmé"),
        (papers.PNG[:40], "abîmé"),
        (papers.pdf(101), "101"),
        (papers.pdf(0), "0"),
        (papers.pdf(1, with_javascript), "programme"),
        (papers.pdf(1, with_javascript_behind_a_note), "programme"),
        (papers.pdf(1, with_a_file), "un autre fichier"),
        (papers.pdf(1, with_a_password), "chiffré"),
        (papers.PNG + b"\0" * LARGEST, "10 Mo"),
        (papers.image("PNG", (10_000, 10_000)), "pixels"),
        (papers.pdf(300), "300"),
    ],
)
def test_whatever_else_is_refused_in_a_sentence(sent, word):
    with pytest.raises(ValidationError) as refused:
        examined(papers.sent(sent))
    assert word in refused.value.messages[0]


def scanner(settings, program: str):
    settings.SCAN_COMMAND = f'{sys.executable} -c "{program}"'


def test_the_scanner_reads_the_whole_file_and_lets_it_pass(settings):
    wanted = f"import sys; sys.exit(len(sys.stdin.buffer.read()) != {len(papers.PDF)})"
    scanner(settings, wanted)
    scan(papers.sent(papers.PDF))


def test_what_the_scanner_finds_is_refused(settings):
    scanner(settings, "import sys; sys.exit(1)")
    with pytest.raises(ValidationError, match="antivirus"):
        scan(papers.sent(papers.PDF))


@pytest.mark.parametrize("command", ["/no/such/scanner", f'{sys.executable} -c "raise SystemExit(2)"'])
def test_a_scanner_that_says_nothing_lets_nothing_pass(settings, command):
    settings.SCAN_COMMAND = command
    with pytest.raises(DomainError) as refused:
        scan(papers.sent(papers.PDF))
    assert refused.value.http_status == 503
