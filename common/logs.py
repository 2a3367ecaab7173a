"""Lines of the log: in UTC, with the request they belong to, in words or as JSON. They never hold personal data."""

import json
import logging
import re
import time
import uuid
from contextvars import ContextVar
from smtplib import SMTPException

from django.conf import settings

HEADER = "X-Request-ID"
SAFE = re.compile(r"[A-Za-z0-9-]{8,64}")  # what may be copied into a line of the log
NONE = "-"
SECRET = re.compile(
    r"[A-Za-z0-9_-]{40,}"
)  # personal addresses hold one, and Django quotes the path it refuses
_current: ContextVar[str] = ContextVar("request_id", default=NONE)


def request_id() -> str:
    """Of the request that is being answered; "-" outside of one."""
    return _current.get()


def configuration(shape: str) -> dict:
    """Django's LOGGING: all to stderr, as `text` or `json`. No bodies, no query strings, no SQL parameters."""
    text = {"()": Line, "format": "{asctime} {levelname} {name} [{request_id}]: {message}", "style": "{"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"text": text, "json": {"()": JsonLine}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": shape}},
        "root": {"handlers": ["stderr"], "level": "INFO"},
        "loggers": {
            "django": {"handlers": [], "propagate": True},  # Django's own would mail tracebacks
            "django.server": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
            "celery.beat": {"level": "WARNING"},  # one line each few seconds otherwise
            "fontTools": {"level": "WARNING"},
            "weasyprint": {"level": "ERROR"},
        },
    }


class RequestId:
    """Names each request, in its answer and in every line about it; a trusted proxy may have named it already."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        given = request.headers.get(HEADER, "") if settings.TRUST_PROXY else ""
        token = _current.set(given if SAFE.fullmatch(given) else uuid.uuid4().hex)
        try:
            response = self.get_response(request)
            response.headers[HEADER] = request_id()
            return response
        finally:
            _current.reset(token)


class Line(logging.Formatter):
    converter = time.gmtime  # type: ignore[assignment]  # as the library's own guide does
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def format(self, record):
        record.request_id = request_id()
        return unquoted(super().format(record), record)


class JsonLine(Line):
    """One object a line, for machines that gather them."""

    def format(self, record):
        said = {
            "time": self.formatTime(record),
            "level": record.levelname,
            "logger": record.name,
            "request_id": request_id(),
            "message": unquoted(record.getMessage(), record),
        }
        if record.exc_info:
            said["exception"] = unquoted(self.formatException(record.exc_info), record)
        return json.dumps(said, ensure_ascii=False)


def unquoted(text: str, record: logging.LogRecord) -> str:
    """Without secrets, nor what PostgreSQL quotes of a row or a mail server of an address: their codes say enough."""
    error = record.exc_info[1] if record.exc_info else None
    while error is not None:
        if said := str(error) and in_codes(error):
            for quoted in (str(error), repr(str(error))[1:-1]):
                text = text.replace(quoted, said)
        error = error.__cause__ or error.__context__
    return SECRET.sub("[…]", text)


def in_codes(error: BaseException) -> str:
    """Nothing for an error that quotes nobody."""
    if isinstance(error, SMTPException):
        return f"[{getattr(error, 'smtp_code', 'refused')}]"
    if diagnosis := getattr(error, "diag", None):  # psycopg's
        names = (error.sqlstate, diagnosis.table_name, diagnosis.column_name, diagnosis.constraint_name)
        return f"[{' '.join(filter(None, names))}]"
    return ""
