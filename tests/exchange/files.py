"""What a downloaded list says, read back as a spreadsheet would."""

import csv
import io

from openpyxl import load_workbook


def content_of(answer) -> bytes:
    return b"".join(answer.streaming_content)


def csv_rows(answer) -> list[dict]:
    text = content_of(answer).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def xlsx_rows(answer) -> list[dict]:
    sheet = load_workbook(io.BytesIO(content_of(answer)), read_only=True).active
    headings, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(headings, row, strict=True)) for row in rows]
