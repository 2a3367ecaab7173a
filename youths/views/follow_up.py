"""Who answers for a young person, and who stands around them."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.audit import audited
from common.errors import DomainError, Stale
from common.forms import refusals_in
from youths import actions
from youths.forms import CloseForm, HandOverForm, OpenForm
from youths.models import FollowUp
from youths.views.access import youth_to_change


@audited
def follow_up_open(request, pk):
    youth = youth_to_change(request, pk)
    form = OpenForm(request.POST or None, member=request.member)
    if form.is_valid():
        with refusals_in(form):
            referent = form.cleaned_data["referent"]
            FollowUp.objects.begin(youth, referent=referent, by=request.member)
            messages.success(
                request, _("The follow-up is open, with %(name)s as referent.") % {"name": referent}
            )
            return redirect(youth)
    context = {"youth": youth, "form": form}
    return render(request, "youths/follow_up_open.html", context, status=422 if form.is_bound else 200)


@audited
def referent_change(request, pk):
    """Hand a young person over to a colleague."""
    youth = youth_to_change(request, pk)
    follow_up = youth.follow_up
    if follow_up is None:
        if request.method == "POST":
            messages.error(request, _("This follow-up is closed: it has no referent to change."))
        return redirect("youths:follow_up_open", youth.pk)
    form = HandOverForm(request.POST or None, member=request.member, follow_up=follow_up)
    if form.is_valid():
        to, reason, expected = (form.cleaned_data[name] for name in ("to", "reason", "expected"))
        act = {"to": to, "by": request.member, "reason": reason}
        with refusals_in(form):
            try:
                if not follow_up.was_handed_over(**act):
                    follow_up.hand_over(**act, expected=expected)
            except Stale:
                if not follow_up.was_handed_over(**act):
                    form = handed_over_meanwhile(request, follow_up)
            if form.is_valid():
                messages.success(request, _("%(name)s is now the referent.") % {"name": to})
                return redirect(youth)
    context = {"youth": youth, "follow_up": follow_up, "form": form}
    return render(request, "youths/referent_change.html", context, status=422 if form.is_bound else 200)


def handed_over_meanwhile(request, follow_up) -> HandOverForm:
    """The next click is about what the page now says, so the form goes back with the new version."""
    typed = request.POST.copy()
    typed["expected"] = follow_up.version
    form = HandOverForm(typed, member=request.member, follow_up=follow_up)
    sentence = _("The referent has just been changed: it is now %(name)s. Check before you hand over.")
    form.add_error(None, sentence % {"name": follow_up.referent})
    return form


@audited
def follow_up_close(request, pk):
    youth = youth_to_change(request, pk)
    follow_up = youth.follow_up
    if follow_up is None:
        return redirect(youth)
    form = CloseForm(request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            follow_up.close(by=request.member, reason=form.cleaned_data["reason"])
            messages.success(request, _("The follow-up is closed. The file stays, with its history."))
            return redirect(youth)
    context = {"youth": youth, "follow_up": follow_up, "form": form}
    return render(request, "youths/follow_up_close.html", context, status=422 if form.is_bound else 200)


@require_POST
@audited
def team_join(request, pk):
    """Stand beside the referent. The referent does not change."""
    youth = youth_to_change(request, pk)
    return in_team(request, youth, actions.join_team, _("You are in the team. The referent stays the same."))


@require_POST
@audited
def team_leave(request, pk):
    youth = youth_to_change(request, pk)
    return in_team(request, youth, actions.leave_team, _("You have left the team."))


def in_team(request, youth, verb, sentence):
    try:
        verb(youth, by=request.member)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, sentence)
    return redirect(youth)
