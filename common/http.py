"""Small promises about requests and answers."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import wraps
from http import HTTPStatus

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views import defaults
from django.views.decorators.http import require_safe


class WriteInRead(RuntimeError):
    """A page that only reads tried to write."""


def refuse_writes(execute, sql, params, many, context):
    if not sql.lstrip("( \n").upper().startswith(("SELECT", "EXPLAIN", "SAVEPOINT", "RELEASE", "ROLLBACK")):
        raise WriteInRead(sql)
    return execute(sql, params, many, context)


@contextmanager
def only_reading() -> Iterator[None]:
    """Within it any SQL write raises."""
    with connection.execute_wrapper(refuse_writes):
        yield


def reads(view):
    """GET and HEAD only, and any SQL write raises."""

    @require_safe
    @wraps(view)
    def wrapper(request, *args, **kwargs):
        with only_reading():
            return view(request, *args, **kwargs)

    return wrapper


def wants_fragment(request: HttpRequest) -> bool:
    """Whether htmx asked for part of a page; a history restore gets the whole page."""
    return bool(request.htmx) and not request.htmx.history_restore_request and not request.htmx.boosted


class KeptNowhere:
    """No browser keeps an answer that does not say otherwise: computers at a reception desk are shared."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        patch_vary_headers(response, ["HX-Request"])  # one address gives pages and parts of them
        return response


# What programs are told when something went wrong (RFC 9457); people get a page.


def is_api(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


def problem_document(
    status: int, detail: str, *, code: str = "", errors: dict | None = None, headers: dict | None = None
) -> HttpResponse:
    """`code` is the stable word of a business rule; `errors` holds lists of sentences by field."""
    problem = {
        "type": f"urn:passerelle:problem:{code}" if code else "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    if errors:
        problem["errors"] = errors
    body = json.dumps(problem, cls=DjangoJSONEncoder, ensure_ascii=False)
    return HttpResponse(
        body.encode(errors="replace"),  # quoting half a character that was sent must not fail
        status=status,
        content_type="application/problem+json",
        headers=headers,
    )


def bad_request(request, exception):
    if is_api(request):
        return problem_document(400, _("This request cannot be read."))
    return defaults.bad_request(request, exception)


def page_not_found(request, exception):
    if is_api(request):
        return problem_document(404, _("There is nothing here."))
    return defaults.page_not_found(request, exception)


def server_error(request):
    if is_api(request):
        return problem_document(500, _("Something went wrong on our side. It was written to the log."))
    return defaults.server_error(request)
