"""The files that spreadsheets open. Rows are written as they come: memory stays the same however many there are."""

import csv
import datetime
import io
import re
from collections.abc import Iterable
from contextlib import closing
from typing import BinaryIO, Protocol

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from common import clock
from common.words import day_words

# What a spreadsheet would compute. A number with its country's prefix and spaces is neither formula nor sum.
FORMULA = re.compile(r"[=+\-@\t\r]")
ABROAD = re.compile(r"\+\d+( \d+)+")


class Format(Protocol):
    extension: str
    content_type: str

    @staticmethod
    def write(file: BinaryIO, headings: list[str], rows: Iterable[list]) -> None: ...


class Csv:
    """As French spreadsheets open it by a double click: a byte order mark, semicolons, days as they are said."""

    extension, content_type = "csv", "text/csv; charset=utf-8"

    @staticmethod
    def write(file, headings, rows):
        text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
        writer = csv.writer(text, delimiter=";")
        writer.writerow(headings)
        writer.writerows([harmless(said(value)) for value in row] for row in rows)
        text.detach()


class Xlsx:
    """Days are days there, and all text is text: nothing is computed."""

    extension = "xlsx"
    content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    @staticmethod
    def write(file, headings, rows):
        book = Workbook(write_only=True)
        sheet = book.create_sheet()
        sheet.freeze_panes = "A2"
        with closing(sheet):  # after a fault, too
            sheet.append([cell_of(sheet, heading, Font(bold=True)) for heading in headings])
            for row in rows:
                sheet.append([cell_of(sheet, value) for value in row])
        book.save(file)


FORMATS: dict[str, type[Format]] = {"csv": Csv, "xlsx": Xlsx}


def plain(value):
    """Moments become days, and yes and no words."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime.datetime):
        return value.astimezone(clock.PARIS).date()
    return "" if value is None else value


def said(value) -> str:
    value = plain(value)
    return day_words(value) if isinstance(value, datetime.date) else str(value)


def is_formula(text: str) -> bool:
    return bool(FORMULA.match(text)) and not ABROAD.fullmatch(text)


def harmless(text: str) -> str:
    """An apostrophe makes a spreadsheet take for text what it would compute otherwise."""
    return f"'{text}" if is_formula(text) else text


def cell_of(sheet, value, font=None):
    value = plain(value)
    is_day = isinstance(value, datetime.date)
    cell = WriteOnlyCell(sheet, value if is_day else ILLEGAL_CHARACTERS_RE.sub("", str(value)))
    if is_day:
        cell.number_format = "DD/MM/YYYY"
    else:
        cell.data_type = "s"  # whatever it begins with
    if font:
        cell.font = font
    return cell
