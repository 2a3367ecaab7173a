"""Small promises about requests and answers."""

from functools import wraps

from django.db import connection
from django.http import HttpRequest
from django.views.decorators.http import require_safe


class WriteInRead(RuntimeError):
    """A page that only reads tried to write."""


def refuse_writes(execute, sql, params, many, context):
    if not sql.lstrip("( \n").upper().startswith(("SELECT", "EXPLAIN", "SAVEPOINT", "RELEASE", "ROLLBACK")):
        raise WriteInRead(sql)
    return execute(sql, params, many, context)


def reads(view):
    """GET and HEAD only, and any SQL write raises."""

    @require_safe
    @wraps(view)
    def wrapper(request, *args, **kwargs):
        with connection.execute_wrapper(refuse_writes):
            return view(request, *args, **kwargs)

    return wrapper


def wants_fragment(request: HttpRequest) -> bool:
    """Whether htmx asked for part of a page; a history restore gets the whole page."""
    return bool(request.htmx) and not request.htmx.history_restore_request and not request.htmx.boosted
