"""What a counsellor begins the day with."""

import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from accounts.models import AuditEntry
from accounts.prepared import ForReader
from common import clock
from common.words import day_of, moment_words
from desk.caseload import ANSWERS_SHOWN_FOR, Row, counters, of_the_caseload, recently_answered
from referrals.workflow import Status
from youths.models import ReferentAssignment, Youth

FIRST = 8
RECENT = 6
READS_LOOKED_AT = 60
FORTNIGHT = datetime.timedelta(days=14)


def home(member) -> dict:
    """Counters, the next dated actions, answers, hand-overs, recent files of this person's caseload."""
    to_do = [Row(youth) for youth in next_actions.rows(member) if youth.next_on]
    return {
        "counters": counters(member, referent=member),
        "to_do": to_do,
        "nothing_late": not (to_do and to_do[0].due.late),
        "answers": answers(member),
        "handed_over": handed_over(member),
        "recent": recent_files(member),
    }


@ForReader
def next_actions(member) -> QuerySet:
    return Youth.objects.visible_to(member).most_pressing(member, FIRST)


@ForReader
def answered(member, *, since) -> QuerySet:
    """What partners answered about the own caseload."""
    found = of_the_caseload(member, recently_answered(member, since)).select_related("youth", "recipient")
    return found.order_by("-answered_at", "pk")[:FIRST]


def answers(member) -> list[dict]:
    return [
        {
            "youth": referral.youth,
            "partner": str(referral.recipient),
            "url": referral.get_absolute_url(),
            "moment": moment_words(referral.answered_at),
            "tone": "bad" if referral.status == Status.DECLINED else "ok",
            "label": referral.wording(member),
        }
        for referral in answered.rows(member, since=clock.now() - ANSWERS_SHOWN_FOR)
    ]


def changes(member) -> QuerySet:
    """Of the referents of the structure, with all that a line about them says."""
    own = ReferentAssignment.objects.filter(
        follow_up__youth__organisation=member.organisation_id, follow_up__youth__erased_at=None
    )
    return own.select_related("follow_up__youth", "follow_up__referent__user", "by__user")


@ForReader
def given(member, *, since) -> QuerySet:
    found = changes(member).filter(referent=member, ends_at=None, starts_at__gte=since)
    return found.exclude(by=member)


@ForReader
def taken(member, *, since) -> QuerySet:
    next_one = ReferentAssignment.objects.filter(
        follow_up=OuterRef("follow_up"), starts_at=OuterRef("ends_at")
    )
    found = changes(member).filter(referent=member, ends_at__gte=since)
    return found.filter(Exists(next_one.exclude(by=member)))


def handed_over(member) -> list[dict]:
    """Young people whom someone else gave to this person, or took from them, within a fortnight."""
    since = clock.now() - FORTNIGHT
    rows = [
        (
            row.starts_at,
            row.follow_up.youth,
            _("handed over to you by %(name)s") % {"name": row.by},
            row.reason,
        )
        for row in given.rows(member, since=since)
    ]
    rows += [
        (row.ends_at, row.follow_up.youth, _("now with %(name)s") % {"name": row.follow_up.referent}, "")
        for row in taken.rows(member, since=since)
    ]
    rows.sort(key=lambda row: row[0], reverse=True)
    return [
        {"youth": youth, "words": words, "reason": reason, "day": day_of(moment)}
        for moment, youth, words, reason in rows[:RECENT]
    ]


@ForReader
def opened(member) -> QuerySet:
    reads = AuditEntry.objects.filter(by=member, route="desk:youth_file").order_by("-moment")
    return reads.values_list("subject_ids", flat=True)[:READS_LOOKED_AT]


def recent_files(member) -> list[Youth]:
    """The files that this person opened last, known from the audit."""
    latest = list(dict.fromkeys(pk for pks in opened.rows(member) for pk in pks))[:RECENT]
    found = {str(youth.pk): youth for youth in Youth.objects.visible_to(member).filter(pk__in=latest)}
    return [found[pk] for pk in latest if pk in found]
