"""WeasyPrint, kept to our own static files. Import it only where a PDF is made: it is slow to load."""

import mimetypes
from pathlib import Path
from urllib.parse import unquote

from django.conf import settings
from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

BASE = "https://passerelle.invalid/static/"
ROOT = Path(settings.BASE_DIR, "static")


class OutOfReach(ValueError):
    """A document asked for something that is not one of our static files."""


class OurStaticFiles(URLFetcher):
    """Neither the network nor the rest of the disk can be reached from a document."""

    def __init__(self):
        super().__init__(allowed_protocols=["https"], allow_redirects=False, fail_on_errors=True)

    def fetch(self, url, headers=None):
        path = (ROOT / unquote(url.removeprefix(BASE))).resolve()
        if not url.startswith(BASE) or not path.is_relative_to(ROOT):
            raise OutOfReach(url)
        mime_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": mime_type})


def pdf(html: str, *, identifier: bytes) -> bytes:
    document = HTML(string=html, base_url=BASE, url_fetcher=OurStaticFiles())
    return document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=identifier)
