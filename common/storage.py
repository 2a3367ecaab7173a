"""Files in a bucket, with the errors of a disk: whoever opens a file need not know where it lies."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3Storage


@contextmanager
def as_a_disk_says_it() -> Iterator[None]:
    """A storage that is away or refuses is an input or output error, and so a 503 (`common.outage`)."""
    try:
        yield
    except (Boto3Error, BotoCoreError, ClientError) as error:
        raise OSError(errno.EIO, "The storage of files does not answer, or refuses.") from error


class S3(S3Storage):
    def __init__(self, **options):
        config = Config(
            connect_timeout=2,  # seconds, as for the database
            read_timeout=10,
            retries={"total_max_attempts": 2},
            signature_version="s3v4",
            s3={"addressing_style": "path"},
            # Others than Amazon's know no newer checksums.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        super().__init__(client_config=config, **options)

    def _open(self, name, mode="rb"):
        with as_a_disk_says_it():
            opened = super()._open(name, mode)
            opened.seek(0)  # fetched now: the library would wait until the answer has begun
            return opened

    def _save(self, name, content):
        with as_a_disk_says_it():
            return super()._save(name, content)

    def delete(self, name):
        with as_a_disk_says_it():
            super().delete(name)

    def exists(self, name):
        with as_a_disk_says_it():
            return super().exists(name)

    def listdir(self, path):
        with as_a_disk_says_it():
            return super().listdir(path)

    def get_modified_time(self, name):
        with as_a_disk_says_it():
            return super().get_modified_time(name)
