"""Tables as other systems and spreadsheets write them. Whatever is wrong with a file is said in a sentence."""

import csv
import datetime
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from common.errors import DomainError

MOST_BYTES, MOST_UNPACKED = 20_000_000, 200_000_000
MOST_ROWS, MOST_COLUMNS = 50_000, 200
# A file of half a megabyte may hold ten million strings, or a row of as many cells: minutes and gigabytes.
MOST_STRINGS, MOST_TAGS = 500_000, 200_000
AT_ONCE = 64 * 1024  # bytes
LOCKED = b"\xd0\xcf\x11\xe0"  # the container of old formats, and of encrypted new ones
ENCODINGS = ("utf-8-sig", "cp1252")
DELIMITERS = ";,\t"

Cell = str | datetime.date


class Unreadable(DomainError):
    """The file as a whole cannot be taken."""

    code = "unreadable"
    http_status = 422


@dataclass(frozen=True)
class Line:
    """`number` as a spreadsheet counts, the headings being line 1; `fault` says why it has no cells.

    `row` is what stands there, with a fault or without.
    """

    number: int
    cells: dict[str, Cell]
    fault: str = ""
    row: tuple[Cell, ...] = ()


def lines_of(content: bytes) -> Iterator[Line]:
    """CSV or XLSX, whatever its encoding and delimiter. Raises `Unreadable`, maybe after some lines."""
    return table_of(content)[1]


def table_of(content: bytes) -> tuple[list[str], Iterator[Line]]:
    """The headings, and the lines below them."""
    if len(content) > MOST_BYTES:
        raise Unreadable(_("This file is too large: 20 MB at most."))
    if content.startswith(LOCKED):
        raise Unreadable(
            _(
                "This workbook is locked by a password, or of the old XLS format. Save it as XLSX without a password."
            )
        )
    rows = enumerate(rows_of_workbook(content) if is_workbook(content) else rows_of_text(content), 1)
    headings = checked([str(cell).strip() for cell in trimmed(next(rows, (1, []))[1])])
    return headings, lines_below(headings, rows)


def is_workbook(content: bytes) -> bool:
    return content.startswith(b"PK")


def lines_below(headings: list[str], rows: Iterator[tuple[int, list[Cell]]]) -> Iterator[Line]:
    for number, row in rows:
        if number > MOST_ROWS + 1:
            raise Unreadable(_("More than 50,000 lines are too many for one file: split it."))
        if not any(row):
            continue
        row = trimmed(row, len(headings))
        if len(row) == len(headings):
            yield Line(number, dict(zip(headings, row, strict=True)), row=tuple(row))
        else:
            fault = _("This line has %(here)s columns, the first one has %(there)s.")
            yield Line(number, {}, fault % {"here": len(row), "there": len(headings)}, tuple(row))


def trimmed(row: list, least: int = 0) -> list:
    """Without the empty cells that spreadsheets leave at the end."""
    row = list(row)
    while len(row) > least and not row[-1]:
        row.pop()
    return row


def checked(headings: list[str]) -> list[str]:
    if not any(headings):
        raise Unreadable(_("The first line of the file names its columns; here it is empty."))
    if len(headings) > MOST_COLUMNS:
        raise Unreadable(_("More than 200 columns are too many."))
    for heading in headings:
        if headings.count(heading) > 1:
            raise Unreadable(_("The column “%(name)s” stands there twice.") % {"name": heading})
    return headings


def rows_of_text(content: bytes) -> Iterator[list[Cell]]:
    text = decoded(content)
    first = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            yield [cell.strip() for cell in row]
    except csv.Error as error:
        raise Unreadable(_("This file is not a table: a quotation mark is not closed.")) from error


def decoded(content: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unreadable(_("This file is neither a spreadsheet nor a text in UTF-8 or Windows-1252."))


def rows_of_workbook(content: bytes) -> Iterator[list[Cell]]:
    """The first sheet. What unfolds to gigabytes is refused before it is opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            is_bearable = unfolds_bearably(parts)
        if is_bearable:
            sheet = load_workbook(io.BytesIO(content), read_only=True).worksheets[0]
            sheet.reset_dimensions()  # they are what the file says of itself
            for row in sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS + 1):
                yield [plain(value) for value in row]
            return
    except Exception as error:  # the library fails in many ways on what is no spreadsheet
        raise Unreadable(
            _("This file cannot be read as a spreadsheet. Save it again as XLSX or CSV.")
        ) from error
    raise Unreadable(_("This file unfolds to more than can be read. Save its table alone, as CSV or XLSX."))


def unfolds_bearably(parts: zipfile.ZipFile) -> bool:
    """Whether the library can read it: it keeps all strings, and whatever is no row of a sheet, in memory at once."""
    if sum(part.file_size for part in parts.infolist()) > MOST_UNPACKED:
        return False
    strings = 0
    for part in parts.infolist():
        tags_beside = 0
        with parts.open(part) as content:
            while some := content.read(AT_ONCE):
                here = sum(map(some.count, (b"<si", b":si")))
                strings += here
                is_list = here or any(tag in some for tag in (b"<row", b":row"))
                tags_beside = 0 if is_list else tags_beside + some.count(b"<")
                if strings > MOST_STRINGS or tags_beside > MOST_TAGS:
                    return False
    return True


def plain(value) -> Cell:
    """A formula comes as its text, never as its result."""
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()
