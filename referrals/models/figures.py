"""What the referrals made under an agreement amount to. People are counted as a total only."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from referrals.models.choices import DeclineReason
from referrals.workflow import ANSWERED, Status

ONE_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Figures:
    """Counts of referrals, except `people`. `accepted` says yes was answered, whatever came after."""

    sent: int
    waiting: int
    accepted: int
    declined: int
    under_way: int
    completed: int
    stopped: int
    cancelled: int
    people: int
    decline_reasons: tuple[tuple[str, int], ...]
    answer_time: datetime.timedelta | None

    @property
    def answer_time_in_words(self) -> str:
        return in_words(self.answer_time)


def figures_of(referrals) -> Figures:
    """Two queries: the counts, and the median time from sending to the answer."""
    sent = referrals.filter(sent_at__isnull=False).order_by()
    yes = sorted(ANSWERED - {Status.DECLINED})
    counts = sent.aggregate(
        sent=Count("pk"),
        waiting=Count("pk", filter=Q(status=Status.SENT)),
        accepted=Count("pk", filter=Q(status__in=yes)),
        declined=Count("pk", filter=Q(status=Status.DECLINED)),
        under_way=Count("pk", filter=Q(status__in=[Status.ACCEPTED, Status.UNDER_WAY])),
        completed=Count("pk", filter=Q(status=Status.COMPLETED)),
        stopped=Count("pk", filter=Q(status=Status.STOPPED)),
        cancelled=Count("pk", filter=Q(status=Status.CANCELLED)),
        people=Count("youth", distinct=True),
        **{f"reason_{r.value}": Count("pk", filter=Q(decline_reason=r)) for r in DeclineReason},
    )
    reasons = [(str(r.label), counts.pop(f"reason_{r.value}")) for r in DeclineReason]
    given = tuple(sorted((pair for pair in reasons if pair[1]), key=lambda pair: -pair[1]))
    answers = counts["accepted"] + counts["declined"]
    return Figures(**counts, decline_reasons=given, answer_time=median_answer_time(sent, answers))


def median_answer_time(referrals, answers: int) -> datetime.timedelta | None:
    """The middle one of so many answer times, read from the database by its rank."""
    if not answers:
        return None
    waits = referrals.filter(answered_at__isnull=False).annotate(wait=F("answered_at") - F("sent_at"))
    middle = list(
        waits.order_by("wait").values_list("wait", flat=True)[(answers - 1) // 2 : answers // 2 + 1]
    )
    return sum(middle, datetime.timedelta()) / len(middle) if middle else None


def in_words(wait: datetime.timedelta | None) -> str:
    """A length of time as a reader says it; "" where there is none yet."""
    if wait is None:
        return ""
    if wait < ONE_DAY:
        return _("less than a day")
    days = round(wait / ONE_DAY)
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}
