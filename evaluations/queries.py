"""What pages of other records show of evaluations."""

import datetime
from dataclasses import dataclass

from common import clock
from evaluations.models import Evaluation, Report
from evaluations.models.evaluation import is_direction_of_a_party
from evaluations.periods import opens_on, years_of


@dataclass(frozen=True)
class OfAgreement:
    """Arguments of templates/evaluations/_of_agreement.html.

    `year` is the one that this reader may open now, None otherwise; `next_on` the day from which the
    next year can be evaluated, where there is one to wait for.
    """

    agreement_id: str
    evaluations: list[Evaluation]
    year: int | None
    next_on: datetime.date | None


def of_agreement(agreement, member) -> OfAgreement:
    """The evaluations of an agreement that the reader may see, each with its latest `report` or None."""
    evaluations = list(Evaluation.objects.visible_to(member).filter(agreement=agreement).for_list())
    with_latest_report(evaluations, member)
    done = set(Evaluation.objects.filter(agreement=agreement).values_list("number", flat=True))
    missing = [number for number in years_of(agreement) if number not in done]
    due = [number for number in missing if opens_on(agreement, number) <= clock.today()]
    waiting = [opens_on(agreement, number) for number in missing if number not in due]
    may_open = due and is_direction_of_a_party(agreement, member)
    return OfAgreement(
        agreement_id=str(agreement.pk),
        evaluations=evaluations,
        year=due[0] if may_open else None,
        next_on=waiting[0] if waiting else None,
    )


def with_latest_report(evaluations, member) -> None:
    """Puts `report` on each: the latest that the reader may open, or None. One query for all."""
    latest: dict = {}
    pks = [evaluation.pk for evaluation in evaluations]
    for report in Report.objects.visible_to(member).filter(evaluation__in=pks).for_list():
        latest.setdefault(report.evaluation_id, report)
    for evaluation in evaluations:
        evaluation.report = latest.get(evaluation.pk)
