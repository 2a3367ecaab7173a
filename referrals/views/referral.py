"""Lists and single referrals, for the side that sent and the side that received."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.audit import audited, in_use, showing
from accounts.models import Event
from accounts.steps import check
from common.errors import DomainError
from common.forms import refusals_in
from common.http import reads, searches, wants_fragment
from common.pagination import MOST_COUNTED, capped_count, paginate
from exchange.documents.views import listed
from exchange.documents.views import show as documents_shown
from exchange.saved.shown import Views
from exchange.threads.views import latest
from referrals.exports import REFERRALS
from referrals.filters import SAVED, State, narrowed, sorting
from referrals.forms import ContactForm, step_form
from referrals.models import Referral
from referrals.reading import Reading
from referrals.workflow import STEPS
from youths.actions import log_accompaniment
from youths.models import Accompaniment


def get_referral(request, pk) -> Referral:
    """Absent and forbidden look the same from outside: 404."""
    visible = Referral.objects.visible_to(request.member).for_reader(request.member)
    return get_object_or_404(visible.for_detail(), pk=pk)


@audited
@searches
def referral_list(request):
    saved = Views(request, SAVED)
    if saved.opened_with:
        return redirect(saved.opened_with)
    filterset = narrowed(request)
    page = paginate(request, filterset.qs, sorting(request).by)
    show(request, page, filters=in_use(filterset.filters, request.asked))
    state = request.asked.get("state", "")
    context = {
        "page": page,
        "readings": [Reading(referral, request.member, request.named) for referral in page],
        "count": capped_count(filterset.qs),
        "most_counted": MOST_COUNTED,
        "searched": request.named,
        "state": state,
        "search_url": in_state(saved, state),
        "export_url": REFERRALS.url_for(request),
        "chips": chips(saved, state),
        "saved": saved,
        "sorting": sorting(request),
    }
    template = "referrals/_results.html" if wants_fragment(request) else "referrals/referral_list.html"
    return render(request, template, context)


def in_state(saved: Views, state: str) -> str:
    return saved.url({"state": state} if state else {})


def chips(saved: Views, current: str) -> list[dict]:
    """One for all, one for each state."""
    member = saved.request.member
    sender_only = {State.TO_ANSWER} if member.is_mission_locale_staff else set()
    recipient_only = {State.WAITING} if member.is_partner_staff else set()
    offered = [("", _("All referrals")), *State.choices]
    found = []
    for value, label in offered:
        if value in recipient_only | (sender_only if current != State.TO_ANSWER else set()):
            continue
        chip = {"id": f"state-{value or 'any'}", "href": in_state(saved, value)}
        found.append(chip | {"label": label, "current": value == current})
    return found


def show(request, referrals, filters=()):
    """Say which cases the answer shows, and which young people among them."""
    showing(request, "referrals.referral", [referral.pk for referral in referrals], filters)
    showing(request, "youths.youth", [r.youth_id for r in referrals if r.person_shown], filters)


@audited
@reads
def referral_detail(request, pk):
    referral = get_referral(request, pk)
    show(request, [referral])
    return render(request, "referrals/referral_detail.html", detail_of(request, referral))


def detail_of(request, referral, contact_form=None) -> dict:
    reading = Reading(referral, request.member)
    share = referral.share if referral.person and referral.share else None
    shared_of_the_file = referral.youth if reading.is_received else None
    documents = listed(request.member, referral, shared_of_the_file) if referral.person else []
    documents_shown(request, documents)
    return {
        "reading": reading,
        "documents": documents,
        "thread": latest(request, referral) if referral.person else None,
        "referral": referral,
        "file_url": referral.youth.get_absolute_url() if not reading.is_received and referral.person else "",
        "shared": share.person_shown() if share else [],
        "steps": [step | {"form": step_form(step["name"])} for step in reading.steps],
        "contact_form": contact_form or (ContactForm() if reading.may_log else None),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def referral_step(request, pk, step):
    """The plain page of one step, and where every step is taken. It names the case, not the person."""
    referral = get_referral(request, pk)
    if step not in STEPS:
        raise Http404
    form = step_form(step, request.POST if request.method == "POST" else None)
    try:
        check(referral, step, by=request.member)
    except DomainError as error:
        return refused(request, referral, step, form, error)
    if request.method == "POST" and form.is_valid() and take_step(request, referral, step, form):
        return redirect(referral)
    return step_page(request, referral, step, form)


def refused(request, referral, step, form, error):
    """A second click finds its step taken; a note that comes too late stays on the page, to be copied."""
    if request.method == "POST" and was_taken_by(request.member, referral, step):
        return redirect(referral)
    if request.POST.get("note", "").strip():
        form.add_error(None, str(error))
        return step_page(request, referral, step, form)
    messages.error(request, str(error))
    return redirect(referral)


def was_taken_by(member, referral, step) -> bool:
    if referral.status != STEPS[step].target:
        return False
    return Event.objects.filter(subject_id=referral.pk, verb=step, by=member).exists()


def step_page(request, referral, step, form):
    context = {"referral": referral, "name": step, "step": STEPS[step], "form": form}
    return render(request, "referrals/referral_step.html", context, status=422 if form.errors else 200)


def take_step(request, referral, step, form) -> bool:
    """What the step refuses is said in its form."""
    with refusals_in(form):
        getattr(referral, step)(by=request.member, **form.cleaned_data)
    if form.is_valid():
        messages.success(request, str(STEPS[step].done))
    return form.is_valid()


@audited
@require_POST
def contact_create(request, pk):
    """The partner notes a contact with the young person it was referred."""
    referral = get_referral(request, pk)
    reading = Reading(referral, request.member)
    if not reading.is_received or reading.has_lost_the_person:
        raise Http404
    form = ContactForm(request.POST)
    if form.is_valid():
        values = dict(form.cleaned_data)
        accompaniment = Accompaniment(id=values.pop("record_id"), **values)
        with refusals_in(form):
            log_accompaniment(accompaniment, by=request.member, youths=[referral.youth])
        if form.is_valid():
            messages.success(request, _("The contact is noted: the Mission Locale sees it in the file."))
            return redirect(reverse("referrals:referral_detail", args=[pk]))
    show(request, [referral])
    context = detail_of(request, referral, contact_form=form)
    return render(request, "referrals/referral_detail.html", context, status=422)
