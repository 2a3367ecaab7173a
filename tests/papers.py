"""Files as people send them, made as small as they can be."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfWriter


def pdf(pages=1, prepared=lambda writer: None) -> bytes:
    writer, made = PdfWriter(), io.BytesIO()
    for _ in range(pages):
        writer.add_blank_page(width=72, height=72)
    prepared(writer)
    writer.write(made)
    return made.getvalue()


def image(kind: str, size=(8, 8)) -> bytes:
    made = io.BytesIO()
    Image.new("L", size).save(made, kind)
    return made.getvalue()


def sent(content: bytes, name="cv.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def content_of(answer) -> bytes:
    """Read to its end, which closes the file."""
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


PDF, PNG, JPEG = pdf(), image("PNG"), image("JPEG")
