"""Who else may read what a partner noted: the structure decides, note by note and reader by reader."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.audit import audited, showing
from common.forms import refusals_in
from common.http import reads
from youths import actions
from youths.forms import ReaderForm
from youths.models import Accompaniment, Youth
from youths.models.choices import Audience


@audited
@reads
def note_readers(request: HttpRequest, pk) -> HttpResponse:
    """The note as it would be read, and the young person's other partners, each with one button."""
    note, youth = partners_note(request, pk)
    passed_to = set(note.passed_on.values_list("share", flat=True))
    shares = [{"share": share, "reads": share.pk in passed_to} for share in actions.shares_beside(note)]
    return render(request, "youths/note_readers.html", {"note": note, "shares": shares, "youth": youth})


@audited
@require_POST
def note_pass_on(request: HttpRequest, pk) -> HttpResponse:
    said = _("%(partner)s can now read this note, without the name of who noted it.")
    return decide(request, pk, actions.pass_on, said)


@audited
@require_POST
def note_take_back(request: HttpRequest, pk) -> HttpResponse:
    return decide(request, pk, actions.take_back, _("%(partner)s can no longer read this note."))


def partners_note(request, pk) -> tuple[Accompaniment, Youth]:
    """A partner's note about one's own young people, and the first of them. Any other is a 404."""
    received = Accompaniment.objects.visible_to(request.member).filter(
        structure=request.member.organisation_id, audience=Audience.PARTNER
    )
    note = get_object_or_404(received.for_list(), pk=pk)
    youths = Youth.objects.visible_to(request.member).filter(accompaniments=note).order_by("search", "pk")
    showing(request, "youths.youth", [youth.pk for youth in youths])
    return note, youths[0]


def decide(request, pk, verb, said) -> HttpResponse:
    note, youth = partners_note(request, pk)
    form = ReaderForm(request.POST, note=note)
    if form.is_valid():
        share = form.cleaned_data["share"]
        with refusals_in(form):
            verb(note, to=share, by=request.member)
            messages.success(request, said % {"partner": share.organisation})
            return redirect(youth)
    messages.error(
        request, " ".join(sentence for sentences in form.errors.values() for sentence in sentences)
    )
    return redirect("youths:note_readers", note.pk)
