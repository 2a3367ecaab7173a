"""The list of evaluations, one evaluation, opening and publishing it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.steps import steps_open_to
from common.errors import DomainError
from common.http import reads, wants_fragment
from common.pagination import paginate
from evaluations.actions import open_evaluation
from evaluations.exports import EVALUATIONS
from evaluations.filters import SAVED, narrowed, sorting
from evaluations.models import Evaluation
from evaluations.presentation import Figures
from evaluations.queries import due_to, with_latest_report
from evaluations.workflow import STEPS
from exchange.saved.shown import Views
from partnerships.models import Agreement

BY_TITLE = ("title", "pk")


def get_evaluation(request, pk) -> Evaluation:
    """Absent and forbidden look the same from outside: 404."""
    return get_object_or_404(Evaluation.objects.visible_to(request.member).for_detail(), pk=pk)


@reads
def evaluation_list(request):
    saved = Views(request, SAVED)
    if saved.opened_with:
        return redirect(saved.opened_with)
    filterset = narrowed(request)
    page = paginate(request, filterset.qs, sorting(request).by)
    with_latest_report(page.rows, request.member)
    context = {
        "page": page,
        "saved": saved,
        "sorting": sorting(request),
        "filterset": filterset,
        "is_narrowed": any(request.GET.get(name) for name in filterset.filters),
        "export_url": EVALUATIONS.url_for(request),
        "due": due_to(request.member) if request.member.is_director else [],
    }
    template = "evaluations/_results.html" if wants_fragment(request) else "evaluations/evaluation_list.html"
    return render(request, template, context)


@reads
def due_list(request):
    """What calls for its evaluation among the agreements of the reader, by title."""
    due = {one.agreement.pk: one for one in due_to(request.member)}
    page = paginate(
        request, Agreement.objects.visible_to(request.member).for_list().filter(pk__in=due), BY_TITLE
    )
    rows = [(agreement, due[agreement.pk]) for agreement in page]
    template = "evaluations/_due_results.html" if wants_fragment(request) else "evaluations/due_list.html"
    return render(request, template, {"rows": rows, "page": page, "count": len(due)})


@reads
def evaluation_detail(request, pk):
    member = request.member
    evaluation = get_evaluation(request, pk)
    with_latest_report([evaluation], member)
    figures = Figures(evaluation.figures, outside=not evaluation.stays_between_parties(member))
    context = {
        "evaluation": evaluation,
        "figures": figures,
        "charts": figures.charts(),
        "parties": [(party["name"], party["contact"]) for party in evaluation.figures["parties"]],
        "steps": [(name, STEPS[name]) for name in steps_open_to(evaluation, member)],
        "may_print": evaluation.may_be_printed_by(member),
    }
    return render(request, "evaluations/evaluation_detail.html", context)


@require_POST
def evaluation_create(request, pk):
    agreement = get_object_or_404(Agreement.objects.visible_to(request.member), pk=pk)
    year = request.POST.get("year", "")
    if not (year.isascii() and year.isdigit() and len(year) < 4):
        raise Http404
    try:
        evaluation = open_evaluation(agreement, int(year), by=request.member)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect(agreement)
    return redirect(evaluation)


@require_POST
def evaluation_step(request, pk, step):
    if step not in STEPS:
        raise Http404
    evaluation = get_evaluation(request, pk)
    try:
        getattr(evaluation, step)(by=request.member)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, str(STEPS[step].done))
    return redirect(evaluation)
