"""Writes that open an evaluation and ask for its PDF."""

import logging
from functools import partial

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts import events
from common import clock
from common.errors import DomainError, NotPermitted, WrongStatus
from common.queued import JobStatus, ring
from evaluations.figures import digest_of, freeze
from evaluations.models import Evaluation, Report
from evaluations.models.evaluation import is_direction_of_a_party
from evaluations.periods import opens_on, period_of
from evaluations.software import VERSION
from evaluations.tasks import build_report

logger = logging.getLogger(__name__)


class TooEarly(DomainError):
    code = "too_early"


def open_evaluation(agreement, year: int, *, by) -> Evaluation:
    """Count a year of the agreement and freeze the figures; asked again, give the one that stands.

    Raises `NotPermitted` for anyone but the direction of a Mission Locale that is a party, `WrongStatus`
    for an agreement without effect or a year it does not have, `TooEarly` before the evaluation's month.
    """
    if not is_direction_of_a_party(agreement, by):
        raise NotPermitted(_("The direction of a Mission Locale that is a party opens the evaluation."))
    stored = Evaluation.objects.filter(agreement=agreement, number=year).first()
    if stored:
        return stored
    check_may_be_opened(agreement, year)
    first, last = period_of(agreement, year)
    try:
        with transaction.atomic():
            figures = freeze(agreement, year, first, last)
            evaluation = Evaluation(
                agreement=agreement,
                number=year,
                period_start=first,
                period_end=last,
                figures=figures,
                digest=digest_of(figures),
                computed_by=by,
            )
            evaluation.save()
            after = {"number": year, "digest": evaluation.digest}
            events.record("figures_frozen", evaluation, by=by, about=agreement, after=after)
    except IntegrityError:
        return Evaluation.objects.get(agreement=agreement, number=year)
    return evaluation


def check_may_be_opened(agreement, year: int):
    if not agreement.starts_on or not agreement.ends_on:
        raise WrongStatus(_("An agreement is evaluated once it is signed."))
    if year < 1 or period_of(agreement, year) is None:
        raise WrongStatus(_("This agreement has no year %(year)s.") % {"year": year})
    day = opens_on(agreement, year)
    if clock.today() < day:
        raise TooEarly(
            _("Year %(year)s of this agreement can be evaluated from %(day)s on.")
            % {"year": year, "day": date_format(day)}
        )


def ask_for_report(evaluation: Evaluation, *, by) -> Report:
    """Queue the PDF and ring the worker; the one under way, or made from the same state, is given again.

    Raises `NotPermitted` for anyone but a party's direction (or its lead agent once it is published).
    """
    if not evaluation.may_be_printed_by(by):
        raise NotPermitted(_("A party’s direction asks for this document."))
    same = Q(status=JobStatus.READY, evaluation_version=evaluation.version, software_version=VERSION) | Q(
        pk__in=Report.objects.open().values("pk")
    )
    stored = next((r for r in evaluation.reports.filter(same) if r.is_open or r.has_its_file), None)
    if stored:
        return stored
    try:
        with transaction.atomic():
            report = Report.objects.create(evaluation=evaluation, asked_by=by)
            events.record("report_asked", report, by=by, about=evaluation.agreement)
            transaction.on_commit(partial(ring, build_report, report.pk))
    except IntegrityError:
        # The same row that a second click met; if it was finished meanwhile, it is the latest.
        return evaluation.reports.for_list()[0]
    return report


def retry_report(report: Report, *, by) -> None:
    """Queue a failed report anew. Raises `WrongStatus` when it is no longer failed."""
    if not report.evaluation.may_be_printed_by(by):
        raise NotPermitted(_("A party’s direction asks for this document."))
    try:
        with transaction.atomic():
            if not report.retry():
                raise WrongStatus(_("This document is already being made."))
            events.record("report_retried", report, by=by, about=report.evaluation.agreement)
            transaction.on_commit(partial(ring, build_report, report.pk))
    except IntegrityError as error:  # another one of this evaluation is open
        raise WrongStatus(_("This document is already being made.")) from error
