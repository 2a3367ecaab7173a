"""Tables from anywhere: read, or refused with a sentence."""

import datetime
import io
import zipfile

import pytest
from openpyxl import Workbook

from exchange.imports import sheets
from exchange.imports.sheets import Unreadable, lines_of

TABLE = "nom;né le\nLŒIL Zoë;2006-02-01\n"


def workbook(*rows) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def cells_of(content: bytes) -> list[dict]:
    return [line.cells for line in lines_of(content)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_text_of_any_kind(encoding, delimiter):
    content = TABLE.replace(";", delimiter).encode(encoding)
    assert cells_of(content) == [{"nom": "LŒIL Zoë", "né le": "2006-02-01"}]


def test_a_workbook():
    content = workbook(["nom", "né le", "mobile"], ["LŒIL", datetime.date(2006, 2, 1), 639980102], [None] * 3)
    assert cells_of(content) == [{"nom": "LŒIL", "né le": datetime.date(2006, 2, 1), "mobile": "639980102"}]


def test_a_formula_comes_as_it_is_written():
    assert cells_of(workbook(["nom"], ["=1+1"])) == [{"nom": "=1+1"}]


def test_a_line_of_another_length_is_at_fault_alone():
    found = list(lines_of(b"a;b\n1;2\n1;2;3\n1\n\n1;2;;\n"))
    assert [(line.number, bool(line.fault)) for line in found] == [
        (2, False),
        (3, True),
        (4, True),
        (6, False),
    ]


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b"0" * (sheets.MOST_UNPACKED + 1))
    return file.getvalue()


def padded(name: str, beginning: str, repeated: str, times: int) -> bytes:
    """A workbook of two cells with one part that unfolds."""
    file = io.BytesIO(workbook(["a"], ["1"]))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr(name, beginning + repeated * times)
    return file.getvalue()


REFUSED = {
    "empty": lambda: b"",
    "no headings": lambda: b";;\n1;2;3\n",
    "a heading twice": lambda: b"a;a\n1;2\n",
    "neither text nor table": lambda: b"\x00\x81\x8d",
    "no workbook": lambda: b"PK\x03\x04 and so on",
    "another archive": lambda: b"PK\x05\x06" + b"\0" * 18,
    "a bomb": bomb,
    "a workbook with a password": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504,
    "too many columns": lambda: ";".join(f"c{n}" for n in range(201)).encode(),
    "too many columns in a workbook": lambda: workbook([f"c{n}" for n in range(201)]),
    "200,000 lines": lambda: b"a\n" + b"1\n" * 200_000,
    "an endless cell": lambda: b'a\n"' + b"1\n" * 200_000,
    "too large": lambda: b"a" * (sheets.MOST_BYTES + 1),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_no_table_is_refused_in_a_sentence(kind):
    with pytest.raises(Unreadable, match=r"[.]$"):
        list(lines_of(REFUSED[kind]()))


@pytest.mark.parametrize(
    ("name", "beginning", "repeated", "times"),
    [
        ("xl/sharedStrings.xml", "<sst>", "<si><t>a</t></si>", sheets.MOST_STRINGS + 1000),
        ("xl/strings.xml", "<x:sst>", "<x:si><x:t>a</x:t></x:si>", sheets.MOST_STRINGS + 1000),
        ("xl/worksheets/sheet2.xml", "<sheetData><row>", "<c/>", 2 * sheets.MOST_TAGS),
        ("xl/other.xml", "<cellXfs>", "<xf/>", 2 * sheets.MOST_TAGS),
    ],
)
def test_a_small_file_that_would_take_minutes_is_refused_at_once(name, beginning, repeated, times):
    content = padded(name, beginning, repeated, times)
    assert len(content) < 200_000
    with pytest.raises(Unreadable, match="décompressé"):
        list(lines_of(content))


def test_a_workbook_of_many_texts_is_read():
    texts = [[f"{row}{column}" for column in "abcdefghij"] for row in range(5_000)]
    assert len(list(lines_of(workbook(list("abcdefghij"), *texts)))) == len(texts)
