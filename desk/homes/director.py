"""What a director begins the day with: the most urgent first."""

import datetime

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Q, QuerySet
from django.utils.translation import ngettext

from accounts.models import Membership
from accounts.prepared import ForReader
from common import clock
from common.pagination import capped_count
from common.words import day_words
from desk.homes.agreements import ending, to_sign
from desk.words import days_since, since_words
from evaluations.queries import due_to
from partnerships.models import Agreement
from referrals.models import Referral
from youths.models import FollowUp, Reminder, Youth

SHOWN = 8
YEAR = datetime.timedelta(days=365)


def home(member) -> dict:
    visible = Agreement.objects.visible_to(member)
    waiting = Youth.objects.visible_to(member).waiting()
    return {
        "to_sign": to_sign(visible, member),
        "to_evaluate": to_evaluate(member),
        "ending": ending(visible),
        "waiting_count": capped_count(waiting),
        "waiting": [
            {
                "youth": youth,
                "since": since_words(youth.created_at),
                "is_long": days_since(youth.created_at) > 7,
            }
            for youth in waiting.order_by("created_at", "pk")[:SHOWN]
        ],
        "caseloads": caseloads(member),
        "answer_times": answer_times(member),
        "letters": Referral.objects.visible_to(member)
        .filter(by_letter=True, sender=member.organisation_id)
        .count(),
        "interims": visible.interim().in_force().count(),
    }


def to_evaluate(member) -> list[dict]:
    """Agreements of which a year has passed without its evaluation."""
    return [{"agreement": due.agreement, "year": due.year} for due in due_to(member)[:SHOWN]]


def caseloads(member) -> list[dict]:
    """Young people per referent. Someone who has left or is leaving and still holds some comes first."""
    held, late = dict(by_referent.rows(member, "held")), dict(by_referent.rows(member, "late"))
    colleagues = Membership.objects.filter(organisation=member.organisation_id).select_related("user")
    colleagues = colleagues.filter(
        Q(pk__in=held) | Q(pk__in=Membership.objects.nameable_by(member).values("pk"))
    )
    rows = [
        {
            "name": str(colleague),
            "leaves": day_words(colleague.ends_on) if colleague.ends_on else "",
            "held": held.get(colleague.pk, 0),
            "late": late.get(colleague.pk, 0),
            "user": colleague.user_id,
        }
        for colleague in colleagues.order_by("user__last_name", "user__first_name", "pk")
    ]
    return sorted(rows, key=lambda row: (not (row["leaves"] and row["held"]), -row["held"]))


@ForReader
def by_referent(member, which: str) -> QuerySet:
    """How many young people each referent follows, or those of them with a late reminder."""
    found = FollowUp.objects.visible_to(member).open()
    if which == "late":
        found = found.filter(youth__in=Reminder.objects.visible_to(member).late().values("youth"))
    return found.order_by().values_list("referent").annotate(Count("pk"))


@ForReader
def answered(member, *, since) -> QuerySet:
    """By partner: the mean time of its answers, their number, and how many are late."""
    sent = Referral.objects.visible_to(member).filter(
        sender=member.organisation_id, by_letter=False, sent_at__gte=since
    )
    took = ExpressionWrapper(F("answered_at") - F("sent_at"), output_field=DurationField())
    return sent.values("recipient", name=F("recipient__name")).annotate(
        took=Avg(took),
        answered=Count("answered_at"),
        late=Count("pk", filter=Q(pk__in=sent.late().values("pk"))),
    )


def answer_times(member) -> list[dict]:
    """Mean time from sending to answer over a year, by partner; the slowest first."""
    rows = answered.rows(member, since=clock.now() - YEAR)
    rows = sorted(rows, key=lambda row: row["took"] or YEAR, reverse=True)[:SHOWN]
    return [
        {"name": row["name"], "time": in_days(row["took"]), "answered": row["answered"], "late": row["late"]}
        for row in rows
    ]


def in_days(took: datetime.timedelta | None) -> str:
    if took is None:
        return "–"
    days = max(1, round(took / clock.ONE_DAY))
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}
