"""What a network head begins the day with: its agreements counted, what is due of them, whom they cover. No youth."""

from dataclasses import dataclass

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet

from accounts.models import Kind, Organisation
from common import clock
from common.words import day_of
from desk.homes.agreements import ending, to_sign
from evaluations.models import Evaluation
from evaluations.queries import due_to
from partnerships.models import Adhesion, Agreement, Party
from partnerships.models.agreement_queryset import is_ending, is_in_force, is_over
from partnerships.workflow import Status

SHOWN = 8
LATELY = 5


def home(member) -> dict:
    visible = Agreement.objects.visible_to(member)
    due = due_to(member)
    return {
        "counted": counted(visible),
        "to_sign": to_sign(visible, member),
        "to_evaluate": due[:SHOWN],
        "due_count": len(due),
        "ending": ending(visible),
        "published": published(member),
        **coverage(visible, member),
    }


def counted(visible: QuerySet) -> dict[str, int]:
    """How many agreements each list holds, in one query."""
    return visible.aggregate(
        in_force=Count("pk", filter=is_in_force()),
        ending=Count("pk", filter=is_ending()),
        to_sign=Count("pk", filter=Q(status=Status.TO_SIGN)),
        over=Count("pk", filter=is_over()),
    )


def published(member) -> list[dict]:
    """The evaluations published last: nothing writes to one afterwards."""
    found = Evaluation.objects.visible_to(member).select_related("agreement").order_by("-updated_at", "pk")
    return [{"evaluation": evaluation, "day": day_of(evaluation.updated_at)} for evaluation in found[:LATELY]]


@dataclass
class Coverage:
    """Of one kind of organisation: how many an agreement in force covers, of how many."""

    kind: str
    covered: int = 0
    known: int = 0


def coverage(visible: QuerySet, member) -> dict:
    """Which of the active organisations below the own one have an agreement in force, itself or by adhesion."""
    in_force = visible.in_force().values("pk")
    parties = Party.objects.filter(agreement__in=in_force).values("organisation")
    adhesions = (
        Adhesion.objects.on(clock.today()).filter(party__agreement__in=in_force).values("organisation")
    )
    below = Organisation.objects.visible_to(member).within(member.organisation_id)
    below = below.filter(is_active=True).exclude(pk=member.organisation_id).order_by("name", "pk")
    covered = ExpressionWrapper(Q(pk__in=parties) | Q(pk__in=adhesions), BooleanField())
    rows: dict[str, Coverage] = {}
    lacking = []
    for kind, name, is_covered in below.values_list("kind", "name", covered):
        row = rows.setdefault(kind, Coverage(str(Kind(kind).label)))
        row.known += 1
        row.covered += is_covered
        if not is_covered:
            lacking.append(name)
    return {
        "coverage": sorted(rows.values(), key=lambda row: -row.known),
        "uncovered": lacking[:SHOWN],
        "more_uncovered": max(len(lacking) - SHOWN, 0),
    }
