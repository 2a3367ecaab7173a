"""The list of agreements, their steps, and interim accords. The page of one agreement is in desk."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.steps import check
from common.errors import DomainError
from common.forms import refusals_in
from common.http import WORDS, reads, wants_fragment
from common.pagination import MOST_COUNTED, capped_count, paginate
from exchange.documents.carrier import is_written_by
from exchange.documents.views import added
from exchange.saved.shown import Views
from partnerships.exports import AGREEMENTS
from partnerships.filters import SAVED, narrowed, sorting
from partnerships.forms import step_form
from partnerships.life_cycle import LifeCycle
from partnerships.models import Agreement
from partnerships.workflow import STEPS


@reads
def agreement_list(request):
    saved = Views(request, SAVED)
    if saved.opened_with:
        return redirect(saved.opened_with)
    filterset = narrowed(request)
    page = paginate(request, filterset.qs, sorting(request).by)
    context = {
        "page": page,
        "cycles": [LifeCycle(agreement) for agreement in page],
        "count": capped_count(filterset.qs),
        "most_counted": MOST_COUNTED,
        "saved": saved,
        "sorting": sorting(request),
        "filterset": filterset,
        "is_narrowed": any(request.GET.get(name) for name in filterset.filters),
        "words": request.GET.get(WORDS, ""),
        "export_url": AGREEMENTS.url_for(request),
    }
    template = "partnerships/_results.html" if wants_fragment(request) else "partnerships/agreement_list.html"
    return render(request, template, context)


def get_agreement(request, pk) -> Agreement:
    """Absent and forbidden look the same from outside: 404."""
    return get_object_or_404(Agreement.objects.visible_to(request.member).for_detail(), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_step(request, pk, step):
    """The plain page of one step, and where every step is taken."""
    agreement = get_agreement(request, pk)
    if step not in STEPS:
        raise Http404
    try:
        check(agreement, step, by=request.member)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect(agreement)
    form = step_form(step, agreement, request.member, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and take_step(request, agreement, step, form):
        return redirect(agreement)
    context = {"agreement": agreement, "name": step, "step": STEPS[step], "form": form}
    return render(request, "partnerships/agreement_step.html", context, status=422 if form.errors else 200)


def take_step(request, agreement, step, form) -> bool:
    """What the step refuses is said in its form."""
    with refusals_in(form):
        getattr(agreement, step)(by=request.member, **form.cleaned_data)
    if form.is_valid():
        messages.success(request, said_after(agreement, step))
    return form.is_valid()


def said_after(agreement, step) -> str:
    """The last signature says more than the others."""
    if step == "sign" and agreement.signed_on:
        return _("All have signed: the agreement takes effect.")
    return str(STEPS[step].done)


def document_create(request, pk):
    """An annex, a scan: added by those who act for a party."""
    agreement = get_agreement(request, pk)
    if not is_written_by(agreement, request.member):
        raise PermissionDenied
    return added(request, agreement, back_url=agreement.get_absolute_url())
