"""A director or a lead agent sees who works with them, and invites."""

from copy import copy
from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import Membership
from common.errors import DomainError, Stale
from common.forms import refusals_in
from common.http import reads
from common.pagination import paginate
from common.words import day_words
from exchange.deliveries.models import Delivery
from exchange.links.models import PersonalLink
from exchange.staff import actions
from exchange.staff.forms import InvitationForm, MemberForm
from exchange.staff.models import INVITE, Invitation

BY_NAME = ("user__last_name", "user__first_name", "pk")
MOST_WAITING = 100


def by_who_runs_staff(view):
    @wraps(view)
    def wrapper(request, *args, **kwargs):
        if not request.member.roles_run:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return wrapper


@reads
@by_who_runs_staff
def staff_list(request):
    """Who works here, those who begin later included, and who is invited."""
    colleagues = Membership.objects.run_by(request.member).present().select_related("user", "site")
    waiting = list(Invitation.objects.visible_to(request.member).waiting().for_list()[:MOST_WAITING])
    links = PersonalLink.objects.latest_of(INVITE, waiting)
    sent = Delivery.objects.by_link(links.values())
    context = {
        "has_undelivered": Delivery.objects.visible_to(request.member).exists(),
        "page": paginate(request, colleagues, BY_NAME),
        "invitations": [
            (invitation, links.get(invitation.pk), sent.get(invitation.pk)) for invitation in waiting
        ],
    }
    return render(request, "exchange/staff_list.html", context)


def get_colleague(request, pk) -> Membership:
    """Absent and forbidden look the same from outside: 404."""
    colleagues = Membership.objects.run_by(request.member).present()
    return get_object_or_404(colleagues.select_related("user", "organisation", "site"), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def member_change(request, pk):
    """Another role, title or site."""
    colleague = get_colleague(request, pk)
    roles = actions.roles_for(colleague, request.member)
    # A copy: the form writes into what it is given, and the verb compares with what was there.
    form = MemberForm(request.POST or None, instance=copy(colleague), roles=roles)
    if form.is_valid():
        with refusals_in(form):
            try:
                actions.change_member(colleague, by=request.member, **form.cleaned_data)
            except Stale as stale:
                form = changed_meanwhile(request, stale, roles)
            if form.is_valid():
                messages.success(request, _("Saved."))
                return redirect("exchange:staff_list")
    context = {"colleague": colleague, "form": form}
    return render(request, "exchange/member_change.html", context, status=422 if form.is_bound else 200)


def changed_meanwhile(request, stale, roles) -> MemberForm:
    """Both texts: what was typed, and what now stands; the next click is about the latter."""
    now = stale.current
    typed = request.POST.copy()
    typed["expected"] = now.version
    form = MemberForm(typed, instance=now, roles=roles)
    words = ", ".join(filter(None, [now.get_role_display(), now.title, str(now.site or "")]))
    form.add_error(None, _("Someone has just changed this. It now says: %(words)s.") % {"words": words})
    return form


@by_who_runs_staff
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_create(request):
    form = InvitationForm(request.POST or None, member=request.member)
    if form.is_valid():
        with refusals_in(form):
            invitation = actions.invite(form.instance, by=request.member)
            messages.success(request, said_of(invitation))
            return redirect("exchange:staff_list")
    context = {"form": form}
    return render(request, "exchange/invitation_create.html", context, status=422 if form.is_bound else 200)


def said_of(invitation: Invitation) -> str:
    words = {"name": invitation}
    if last := actions.last_day_before(invitation):
        sentence = _(
            "%(name)s receives a mail. They were here until %(day)s: what they did then stays under those dates."
        )
        return sentence % (words | {"day": day_words(last)})
    return _("%(name)s receives a mail.") % words


@require_POST
def invitation_resend(request, pk):
    return taken(
        request, pk, actions.resend, _("%(name)s receives a new mail; the one before opens nothing.")
    )


@require_POST
def invitation_revoke(request, pk):
    return taken(request, pk, actions.revoke, _("The invitation of %(name)s is withdrawn."))


def taken(request, pk, verb, said):
    invitation = get_object_or_404(Invitation.objects.visible_to(request.member), pk=pk)
    try:
        verb(invitation, by=request.member)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said % {"name": invitation})
    return redirect("exchange:staff_list" if request.member.roles_run else invitation.organisation)
