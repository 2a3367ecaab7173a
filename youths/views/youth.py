"""Opening and changing a young person's file."""

from copy import copy

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import changes
from accounts.audit import audited, showing
from accounts.models import Event
from common.errors import Stale
from common.forms import refusals_in
from common.http import only_reading
from youths import actions
from youths.conflicts import merged_with
from youths.forms import ReceiveForm, YouthForm
from youths.models import Youth
from youths.views.access import staff_writes, youth_to_change


@staff_writes
@audited
def youth_create(request):
    """Receive someone; files that may already be theirs are shown before a second one is opened."""
    form = ReceiveForm(request.POST or None, member=request.member)
    is_complete = form.is_valid()
    duplicates = duplicates_of(request, form)
    if is_complete and (not duplicates or "confirmed" in request.POST):
        with refusals_in(form):
            youth = actions.receive(form.instance, by=request.member, referent=form.cleaned_data["referent"])
            messages.success(request, _("The file of %(youth)s is open.") % {"youth": youth})
            return redirect(youth)
    context = {"form": form, "duplicates": duplicates, "must_confirm": is_complete and bool(duplicates)}
    return render(request, "youths/youth_create.html", context, status=422 if form.is_bound else 200)


@require_POST
@staff_writes
@audited
def youth_duplicates(request):
    """While somebody types: the files that may already be this person's. Names travel in the body.

    It answers inside another page, whose address stays: the form is sent there, and no address holds names.
    """
    with only_reading():
        duplicates = duplicates_of(request, ReceiveForm(request.POST, member=request.member))
    return render(request, "youths/_youth_duplicates.html", {"duplicates": duplicates})


def duplicates_of(request, form) -> list[Youth]:
    found = list(form.possible_duplicates()) if form.is_bound else []
    showing(request, "youths.youth", [youth.pk for youth in found])
    return found


@audited
def youth_edit(request, pk):
    """Of two people who edit at once, the second sees both texts and chooses."""
    youth = youth_to_change(request, pk)
    form = YouthForm(request.POST or None, instance=copy(youth), member=request.member)
    if form.is_valid():
        with refusals_in(form):
            return saved_or_both_texts(request, youth, form)
    context = {"youth": youth, "form": form, "conflicts": [], "taken_over": []}
    return render(request, "youths/youth_edit.html", context, status=422 if form.is_bound else 200)


def saved_or_both_texts(request, youth, form):
    try:
        return saved(request, youth, form)
    except Stale as stale:
        merged = merged_with(form, stale.current)
    if merged.is_silent and merged.form.is_valid():
        return saved(request, merged.current, merged.form)
    return both_texts(request, youth, merged)


def both_texts(request, youth, merged):
    written = Event.objects.filter(subject_id=youth.pk).select_related("by__user")
    context = {
        "youth": youth,
        "form": merged.form,
        "conflicts": merged.conflicts,
        "taken_over": merged.taken_over,
        "other": written.latest("moment").by,
    }
    return render(request, "youths/youth_edit.html", context, status=409)


def saved(request, youth, form):
    values = form.changed_values()
    if values:
        changes.change(youth, by=request.member, expected=form.cleaned_data["version"], **values)
        messages.success(request, _("Saved."))
    return redirect("desk:youth_identity", youth.pk)
