"""Static files as they are served: hashed names, one sheet for all pages, compressed once, when they are collected."""

import posixpath
import re
from pathlib import Path

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

NOT_OURS = (
    "drf_spectacular_sidecar/",
)  # the documentation page of the API: compressing it took 40 s at each set-up
ENTRY = "css/passerelle.css"
IMPORT = re.compile(r'^@import url\("(.+)"\);\n', re.M)


class Storage(CompressedManifestStaticFilesStorage):
    def post_process(self, paths, **options):
        if ENTRY in paths and not options.get("dry_run"):
            self.join(paths)
        yield from super().post_process(paths, **options)

    def join(self, paths) -> None:
        """Put the sheets that the entry names in its place: a browser would ask for each only after reading it.

        Uncollected, in tests and while developing, the entry works as it lies.
        """

        def text(name: str) -> str:
            storage, path = paths[name]  # as it was written: what was collected may be joined already
            with storage.open(path) as file:
                return file.read().decode()

        folder = posixpath.dirname(ENTRY)
        sheet = IMPORT.sub(lambda line: text(posixpath.join(folder, line[1])), text(ENTRY))
        self.delete(ENTRY)
        self.save(ENTRY, ContentFile(sheet.encode()))
        paths[ENTRY] = (self, ENTRY)

    def compress_files(self, paths):
        for path, compressed in super().compress_files(p for p in paths if not p.startswith(NOT_OURS)):
            # As everybody's as what it was made from, whatever this process's mask is.
            Path(self.path(compressed)).chmod(self.file_permissions_mode)
            yield path, compressed
