"""Static files as they are served: hashed names, and compressed once, when they are collected."""

from pathlib import Path

from whitenoise.storage import CompressedManifestStaticFilesStorage

NOT_OURS = (
    "drf_spectacular_sidecar/",
)  # the documentation page of the API: compressing it took 40 s at each set-up


class Storage(CompressedManifestStaticFilesStorage):
    def compress_files(self, paths):
        for path, compressed in super().compress_files(p for p in paths if not p.startswith(NOT_OURS)):
            # As everybody's as what it was made from, whatever this process's mask is.
            Path(self.path(compressed)).chmod(self.file_permissions_mode)
            yield path, compressed
