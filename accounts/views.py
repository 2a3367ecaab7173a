from allauth.account.views import PasswordResetFromKeyView
from allauth.mfa.totp.views import ActivateTOTPView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import Http404, JsonResponse
from django.middleware.csrf import get_token, rotate_token
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.i18n import LANGUAGE_QUERY_PARAMETER, set_language

from accounts import guessing
from accounts.middleware import SESSION_KEY
from accounts.models import Session, User


@require_POST
def membership_switch(request):
    """Act for another of one's organisations from now on."""
    wanted = request.POST.get("member")
    if not any(str(member.pk) == wanted for member in request.memberships):
        raise Http404
    request.session[SESSION_KEY] = wanted
    rotate_token(request)  # what was begun in another tab for the other organisation is not sent as this one
    return redirect("desk:home")


@login_not_required
def language(request):
    """Django's own keeps the choice in a cookie; what is written to the person must follow it, too."""
    chosen = request.POST.get(LANGUAGE_QUERY_PARAMETER)
    if request.user.is_authenticated and chosen in dict(settings.LANGUAGES):
        User.objects.filter(pk=request.user.pk).update(language=chosen)
    return set_language(request)


@method_decorator(login_not_required, name="dispatch")
class NewPassword(PasswordResetFromKeyView):
    """Whoever reads the account's mail has shown to own it: from this device no guessing of others slows them down."""

    def form_valid(self, form):
        response = super().form_valid(form)
        guessing.remember(self.request, response, self.reset_user)
        return response


class NewFactor(ActivateTOTPView):
    """From now on a password alone lets nobody in: whoever is signed in elsewhere with no more is signed out."""

    def form_valid(self, form):
        response = super().form_valid(form)
        elsewhere(self.request).delete()
        return response


def elsewhere(request) -> QuerySet[Session]:
    """Where the person is signed in besides here."""
    return Session.objects.running(request.user).exclude(pk=request.session.session_key)


@require_safe
def address(request):
    """The address one signs in with, in place of the library's page, whose links act at once."""
    return render(request, "account/email.html")


@login_not_required
@require_http_methods(["GET", "POST"])
def session(request):
    """What a page of ours asks beside: is somebody still signed in, who, for how many seconds.

    A POST says that somebody is there. `token` is what forms of the page must send from now on.
    """
    member = str(request.member.pk) if request.member else None
    left = request.session.seconds_left
    return JsonResponse({"member": member, "left": left, "token": get_token(request)})


@require_safe
def session_resumed(request):
    """Where signing in again in a second tab leads."""
    return render(request, "accounts/session_resumed.html")


@require_http_methods(["GET", "HEAD", "POST"])
def session_list(request):
    """Where one is signed in. A POST ends it everywhere but here."""
    if request.method == "POST":
        ended, _rows = elsewhere(request).delete()
        sentence = ngettext("Signed out in %(count)s place.", "Signed out in %(count)s places.", ended)
        messages.success(
            request, sentence % {"count": ended} if ended else _("You were signed in nowhere else.")
        )
        return redirect("accounts:session_list")
    running = Session.objects.running(request.user)
    return render(
        request, "accounts/session_list.html", {"sessions": running, "here": request.session.session_key}
    )
