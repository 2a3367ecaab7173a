"""What pages of other records show of evaluations."""

import datetime
import itertools
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from accounts.models import Role
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
    """A year of an agreement that calls for its evaluation since a day."""

    agreement: Agreement
    year: int
    first: datetime.date
    last: datetime.date
    since: datetime.date


def due_to(member, until: datetime.date | None = None) -> list[Due]:
    """The earliest year of each agreement that calls for its evaluation, on that day or today.

    To the direction of a Mission Locale those it has to open; to a network head those of its tree that are not
    published, for it knows of no others.
    """
    agreements = Agreement.objects.visible_to(member).filter(ends_on__isnull=False)
    if member.is_director:
        own = Exists(Party.objects.filter(agreement=OuterRef("pk"), organisation=member.organisation_id))
        return due_among(agreements.filter(own).for_list(), Evaluation.objects.all(), until)
    if member.reads_as == Role.NETWORK:
        found = due_among(agreements, Evaluation.objects.visible_to(member), until)
        return sorted(found, key=lambda due: (due.since, due.agreement.title))
    return []


def due_among(agreements, evaluations, until: datetime.date | None) -> list[Due]:
    """Two queries, whatever the number of agreements."""
    within = agreements.order_by().values("pk")
    done = set(evaluations.filter(agreement__in=within).values_list("agreement", "number"))
    found, until = [], until or clock.today()
    for agreement in agreements:
        number = first_missing(agreement.pk, done)
        since = opens_on(agreement, number)
        if since and since <= until:
            found.append(Due(agreement, number, *period_of(agreement, number), since))
    return found


def first_missing(agreement_id, done: set) -> int:
    return next(number for number in itertools.count(1) if (agreement_id, number) not in done)


def with_latest_report(evaluations, member) -> None:
    """Puts `report` on each: the latest that the reader may open, or None. One query for all."""
    latest: dict = {}
    pks = [evaluation.pk for evaluation in evaluations]
    for report in Report.objects.visible_to(member).filter(evaluation__in=pks).for_list():
        latest.setdefault(report.evaluation_id, report)
    for evaluation in evaluations:
        evaluation.report = latest.get(evaluation.pk)
