"""Small promises about requests and answers."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import wraps
from http import HTTPStatus

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.http import HttpRequest, HttpResponse, QueryDict
from django.middleware.gzip import GZipMiddleware
from django.template.loader import get_template
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from common.logs import NONE, request_id


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


WORDS = "q"  # what is typed to find a person


def searches(view):
    """Reads, and looks for people by a POST that changes nothing: names do not travel in addresses.

    `request.asked` holds the filters of the address and what the body adds, `request.named` the words looked
    for, which are taken from a body alone. The browser is told the address without them.
    """

    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def wrapper(request, *args, **kwargs):
        request.asked, request.named = asked(request), request.POST.get(WORDS, "")
        with only_reading():
            response = view(request, *args, **kwargs)
        if request.method == "POST" and wants_fragment(request) and is_of_this_page(request):
            response.headers["HX-Replace-Url"] = address(request)
        return response

    return wrapper


def is_of_this_page(request: HttpRequest) -> bool:
    """Whether the page that asked is the one at this address: what lies over another page leaves its address alone."""
    return (request.htmx.current_url_abs_path or request.path).startswith(request.path)


def asked(request: HttpRequest) -> QueryDict:
    both = request.GET.copy()
    both.pop(WORDS, None)
    for name, values in request.POST.lists():
        both.setlist(name, values)
    return both


def address(request: HttpRequest, **changed: str) -> str:
    """The page asked for, with those of its filters that name nobody."""
    query = getattr(request, "asked", request.GET).copy()
    if hasattr(request, "named"):
        query.pop(WORDS, None)
    query.pop("csrfmiddlewaretoken", None)
    for name, value in changed.items():
        query[name] = value
    for name in [name for name, value in query.items() if not value]:
        del query[name]
    return f"{request.path}?{query.urlencode()}" if query else request.path


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


class Compressed(GZipMiddleware):
    """Pages and the API's answers; files are streamed, and PDFs are compressed within.

    The library adds random bytes to each answer, as many as BREACH asks for, so that its length tells nothing of a
    secret; tokens against forgery are masked anew each time (docs/decisions/compressed-pages.md).
    """

    def process_response(self, request, response):
        return response if response.streaming else super().process_response(request, response)


class NotTooLong:
    """A body longer than any that is expected is refused before its first byte is read."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) > settings.LONGEST_BODY:
            if is_api(request):
                return problem_document(413, _("This request is too large."))
            return error_page(413)
        return self.get_response(request)


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
    if request_id() != NONE:
        problem["request_id"] = request_id()
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
    return error_page(400)


def page_not_found(request, exception):
    if is_api(request):
        return problem_document(404, _("There is nothing here."))
    return error_page(404)


def error_page(status: int) -> HttpResponse:
    """Asks nothing of the request: the library's own pages read its body, and fail where it cannot be read."""
    return HttpResponse(get_template(f"{status}.html").render(), status=status)
