"""Who is told what about a referral. Data only; `exchange/deliveries` reads it."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Membership
from accounts.models.roles import MISSION_LOCALE_STAFF, PARTNER_STAFF
from exchange.deliveries.table import Telling
from referrals.workflow import Status

READERS = sorted(MISSION_LOCALE_STAFF | PARTNER_STAFF)


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


STEPS_TOLD = tuple(
    Telling(
        f"referral_{verb}",
        subject="referrals.referral",
        verb=verb,
        whom=recipients if verb == "send" else both_sides,
        sentence=sentence,
        opens="referrals:referral_detail",
    )
    for verb, sentence in SENTENCES.items()
)

MESSAGE = Telling(
    "referral_message",
    subject="exchange.message",
    verb="created",
    whom=the_other_side,
    sentence=_("The other side has written to you about a referral."),
    opens="referrals:referral_detail",
    at="after.subject_id",
)

NOTICES = (*STEPS_TOLD, MESSAGE)
