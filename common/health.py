"""What monitors ask: is the process alive, can it serve? No sign-in, no version, no detail of the fault."""

import logging
import os
import uuid

from celery import current_app
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)


def database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def files() -> None:
    """Writes and removes one small file: a full or read-only disk looks healthy to a mere `exists`."""
    probe = settings.MEDIA_ROOT / f".probe-{uuid.uuid4()}"
    probe.parent.mkdir(parents=True, exist_ok=True)
    try:
        probe.write_bytes(os.urandom(16))
    finally:
        probe.unlink(missing_ok=True)


def broker() -> None:
    with current_app.connection_for_write() as broker_connection:
        broker_connection.ensure_connection(max_retries=1, timeout=2)


def answers(check) -> bool:
    """True when the check passes. What went wrong is for the log, not for the caller."""
    try:
        check()
    except Exception:
        logger.exception("Health: %s does not answer.", check.__name__)
        return False
    return True


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
    parts = {check.__name__: answers(check) for check in (database, files, broker)}
    if not (parts["database"] and parts["files"]):
        status = "unavailable"
    elif not parts["broker"]:
        status = "degraded"
    else:
        status = "ok"
    words = {name: "ok" if well else "unavailable" for name, well in parts.items()}
    return JsonResponse({"status": status, **words}, status=503 if status == "unavailable" else 200)
