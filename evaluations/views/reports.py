"""The PDF of an evaluation: asking for it, watching it being made, downloading it."""

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.audit import audited, showing
from common.errors import DomainError
from common.http import reads, wants_fragment
from common.queued import JobStatus
from evaluations.actions import ask_for_report, retry_report
from evaluations.models import Report
from evaluations.views.evaluations import get_evaluation


def get_report(request, pk) -> Report:
    return get_object_or_404(Report.objects.visible_to(request.member).for_list(), pk=pk)


@require_POST
def report_create(request, pk):
    evaluation = get_evaluation(request, pk)
    try:
        report = ask_for_report(evaluation, by=request.member)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect(evaluation)
    return redirect(report)


@reads
def report_detail(request, pk):
    """A page that can be reloaded by hand; htmx asks each second for the fragment alone."""
    report = get_report(request, pk)
    may_print = report.evaluation.may_be_printed_by(request.member)
    template = "evaluations/_report.html" if wants_fragment(request) else "evaluations/report_detail.html"
    return render(request, template, {"report": report, "may_print": may_print})


@audited
@reads
def report_file(request, pk):
    report = get_report(request, pk)
    if report.status != JobStatus.READY:
        raise Http404
    try:
        pdf = report.open_file()
    except DomainError as error:
        messages.error(request, str(error))
        return redirect(report)
    showing(request, "evaluations.report", [report.pk])
    return FileResponse(
        pdf,
        as_attachment=True,
        filename=report.filename,
        content_type="application/pdf",
    )


@require_POST
def report_retry(request, pk):
    report = get_report(request, pk)
    try:
        retry_report(report, by=request.member)
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(report)
