"""Who is told what about a referral. Data only; `exchange/deliveries` reads it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import Membership
from exchange.deliveries.table import ByAct, ByDate, Matter, Way
from referrals import deadlines
from referrals.deadlines import READERS
from referrals.models.referral import number_of
from referrals.workflow import Status

TOPIC = _("Referrals")


def called(pk) -> str:
    return _("Referral %(number)s") % {"number": number_of(pk)}


REFERRAL: dict[str, Any] = {
    "subject": "referrals.referral",
    "opens": "referrals:referral_detail",
    "called": called,
}

ARRIVALS = Matter(
    name="referral_arrives",
    topic=TOPIC,
    label=_("A referral arrives, or waits for your answer"),
    roles=READERS,
)
STEPS_TAKEN = Matter(
    name="referral_goes_on",
    topic=TOPIC,
    label=_("A referral goes on: accepted, declined, begun, ended, cancelled"),
    roles=READERS,
)
MESSAGES = Matter(
    name="referral_message",
    topic=TOPIC,
    label=_("The other side writes about a referral"),
    roles=READERS,
)
DATES = Matter(
    name="referral_dates",
    topic=TOPIC,
    label=_("A referral without an answer: its date comes near or is past, it expires"),
    roles=READERS,
    default=Way.DIGEST,
)
ESCALATIONS = Matter(
    name="referral_escalated",
    topic=TOPIC,
    label=_("As the single contact of an agreement: a referral has waited two weeks too long"),
    roles=READERS,
)


def recipients(event, referral):
    """The people of the recipient who see the referral: no draft is theirs, nor a letter."""
    was_never_sent = event.before["status"] == Status.DRAFT and event.verb == "cancel"
    if referral.by_letter or was_never_sent:
        return []
    people = Membership.objects.filter(organisation=referral.recipient_id, role__in=READERS)
    return people.values_list("pk", flat=True)


def both_sides(event, referral):
    return [referral.author_id, *recipients(event, referral)]


SENTENCES = {
    "send": _("A referral has arrived: it waits for your answer."),
    "accept": _("A referral is accepted."),
    "decline": _("A referral is declined."),
    "start": _("The work on a referral has begun."),
    "complete": _("A referral is completed."),
    "stop": _("A referral is stopped before its end."),
    "cancel": _("A referral is cancelled by the Mission Locale."),
}


def the_other_side(event, message):
    """Of the partner all who see the referral; of the structure its author, and whoever is referent now."""
    referral = message.record
    if event.organisation_id == referral.sender_id:
        people = Membership.objects.filter(organisation=referral.recipient_id, role__in=READERS)
        return people.values_list("pk", flat=True)
    follow_up = referral.youth.follow_up
    return [referral.author_id, *([follow_up.referent_id] if follow_up else [])]


STEPS = tuple(
    ByAct(
        kind=f"referral_{verb}",
        matter=ARRIVALS if verb == "send" else STEPS_TAKEN,
        verb=verb,
        whom=recipients if verb == "send" else both_sides,
        sentence=sentence,
        **REFERRAL,
    )
    for verb, sentence in SENTENCES.items()
)

NOTICES = (
    *STEPS,
    ByAct(
        kind="referral_message",
        matter=MESSAGES,
        subject="exchange.message",
        verb="created",
        whom=the_other_side,
        sentence=_("The other side has written to you about a referral."),
        opens="referrals:referral_detail",
        called=called,
        at="after.subject_id",
    ),
    ByDate(
        kind="referral_answer_wanted",
        matter=DATES,
        due=deadlines.wanted,
        whom=deadlines.both_sides,
        sentence=_("The answer to a referral is wanted within three days."),
        **REFERRAL,
    ),
    ByDate(
        kind="referral_late",
        matter=DATES,
        due=deadlines.late,
        whom=deadlines.both_sides,
        sentence=_("The answer to a referral is late."),
        **REFERRAL,
    ),
    ByDate(
        kind="referral_escalated",
        matter=ESCALATIONS,
        due=deadlines.escalated,
        whom=deadlines.single_contacts,
        sentence=_("A referral under an agreement whose contact you are has waited two weeks too long."),
        **REFERRAL,
    ),
    ByDate(
        kind="referral_expires",
        matter=DATES,
        due=deadlines.expiring,
        whom=deadlines.both_sides,
        sentence=_("A referral without an answer expires within ten days."),
        **REFERRAL,
    ),
    ByDate(
        kind="referral_expired",
        matter=DATES,
        due=deadlines.expired,
        whom=deadlines.both_sides,
        sentence=_("A referral has expired without an answer."),
        **REFERRAL,
    ),
)
