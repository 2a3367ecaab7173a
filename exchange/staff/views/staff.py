"""A director or a lead agent sees who works with them, and invites."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import Membership
from common.errors import DomainError
from common.forms import refusals_in
from common.http import reads
from common.pagination import paginate
from exchange.links.models import PersonalLink
from exchange.staff import actions
from exchange.staff.forms import InvitationForm
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
    context = {
        "page": paginate(request, colleagues, BY_NAME),
        "invitations": [(invitation, links.get(invitation.pk)) for invitation in waiting],
    }
    return render(request, "exchange/staff_list.html", context)


@by_who_runs_staff
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_create(request):
    form = InvitationForm(request.POST or None, member=request.member)
    if form.is_valid():
        with refusals_in(form):
            invitation = actions.invite(form.instance, by=request.member)
            messages.success(request, _("%(name)s receives a mail.") % {"name": invitation})
            return redirect("exchange:staff_list")
    context = {"form": form}
    return render(request, "exchange/invitation_create.html", context, status=422 if form.is_bound else 200)


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
    return redirect("exchange:staff_list")
