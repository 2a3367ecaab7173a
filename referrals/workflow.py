"""Who may move a referral from where to where. Data only: no queries, no side effects."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from accounts.steps import Step


class Status(TextChoices):
    DRAFT = "draft", _("Draft")
    SENT = "sent", _("Sent")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    UNDER_WAY = "under_way", _("Under way")
    COMPLETED = "completed", _("Completed")
    STOPPED = "stopped", _("Stopped")
    CANCELLED = "cancelled", _("Cancelled")


class Side(TextChoices):
    SENDER = "sender", _("Sender")
    RECIPIENT = "recipient", _("Recipient")


OPEN = frozenset({Status.DRAFT, Status.SENT, Status.ACCEPTED, Status.UNDER_WAY})
SHARING = frozenset({Status.SENT, Status.ACCEPTED, Status.UNDER_WAY})
ENDED = frozenset({Status.COMPLETED, Status.STOPPED})
ANSWERED = frozenset({Status.ACCEPTED, Status.DECLINED, Status.UNDER_WAY, *ENDED})

STEPS = {
    "send": Step(
        frozenset({Status.DRAFT}),
        Status.SENT,
        Side.SENDER,
        label=_("Send"),
        done=_("The referral is sent: the partner sees it in its list."),
    ),
    "accept": Step(
        frozenset({Status.SENT}),
        Status.ACCEPTED,
        Side.RECIPIENT,
        label=_("Accept"),
        done=_("The referral is accepted: the Mission Locale sees your answer."),
    ),
    "decline": Step(
        frozenset({Status.SENT}),
        Status.DECLINED,
        Side.RECIPIENT,
        label=_("Decline"),
        done=_("The referral is declined. The young person’s data is closed to you again."),
        in_words=True,
    ),
    "start": Step(
        frozenset({Status.ACCEPTED}),
        Status.UNDER_WAY,
        Side.RECIPIENT,
        label=_("Start"),
        done=_("The work with the young person has begun."),
    ),
    "complete": Step(
        frozenset({Status.UNDER_WAY}),
        Status.COMPLETED,
        Side.RECIPIENT,
        label=_("Complete"),
        done=_("The referral is completed, with its outcome."),
        in_words=True,
    ),
    "stop": Step(
        frozenset({Status.ACCEPTED, Status.UNDER_WAY}),
        Status.STOPPED,
        Side.RECIPIENT,
        label=_("Stop"),
        done=_("The referral is stopped, with its reason."),
        in_words=True,
    ),
    "cancel": Step(
        frozenset({Status.DRAFT, Status.SENT}),
        Status.CANCELLED,
        Side.SENDER,
        label=_("Cancel the referral"),
        done=_("The referral is cancelled. The partner no longer sees the young person’s data."),
    ),
}

# The same state reads differently for each side.
WORDS = {
    Side.SENDER: {
        Status.DRAFT: _("Draft, not sent"),
        Status.SENT: _("Waiting for an answer"),
        Status.ACCEPTED: _("Accepted by the partner"),
        Status.DECLINED: _("Declined by the partner"),
        Status.UNDER_WAY: _("Under way at the partner’s"),
        Status.COMPLETED: _("Completed"),
        Status.STOPPED: _("Stopped"),
        Status.CANCELLED: _("Cancelled"),
    },
    Side.RECIPIENT: {
        Status.SENT: _("To answer"),
        Status.ACCEPTED: _("Accepted, to start"),
        Status.DECLINED: _("Declined"),
        Status.UNDER_WAY: _("Under way"),
        Status.COMPLETED: _("Completed"),
        Status.STOPPED: _("Stopped"),
        Status.CANCELLED: _("Withdrawn by the Mission Locale"),
    },
}
