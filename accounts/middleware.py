"""Who acts: the membership, and the second factor that reading files demands."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.models import Membership
from common.http import is_api, problem_document

SESSION_KEY = "member"


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
        own = Membership.objects.active().filter(user=request.user).select_related("organisation", "user")
        members = list(own.order_by("starts_on", "pk"))
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
    """Everything but signing in and out, the account's own pages, health and static files."""
    return not request.path.startswith(("/accounts/", "/health/", settings.STATIC_URL, "/member/"))


def refusal(request, sentence, template):
    if is_api(request) or template is None:
        return problem_document(403, sentence)
    return render(request, template, {"sentence": sentence}, status=403)
