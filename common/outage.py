"""Faults of the ground: a database, a pool or a disk that is gone for a moment is a 503, on pages and in the API."""

import errno
import logging
import sqlite3
import sys
import threading
import time
from contextlib import ExitStack
from pathlib import Path

from django.conf import settings
from django.db import Error, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.utils.translation import gettext as _

from common.http import is_api, problem_document
from common.logs import request_id

logger = logging.getLogger(__name__)
RETRY_AFTER = 5  # seconds
DISK = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EMFILE, errno.ENFILE}
# Other errors of SQLite are called operational as well: a missing table, a wrong query, a damaged file.
SQLITE = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_PROTOCOL,  # a lock that was not had, either
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
}
# Connection, resources, an operator or a time limit, the system; a standby that is asked to write; a lock not
# had in time; two transactions in each other's way.
POSTGRESQL = ("08", "53", "57", "58", "25006", "55P03", "40001", "40P01")
OFTEN, WITHIN = 10, 600  # starts of web workers, seconds
STARTS = "web-starts"  # the book of this server's, in VAR; begun anew by whoever starts the server on purpose


def is_outage(error: BaseException | None) -> bool:
    """Whether trying again in a moment may help: the fault is neither the caller's nor the program's."""
    while error is not None:
        if isinstance(error, Error) and may_pass(error):
            return True
        if isinstance(error, OSError) and error.errno in DISK:
            return True
        error = error.__cause__
    return False


def may_pass(error: Error) -> bool:
    """The driver's code tells it. Without one there was no connection: none to be had, or lost."""
    cause = error.__cause__
    if isinstance(cause, sqlite3.Error):
        # The low byte is the kind, the rest its finer shade.
        return getattr(cause, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF in SQLITE
    if state := getattr(cause, "sqlstate", None):
        return state.startswith(POSTGRESQL)
    return isinstance(error, OperationalError | InterfaceError)


def unavailable(request: HttpRequest) -> HttpResponse:
    """Asks nothing of the database, the session or the disk."""
    headers = {"Retry-After": str(RETRY_AFTER), "Cache-Control": "private, no-store"}
    if is_api(request):
        sentence = _("The database or the disk does not answer. Try again in a moment.")
        return problem_document(503, sentence, code="unavailable", headers=headers)
    return HttpResponse(
        get_template("503.html").render({"request_id": request_id()}), status=503, headers=headers
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """Where every uncaught error ends, of views and of the middleware around them."""
    if is_outage(sys.exc_info()[1]):
        return unavailable(request)
    if is_api(request):
        return problem_document(500, _("Something went wrong on our side. It was written to the log."))
    return HttpResponse(get_template("500.html").render({"request_id": request_id()}), status=500)


class Room:
    """Lets so many requests in at once that two threads stay free to tell the monitors how things are.

    When the database hangs, requests hang with it; whoever comes then is told at once. A file holds its place until
    its last byte is taken: whoever downloads slowly keeps a thread as well.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        places = settings.REQUESTS_AT_ONCE
        self.places = threading.BoundedSemaphore(places) if places else None

    def __call__(self, request):
        if self.places is None:
            return self.get_response(request)
        if not self.places.acquire(blocking=False):
            return unavailable(request)
        with ExitStack() as place:
            place.callback(self.places.release)
            response = self.get_response(request)
            if response.streaming:
                # The server closes it once it is sent, or when nobody takes it any more.
                until_closed(response, place.pop_all())
            return response


def until_closed(response, place: ExitStack) -> None:
    """Closing twice leaves the place once."""
    place.callback(response.close)
    response.close = place.close


def note_start(book: Path) -> int:
    """Write down that a web worker starts; an alarm for the log where they start again and again.

    One line each, added in one piece: workers that start at the same moment lose none of them.
    """
    now = time.time()
    try:
        with book.open("a") as file:
            file.write(f"\n{now}")  # whoever was cut in mid-line leaves this one whole
        latest = [float(line) for line in book.read_text().split()[-OFTEN - 1 :]]
    except (OSError, ValueError):
        return 0  # an alarm that cannot be kept must not keep the site from starting
    starts = sum(now - moment < WITHIN for moment in latest)
    if starts > OFTEN:
        logger.critical(
            "ALARM: web workers started more than %s times within ten minutes; see why they die.", OFTEN
        )
    return starts
