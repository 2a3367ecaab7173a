"""Noting contacts, and settling what they were to remind of."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import reswap, retarget

from accounts.audit import audited, in_use, showing
from common.forms import refusals_in
from common.http import searches, wants_fragment
from common.pagination import first_of
from common.words import day_words
from youths import actions
from youths.forms import ContactForm, PostponeForm, YouthPickForm
from youths.models import Reminder, Youth
from youths.views.access import staff_writes, youth_to_change

PICKED_FROM = 8


@staff_writes
@audited
@searches
def contact_create(request):
    """Whom was the contact with? The own caseload first, the most pressing on top; anyone by name."""
    form = YouthPickForm(request.POST if request.method == "POST" else {})
    words = form.cleaned_data["q"] if form.is_valid() else ""
    youths = named(words, request.member) if words else most_pressing(request.member)
    showing(
        request, "youths.youth", [youth.pk for youth in youths], filters=in_use(form.fields, request.POST)
    )
    template = "youths/_contact_youths.html" if wants_fragment(request) else "youths/contact_create.html"
    picks = [(youth, youth.found_in(words)) for youth in youths]
    context = {"form": form, "youths": youths, "picks": picks, "words": words, "most": PICKED_FROM}
    return render(request, template, context)


def named(words, member) -> list[Youth]:
    found = Youth.objects.visible_to(member).search(words)
    order, load = found.best_first, lambda rows: rows.ranked(words).for_list(member)
    return first_of(found.order_by(*order), order, PICKED_FROM, load)


def most_pressing(member) -> list[Youth]:
    return list(Youth.objects.visible_to(member).most_pressing(member, PICKED_FROM))


@audited
def accompaniment_create(request: HttpRequest, pk) -> HttpResponse:
    """The quick-log of the file; a page of its own where scripts do not run or something is wrong."""
    youth = youth_to_change(request, pk)
    has_due = due_reminders(youth, request.member).exists()
    form = ContactForm(request.POST or None, has_due=has_due)
    if form.is_valid():
        with refusals_in(form):
            actions.log_accompaniment(
                form.as_accompaniment(), by=request.member, youths=[youth], settle=form.settles()
            )
            messages.success(request, _("The contact is noted."))
            return redirect(youth)
    status = 422 if form.is_bound else 200
    context = {"youth": youth, "form": form}
    if wants_fragment(request):
        response = render(request, "youths/_contact_form.html", context, status=status)
        return reswap(retarget(response, "#quick-log"), "outerHTML")
    return render(request, "youths/accompaniment_create.html", context, status=status)


@require_POST
@audited
def reminder_settle(request, pk):
    """Mark what was to be done as done."""
    reminder = get_reminder(request, pk)
    actions.settle_reminder(reminder, by=request.member)
    messages.success(request, _("Done. The reminder is settled."))
    return redirect(reminder.youth)


@require_POST
@audited
def reminder_postpone(request, pk):
    """Put what is to be done off by some days, counted from today."""
    reminder, form = get_reminder(request, pk), PostponeForm(request.POST)
    if form.is_valid():
        actions.postpone_reminder(reminder, to=form.day(), by=request.member)
        messages.success(request, _("Put off to %(day)s.") % {"day": day_words(form.day())})
    else:
        messages.error(request, _("Say by how many days to put it off."))
    return redirect(reminder.youth)


def get_reminder(request, pk) -> Reminder:
    found = Reminder.objects.visible_to(request.member).select_related("youth")
    reminder = get_object_or_404(found, pk=pk)
    showing(request, "youths.youth", [reminder.youth_id])
    return reminder


def due_reminders(youth, member):
    """Reminders of the own structure that are due today or late."""
    return Reminder.objects.visible_to(member).due().filter(youth=youth)
