"""What a director and a network head have to do about agreements."""

from django.db.models.functions import Coalesce

from common.words import day_words
from partnerships.life_cycle import LifeCycle
from partnerships.models import Agreement, Signatory
from partnerships.workflow import Status

SHOWN = 8


def to_sign(visible, member) -> list[Agreement]:
    """Texts that still lack a signature of the own side."""
    missing = Signatory.objects.filter(party__organisation=member.organisation_id, signed_on=None)
    texts = visible.filter(status=Status.TO_SIGN, pk__in=missing.values("agreement"))
    return list(texts.order_by("title", "pk")[:SHOWN])


def ending(visible) -> list[dict]:
    """Those of the next six months, the earliest end first."""
    found = visible.ending().order_by(Coalesce("closed_on", "ends_on"), "pk")[:SHOWN]
    return [{"agreement": agreement, "day": day_words(LifeCycle(agreement).end)} for agreement in found]
