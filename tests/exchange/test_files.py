"""Spreadsheets compute what looks like a formula: here nothing does."""

import datetime
import io

import pytest
from openpyxl import load_workbook

from exchange.exports.files import Csv, Xlsx

FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    '=HYPERLINK("http://x.example","x")',
    "+33612345678",
]


def written(chosen, *values) -> bytes:
    file = io.BytesIO()
    chosen.write(file, ["Heading"] * len(values), iter([list(values)]))
    return file.getvalue()


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_is_text_in_csv(text):
    said = written(Csv, text).decode("utf-8-sig").partition("\r\n")[2]
    assert said.strip('"').startswith("'")


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+33612345678"])
def test_a_formula_is_text_in_xlsx(text):
    cell = load_workbook(io.BytesIO(written(Xlsx, text))).active["A2"]
    assert (cell.data_type, cell.value) == ("s", text)


@pytest.mark.parametrize("number", ["06 39 98 01 02", "+32 470 12 34 56"])
def test_telephone_numbers_stay_readable(number):
    assert written(Csv, number).decode("utf-8-sig").endswith(f"{number}\r\n")


def test_csv_is_what_a_french_spreadsheet_opens():
    content = written(Csv, "LŒIL; Zoë", datetime.date(2006, 2, 1), True, None)
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").splitlines()[1] == '"LŒIL; Zoë";01/02/2006;Oui;'


def test_a_day_is_a_day_in_xlsx_and_a_broken_character_breaks_nothing():
    sheet = load_workbook(io.BytesIO(written(Xlsx, datetime.date(2006, 2, 1), "a\x0bb"))).active
    assert sheet["A2"].value == datetime.datetime(2006, 2, 1)
    assert sheet["B2"].value == "ab"
