"""The virus scanner of the house, where it has one."""

import shlex
import subprocess

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext as _

from common.errors import DomainError

LONGEST = 60  # seconds
CLEAN, INFECTED = 0, 1  # what clamdscan and its like end with


class NotScanned(DomainError):
    """The scanner said neither yes nor no."""

    code = "not_scanned"
    http_status = 503
    wait = 60


def scan(file: File) -> None:
    """Give the file to the scanner's standard input. Raises `ValidationError` for what it finds."""
    if not settings.SCAN_COMMAND:
        return
    file.seek(0)
    try:
        command = shlex.split(settings.SCAN_COMMAND)
        ended = subprocess.run(command, input=file.read(), capture_output=True, timeout=LONGEST).returncode
    except (OSError, subprocess.TimeoutExpired):
        ended = None
    if ended == INFECTED:
        raise ValidationError(_("The virus scanner found something in this file. It was not kept."))
    if ended != CLEAN:
        raise NotScanned(_("The virus scanner does not answer. Send the file again in some minutes."))
