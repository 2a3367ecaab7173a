"""Static files as they are served: one sheet for all pages, hashed names, compressed once, when they are collected."""

from pathlib import Path
from threading import get_ident

from django.conf import settings
from django.contrib.staticfiles.finders import BaseStorageFinder
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

NOT_OURS = (
    "drf_spectacular_sidecar/",
)  # the documentation page of the API: compressing it took 40 s at each set-up

SOURCES = settings.BASE_DIR / "static" / "css"
SHEETS = (
    "tokens",
    "base",
    "layout",
    "components",
    "top-bar",
    "people",
    "feedback",
    "tables",
    "lists",
    "palette",
    "forms",
    "charts",
    "utilities",
    "print",
)  # in the order in which they apply
ONE_SHEET = "css/passerelle.css"


class OneSheet(BaseStorageFinder):
    """Finds the one sheet that pages ask for, made of SHEETS: a browser would wait for the last of twelve.

    Collecting, the tests and a developer's server all look here, so that nobody sees other pages than production.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(FileSystemStorage(settings.VAR / "joined"), *args, **kwargs)

    def find(self, path, *args, **kwargs):
        if path == ONE_SHEET:
            self.join()
        return super().find(path, *args, **kwargs)

    def list(self, ignore_patterns):
        self.join()
        return super().list(ignore_patterns)

    def join(self) -> None:
        """Leaves the file alone, its date too, while its sources say the same."""
        text = "".join((SOURCES / f"{name}.css").read_text() for name in SHEETS)
        made = Path(self.storage.path(ONE_SHEET))
        if made.exists() and made.read_text() == text:
            return
        made.parent.mkdir(parents=True, exist_ok=True)
        fresh = settings.VAR / f"joined-{get_ident()}.css"
        fresh.write_text(text)
        fresh.replace(made)  # whoever reads meanwhile has the former one, whole


class Storage(CompressedManifestStaticFilesStorage):
    def compress_files(self, paths):
        for path, compressed in super().compress_files(p for p in paths if not p.startswith(NOT_OURS)):
            # As everybody's as what it was made from, whatever this process's mask is.
            Path(self.path(compressed)).chmod(self.file_permissions_mode)
            yield path, compressed
