"""Everything between an unpacked release and its first request. Run again, it does what is left to do."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand

from common.alone import alone


class Command(BaseCommand):
    help = "Brings the database up to date, makes the cache's table, collects static files when they changed."

    def handle(self, **options) -> None:
        with alone():
            call_command("migrate", interactive=False, verbosity=0)
            call_command("createcachetable", verbosity=0)
            collect_static()


def collect_static() -> None:
    """Collecting takes three seconds, comparing a tenth of one."""
    stamp = Path(settings.STATIC_ROOT, ".collected")
    now = fingerprint()
    if not stamp.exists() or stamp.read_text() != now:
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(now)


def fingerprint() -> str:
    """Changes when any static file of ours or of a dependency does."""
    files = sorted(
        (path, storage.size(path), storage.get_modified_time(path).timestamp())
        for finder in get_finders()
        for path, storage in finder.list([])
    )
    return hashlib.sha256(repr(files).encode()).hexdigest()
