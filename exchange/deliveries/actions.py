"""Writes of what is told and read."""

from django.db import models

from accounts.models import Event, Membership, Role
from common import clock
from exchange.deliveries.models import Delivery, Notice
from exchange.deliveries.table import by_act


def tell(event: Event, subject: models.Model) -> None:
    """Write whom an event concerns, in its own transaction: what is rolled back is told to nobody.

    Nobody is rung for: the sweep sends within seconds, and a bell for each act would keep other jobs waiting.
    Each person once, by the first sentence of the table that names them; never who did it, nor who has left.
    """
    kinds: dict = {}
    for telling in by_act().get((event.subject_type, event.verb), ()):
        for pk in telling.whom(event, subject):
            kinds.setdefault(str(pk), telling.kind)
    kinds.pop(str(event.by_id), None)
    if not kinds:
        return
    people = Membership.objects.active().exclude(role=Role.CLIENT).filter(pk__in=kinds)
    notices = [Notice(event=event, member=member, kind=kinds[str(member.pk)]) for member in people]
    Notice.objects.bulk_create(notices)
    Delivery.objects.bulk_create([Delivery(notice=notice) for notice in notices])


def read(notices: models.QuerySet) -> int:
    """Mark them as read; returns how many were not. Reading twice is reading once."""
    return notices.unread().update(read_at=clock.now())
