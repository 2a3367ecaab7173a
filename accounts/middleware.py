"""Who acts: how long somebody stays signed in, the membership, and the second factor that reading files demands."""

import re

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.db.models import QuerySet
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.models import Membership
from common.http import is_api, problem_document
from common.prepared import Prepared

SESSION_KEY = "member"
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TICKED = {"on", "true", "false", "unknown"}


class StaysSignedIn:
    """What a person does puts off the end of the session; a form sent after it comes back with what was typed."""

    by_itself = "X-Asked-By-Page"  # a page that looks whether a job is ready is nobody’s doing

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if self.by_itself not in request.headers:
            request.session.renew()
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        # Nobody need be signed in to have a session: it holds the links that were opened, or a language.
        is_gone = not request.user.is_authenticated and request.session.is_empty()
        has_ended = settings.SESSION_COOKIE_NAME in request.COOKIES and is_gone
        if (
            not has_ended
            or request.method != "POST"
            or request.htmx
            or is_api(request)
            or not is_ours(request)
        ):
            return None
        return render(request, "accounts/session_ended.html", {"typed": typed(request.POST)}, status=403)


def typed(posted) -> list[str]:
    """What a person wrote into a form, without secrets, ids and what was merely ticked."""
    names = [name for name in posted if name != "csrfmiddlewaretoken" and "password" not in name]
    values = [value for name in names for value in posted.getlist(name)]
    return [v for v in values if v.strip() and v.lower() not in TICKED and not UUID.fullmatch(v)]


@Prepared
def memberships(*, user) -> QuerySet:
    own = Membership.objects.active().filter(user=user).select_related("organisation", "user")
    return own.order_by("starts_on", "pk")


class MemberMiddleware:
    """Puts the active membership on the request; a person without one is told so on every page of ours."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.member = self.member_of(request)
        return self.get_response(request)

    def member_of(self, request):
        if not request.user.is_authenticated:
            return None
        members = memberships.rows(user=request.user.pk)
        chosen = request.session.get(SESSION_KEY)
        request.memberships = members
        return next((m for m in members if str(m.pk) == chosen), members[0] if members else None)

    def process_view(self, request, view, args, kwargs):
        if request.user.is_authenticated and request.member is None and is_ours(request):
            return refusal(
                request, _("You no longer act for any organisation here."), "accounts/no_membership.html"
            )
        return None


class SecondFactorMiddleware:
    """Outside the demonstration nobody reads a page of ours without a second factor."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        demanded = settings.SECOND_FACTOR_REQUIRED and request.user.is_authenticated and is_ours(request)
        if not demanded or is_mfa_enabled(request.user):
            return None
        if is_api(request):
            return refusal(
                request, _("A second factor is required. Set it up in the application first."), None
            )
        return redirect("mfa_activate_totp")


class LeavesNothingBehind:
    """Whoever signs out at a shared computer leaves no page and nothing stored; the device stays known."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        was_signed_in = request.user.is_authenticated
        response = self.get_response(request)
        if was_signed_in and not request.user.is_authenticated:
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response


def is_ours(request) -> bool:
    """Everything but signing in and out, the account's own pages, personal links, health and static files."""
    return not request.path.startswith(
        ("/accounts/", "/links/", "/health/", settings.STATIC_URL, "/member/", "/session/")
    )


def refusal(request, sentence, template):
    if is_api(request) or template is None:
        return problem_document(403, sentence)
    return render(request, template, {"sentence": sentence}, status=403)
