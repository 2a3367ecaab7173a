"""Noting contacts, and settling what they were to remind of."""

from django.contrib import messages
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import reswap, retarget

from accounts.audit import audited, in_use, showing
from common import clock
from common.forms import refusals_in
from common.http import searches, wants_fragment
from youths import actions
from youths.forms import ContactForm, YouthPickForm
from youths.models import Accompaniment, Youth
from youths.views.access import staff_writes, youth_to_change

PICKED_FROM = 8


@staff_writes
@audited
@searches
def contact_create(request):
    """Whom was the contact with? The own caseload first, the most pressing on top; anyone by name."""
    form = YouthPickForm(request.POST if request.method == "POST" else {})
    words = form.cleaned_data["q"] if form.is_valid() else ""
    youths = Youth.objects.visible_to(request.member).for_list(request.member)
    youths = youths.search(words) if words else youths.followed_by(request.member)
    youths = list(youths.order_by(F("next_on").asc(nulls_last=True), "search", "pk")[:PICKED_FROM])
    showing(
        request, "youths.youth", [youth.pk for youth in youths], filters=in_use(form.fields, request.POST)
    )
    template = "youths/_contact_youths.html" if wants_fragment(request) else "youths/contact_create.html"
    return render(request, template, {"form": form, "youths": youths, "words": words})


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
    """Mark the next step that a contact announced as done."""
    found = Accompaniment.objects.visible_to(request.member).filter(next_on__isnull=False)
    accompaniment = get_object_or_404(found.filter(organisation=request.member.organisation_id), pk=pk)
    youths = list(Youth.objects.visible_to(request.member).filter(accompaniments=accompaniment))
    if not youths:  # a partner's own: it has no file to be led back to
        raise Http404
    youth = next((y for y in youths if str(y.pk) == request.POST.get("youth")), youths[0])
    showing(request, "youths.youth", [youth.pk])
    actions.settle_reminder(accompaniment, by=request.member)
    messages.success(request, _("Done. The reminder is settled."))
    return redirect(youth)


def due_reminders(youth, member):
    """Reminders of the own structure that are due today or late."""
    mine = Accompaniment.objects.visible_to(member).with_open_reminder()
    return mine.filter(youths=youth, organisation=member.organisation_id, next_on__lte=clock.today())
