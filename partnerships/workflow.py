"""Who may move an agreement from where to where. Data only: no queries, no side effects."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from accounts.steps import Step


class Status(TextChoices):
    """What is stored. In force, expired and renewed tacitly are computed by date."""

    DRAFT = "draft", _("Draft")
    CO_CONSTRUCTION = "co_construction", _("In co-construction")
    TO_SIGN = "to_sign", _("To be signed")
    SIGNED = "signed", _("Signed")
    CLOSED_EARLY = "closed_early", _("Ended early")


class Side(TextChoices):
    LEADER = "leader", _("Lead organisation’s direction")
    SIGNING_PARTY = "signing_party", _("Direction of a party")


STEPS = {
    "open": Step(
        frozenset({Status.DRAFT}),
        Status.CO_CONSTRUCTION,
        Side.LEADER,
        label=_("Open to the parties"),
        done=_("The parties now see the text and build it with you."),
    ),
    "submit": Step(
        frozenset({Status.CO_CONSTRUCTION}),
        Status.TO_SIGN,
        Side.LEADER,
        label=_("Submit for signature"),
        done=_("The signatories can sign."),
    ),
    "sign": Step(
        frozenset({Status.TO_SIGN}),
        Status.SIGNED,
        Side.SIGNING_PARTY,
        label=_("Record a signature"),
        done=_("The signature is recorded."),
        in_words=True,
    ),
    "denounce": Step(
        frozenset({Status.SIGNED}),
        Status.CLOSED_EARLY,
        Side.SIGNING_PARTY,
        label=_("End early"),
        done=_("The agreement ends on the date given."),
        in_words=True,
    ),
}
