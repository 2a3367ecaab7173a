"""What the holder of an invitation reads, and their yes."""

from allauth.account.utils import perform_login
from django.contrib import messages
from django.forms import Form
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.models import User
from common import clock
from common.forms import refusals_in
from common.words import day_words
from exchange.links.views import by_link
from exchange.staff.actions import join
from exchange.staff.forms import JoinForm
from exchange.staff.models import INVITE


@by_link(INVITE)
def invitation_answer(request, link):
    """Who has an account joins with it, signed in first; who has none makes one. Nobody joins as another."""
    invitation = link.subject
    owner = User.objects.filter(email__iexact=link.email).first()
    if is_somebody_else(request.user, owner):
        return render(request, "exchange/invitation_of_another.html", {"email": link.email}, status=403)
    is_known = owner is not None
    if is_known and not request.user.is_authenticated:
        return render(request, "exchange/invitation_sign_in.html", {"invitation": invitation})
    typed = request.POST if request.method == "POST" else None
    form = Form(typed) if is_known else JoinForm(invitation, typed)
    if form.is_valid():
        with refusals_in(form):
            member = join(link, user=owner or form.account())
            messages.success(request, said_of(member))
            return redirect("desk:home") if is_known else perform_login(request, member.user)
    context = {"invitation": invitation, "form": form, "is_known": is_known}
    return render(request, "exchange/invitation_answer.html", context, status=422 if form.is_bound else 200)


def is_somebody_else(user, owner) -> bool:
    """Signed in, but not as who was invited."""
    return user.is_authenticated and user != owner


def said_of(member) -> str:
    words = {"organisation": member.organisation, "day": day_words(member.starts_on)}
    if member.starts_on > clock.today():
        return _("You act for %(organisation)s from %(day)s on.") % words
    return _("You act for %(organisation)s from now on.") % words
