"""What monitors ask: is the process alive, can it serve? No sign-in, no version, no detail of the fault.

It stands before session, member and database, and never waits for what it looks at: each part is probed beside,
at most once in two seconds for all callers together, and the last finding is told. The first findings are made
before the process opens.
"""

import logging
import os
import threading
import time
import uuid
from collections.abc import Callable
from threading import Event as Signal

from celery import current_app
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.files.storage import default_storage
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)
FRESH = 2.0  # seconds
PATIENCE = 0.04  # seconds that a caller waits, for all probes together


def database() -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    finally:
        connection.close()  # each probe has a thread, and so a connection, of its own


def files() -> None:
    """Writes and removes one small file: a full or read-only disk looks healthy to a mere `exists`.

    A bucket is only asked, by whom it knows: it has no end, and what is written there is paid for.
    """
    if settings.FILES_URL:
        default_storage.exists(".probe")
        return
    probe = settings.MEDIA_ROOT / f".probe-{uuid.uuid4()}"
    probe.parent.mkdir(parents=True, exist_ok=True)
    try:
        probe.write_bytes(os.urandom(16))
    finally:
        probe.unlink(missing_ok=True)


def broker() -> None:
    with current_app.connection_for_write() as broker_connection:
        broker_connection.ensure_connection(max_retries=1, timeout=2)


class Probe:
    """One check, its last finding, and at most one thread that looks anew."""

    def __init__(self, check: Callable[[], None]) -> None:
        self.check, self.lock = check, threading.Lock()
        self.forget()

    def forget(self) -> None:
        self.finding: bool | None = None
        self.begun_at = float("-inf")
        self.done = Signal()
        self.done.set()

    def look_anew(self) -> None:
        """Unless a look is fresh, or still under way."""
        with self.lock:
            if self.done.is_set() and time.monotonic() - self.begun_at >= FRESH:
                self.begun_at, self.done = time.monotonic(), Signal()
                threading.Thread(target=self.look, args=(self.done,), daemon=True).start()

    def is_well(self, deadline: float) -> bool:
        """What is known at that moment, or earlier. Where nothing was ever found, the first look may take longer."""
        if self.finding is None:
            deadline = max(deadline, self.begun_at + FRESH)
        self.done.wait(max(0, deadline - time.monotonic()))
        has_hung = not self.done.is_set() and time.monotonic() - self.begun_at >= FRESH
        return bool(self.finding) and not has_hung

    def look(self, done: Signal) -> None:
        """What went wrong is for the log, not for the caller."""
        try:
            self.check()
        except Exception:
            logger.exception("Health: %s does not answer.", self.check.__name__)
            self.finding = False
        else:
            self.finding = True
        done.set()


def findings() -> dict[str, bool]:
    """All parts are looked at side by side: three that hang cost no more than one."""
    for probe in PROBES.values():
        probe.look_anew()
    deadline = time.monotonic() + PATIENCE
    return {name: probe.is_well(deadline) for name, probe in PROBES.items()}


PROBES = {check.__name__: Probe(check) for check in (database, files, broker)}


@login_not_required
@never_cache
@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


@login_not_required
@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """503 without database or files. Without the broker pages work and jobs wait: degraded, still 200."""
    parts = findings()
    if not (parts["database"] and parts["files"]):
        status = "unavailable"
    elif not parts["broker"]:
        status = "degraded"
    else:
        status = "ok"
    words = {name: "ok" if well else "unavailable" for name, well in parts.items()}
    return JsonResponse({"status": status, **words}, status=503 if status == "unavailable" else 200)


class HealthFirst:
    """Answers monitors before anything that could hang."""

    views = {"/health/live": live, "/health/ready": ready}

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        view = self.views.get(request.path_info)
        return view(request) if view else self.get_response(request)
