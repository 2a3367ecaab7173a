"""Writes of what is told and read."""

from functools import partial

from django.db import models, transaction

from accounts.models import Event, Membership, Role
from common import clock
from common.queued import ring
from exchange.deliveries.models import Delivery, Notice
from exchange.deliveries.table import by_act
from exchange.deliveries.tasks import send


def tell(event: Event, subject: models.Model) -> None:
    """Write whom an event concerns, in its own transaction: what is rolled back is told to nobody.

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
    transaction.on_commit(partial(ring, send))


def read(notices: models.QuerySet) -> int:
    """Mark them as read; returns how many were not. Reading twice is reading once."""
    return notices.unread().update(read_at=clock.now())
