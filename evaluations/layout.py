"""WeasyPrint, kept to our own static files. It is loaded late: it takes two seconds, and fails without Pango."""

import mimetypes
import os
from pathlib import Path
from urllib.parse import unquote

from django.conf import settings

BASE = "https://passerelle.invalid/static/"
ROOT = Path(settings.BASE_DIR, "static")
# The fonts embedded carry the moment of their making, unless fontTools is given another.
os.environ["SOURCE_DATE_EPOCH"] = "0"


class OutOfReach(ValueError):
    """A document asked for something that is not one of our static files."""


class OurStaticFiles:
    """A fetcher that reaches neither the network nor the rest of the disk."""

    _fail_on_errors = True  # WeasyPrint asks: a document without its style is no document

    def __call__(self, url):
        from weasyprint.urls import URLFetcherResponse

        path = (ROOT / unquote(url.removeprefix(BASE))).resolve()
        if not url.startswith(BASE) or not path.is_relative_to(ROOT):
            raise OutOfReach(url)
        mime_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": mime_type})


def pdf(html: str, *, identifier: bytes) -> bytes:
    """The pages of an HTML document as PDF/UA-1; the same HTML and identifier give the same bytes."""
    from weasyprint import HTML

    document = HTML(string=html, base_url=BASE, url_fetcher=OurStaticFiles())
    return document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=identifier)
