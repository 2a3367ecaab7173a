"""Making the PDFs. The row is the job; a message only rings, may be lost and may come twice."""

import logging

from celery import shared_task
from django.core.files.base import ContentFile
from django.utils import translation
from django.utils.translation import gettext as _

from common.queued import TRIES, ring
from evaluations import rendering
from evaluations.models import Report
from evaluations.software import VERSION

logger = logging.getLogger(__name__)
LANGUAGE = "fr"  # an evaluation is signed by French institutions, whoever asks for it


@shared_task(name="evaluations.tasks.build_report")
def build_report(report_id: str) -> None:
    """Safe to run twice or to be killed: whoever claims the row does the work, and the last claim wins."""
    report = Report.objects.claim(report_id)
    if report is None:
        return
    with translation.override(LANGUAGE):
        try:
            with report.held():
                make(report)
        except (SystemExit, KeyboardInterrupt):  # the worker is asked to end; another one takes over at once
            report.put_back(sentence_after(report.tries))
            raise
        except BaseException:  # WeasyPrint's fatal error of a fetch is no Exception
            logger.exception("Report %s failed on try %s.", report.pk, report.tries)
            report.put_back(sentence_after(report.tries))


def make(report: Report) -> None:
    evaluation = report.evaluation
    report.advance(10, _("The figures are read."))
    html = rendering.html_of(evaluation)
    report.advance(40, _("The pages are laid out."))
    content = rendering.pdf_of(html, evaluation)
    report.advance(90, _("The document is put away."))
    report.deliver(ContentFile(content), software_version=VERSION, evaluation_version=evaluation.version)


def sentence_after(tries: int) -> str:
    if tries < TRIES:
        return _("The document could not be made. It is tried again in a moment.")
    return _("The document could not be made after five tries. You can ask for it again.")


@shared_task(name="evaluations.tasks.sweep_reports")
def sweep_reports() -> None:
    """Ring for what waits or was left behind by a killed worker; give up what five workers left."""
    with translation.override(LANGUAGE):
        Report.objects.give_up(sentence_after(TRIES))
    for pk in Report.objects.claimable().values_list("pk", flat=True)[:100]:
        ring(build_report, pk)
