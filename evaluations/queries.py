"""What pages of other records show of evaluations."""

import datetime
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from common import clock
from evaluations.models import Evaluation, Report
from evaluations.models.evaluation import is_direction_of_a_party
from evaluations.periods import opens_on, period_of, years_of
from partnerships.models import Agreement, Party


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


@dataclass(frozen=True)
class Due:
    """A year of an agreement that the reader may evaluate now."""

    agreement: Agreement
    year: int
    first: datetime.date
    last: datetime.date


def due_to(member) -> list[Due]:
    """What the direction of a Mission Locale has to evaluate: the earliest open year of each own agreement."""
    if not member.is_director:
        return []
    own = Exists(Party.objects.filter(agreement=OuterRef("pk"), organisation=member.organisation_id))
    agreements = list(Agreement.objects.visible_to(member).filter(own, ends_on__isnull=False).for_list())
    done = set(Evaluation.objects.filter(agreement__in=agreements).values_list("agreement", "number"))
    found = []
    for agreement in agreements:
        due = [
            number
            for number in years_of(agreement)
            if (agreement.pk, number) not in done and opens_on(agreement, number) <= clock.today()
        ]
        if due:
            found.append(Due(agreement, due[0], *period_of(agreement, due[0])))
    return found


def with_latest_report(evaluations, member) -> None:
    """Puts `report` on each: the latest that the reader may open, or None. One query for all."""
    latest: dict = {}
    pks = [evaluation.pk for evaluation in evaluations]
    for report in Report.objects.visible_to(member).filter(evaluation__in=pks).for_list():
        latest.setdefault(report.evaluation_id, report)
    for evaluation in evaluations:
        evaluation.report = latest.get(evaluation.pk)
