"""Who is told what about an agreement. Data only; `exchange/deliveries` reads it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import Membership
from exchange.deliveries.table import ByAct, ByDate, Matter, Way
from partnerships import deadlines
from partnerships.deadlines import DIRECTIONS

AGREEMENT: dict[str, Any] = {"subject": "partnerships.agreement", "opens": "desk:agreement_page"}
TOPIC = _("Agreements")

SIGNATURES = Matter(
    name="signatures",
    topic=TOPIC,
    label=_("An agreement waits for your organisation’s signature"),
    roles=DIRECTIONS,
    mutable=False,
)
ENDS = Matter(
    name="agreement_ends",
    topic=TOPIC,
    label=_("An agreement ends: six months, three months and a month before, and the day after"),
    roles=DIRECTIONS,
    default=Way.DIGEST,
)


def directions(event, agreement):
    """Who may sign for a party."""
    parties = agreement.parties.order_by().values("organisation")
    people = Membership.objects.filter(organisation__in=parties, role__in=sorted(DIRECTIONS))
    return people.values_list("pk", flat=True)


ENDINGS = (
    (
        "agreement_ends_in_six_months",
        deadlines.ending(6, but_not=3),
        _("An agreement ends within six months."),
    ),
    (
        "agreement_ends_in_three_months",
        deadlines.ending(3, but_not=1),
        _("An agreement ends within three months."),
    ),
    ("agreement_ends_in_a_month", deadlines.ending(1), _("An agreement ends within a month.")),
    (
        "agreement_ended",
        deadlines.ended,
        _("An agreement has ended: nobody can be referred under it any more."),
    ),
)

NOTICES = (
    ByAct(
        kind="agreement_to_sign",
        matter=SIGNATURES,
        verb="submit",
        whom=directions,
        sentence=_("An agreement waits for your organisation’s signature."),
        **AGREEMENT,
    ),
    ByDate(
        kind="agreement_still_to_sign",
        matter=SIGNATURES,
        due=deadlines.unsigned,
        whom=deadlines.whose_signature_is_missing,
        sentence=_("An agreement still waits for your organisation’s signature."),
        **AGREEMENT,
    ),
    *(
        ByDate(kind=kind, matter=ENDS, due=due, whom=deadlines.parties, sentence=sentence, **AGREEMENT)
        for kind, due, sentence in ENDINGS
    ),
)
