"""What a counsellor begins the day with."""

import datetime

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from accounts.models import AuditEntry
from common import clock
from common.words import day_of, moment_words
from desk.caseload import ANSWERS_SHOWN_FOR, Row, as_rows, counters
from referrals.models import Referral
from referrals.workflow import Status
from youths.models import ReferentAssignment, Youth

FIRST = 8
RECENT = 6
READS_LOOKED_AT = 60
FORTNIGHT = datetime.timedelta(days=14)


def home(member) -> dict:
    """Counters, the next dated actions, answers, hand-overs, recent files of this person's caseload."""
    mine = Youth.objects.visible_to(member).followed_by(member)
    to_do = [Row(youth) for youth in next_actions(mine, member)]
    return {
        "counters": counters(member, is_mine=True),
        "to_do": to_do,
        "nothing_late": not (to_do and to_do[0].due.late),
        "answers": answers(mine, member),
        "handed_over": handed_over(member),
        "recent": recent_files(member),
    }


def next_actions(mine, member):
    dated = as_rows(mine, member).filter(next_on__isnull=False)
    return dated.order_by("next_on", "search", "pk")[:FIRST]


def answers(mine, member) -> list[dict]:
    """What partners answered about the own caseload within a fortnight."""
    since = clock.now() - ANSWERS_SHOWN_FOR
    found = Referral.objects.visible_to(member).answered_unread(since).filter(youth__in=mine.values("pk"))
    found = found.select_related("youth", "recipient").order_by("-answered_at", "pk")[:FIRST]
    return [
        {
            "youth": referral.youth,
            "partner": str(referral.recipient),
            "url": referral.get_absolute_url(),
            "moment": moment_words(referral.answered_at),
            "tone": "bad" if referral.status == Status.DECLINED else "ok",
            "label": referral.wording(member),
        }
        for referral in found
    ]


def handed_over(member) -> list[dict]:
    """Young people whom someone else gave to this person, or took from them, within a fortnight."""
    since = clock.now() - FORTNIGHT
    own = ReferentAssignment.objects.filter(
        follow_up__youth__organisation=member.organisation_id, follow_up__youth__erased_at=None
    )
    given = own.filter(referent=member, ends_at=None, starts_at__gte=since).exclude(by=member)
    next_one = ReferentAssignment.objects.filter(
        follow_up=OuterRef("follow_up"), starts_at=OuterRef("ends_at")
    )
    taken = own.filter(Exists(next_one.exclude(by=member)), referent=member, ends_at__gte=since)
    told = ("follow_up__youth", "follow_up__referent__user", "by__user")
    rows = [
        (
            row.starts_at,
            row.follow_up.youth,
            _("handed over to you by %(name)s") % {"name": row.by},
            row.reason,
        )
        for row in given.select_related(*told)
    ]
    rows += [
        (row.ends_at, row.follow_up.youth, _("now with %(name)s") % {"name": row.follow_up.referent}, "")
        for row in taken.select_related(*told)
    ]
    rows.sort(key=lambda row: row[0], reverse=True)
    return [
        {"youth": youth, "words": words, "reason": reason, "day": day_of(moment)}
        for moment, youth, words, reason in rows[:RECENT]
    ]


def recent_files(member) -> list[Youth]:
    """The files that this person opened last, known from the audit."""
    reads = AuditEntry.objects.filter(by=member, route="desk:youth_file").order_by("-moment")
    opened = reads.values_list("subject_ids", flat=True)[:READS_LOOKED_AT]
    latest = list(dict.fromkeys(pk for pks in opened for pk in pks))[:RECENT]
    found = {str(youth.pk): youth for youth in Youth.objects.visible_to(member).filter(pk__in=latest)}
    return [found[pk] for pk in latest if pk in found]
