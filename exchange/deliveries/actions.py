"""Writes of what is told, sent and read."""

from functools import partial

from django.db import models, transaction

from accounts import letters
from accounts.models import Event, Letter, Membership, Role
from common import clock
from common.queued import ring
from exchange.deliveries.models import Channel, Delivery, Notice
from exchange.deliveries.table import by_act
from exchange.deliveries.tasks import send_one
from exchange.links.models import PersonalLink


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
    Delivery.objects.bulk_create(
        [Delivery(notice=notice, organisation_id=notice.member.organisation_id) for notice in notices]
    )


def send_link(link: PersonalLink, channel: Channel = Channel.MAIL) -> None:
    """To who reads its mailbox, once what the link is about is committed."""
    whose = link.kind.organisation
    organisation = whose(link.subject) if whose else None
    ring_for(Delivery.objects.create(link=link, organisation_id=organisation, channel=channel))


def send_letter(letter: Letter) -> None:
    """In the transaction that writes it. One that could not be sent is tried anew: who asks again is heard."""
    channel = Channel.SMS if letters.KINDS[letter.kind].by_sms else Channel.MAIL
    delivery, _is_new = Delivery.objects.get_or_create(letter=letter, defaults={"channel": channel})
    if not send_again(delivery):
        ring_for(delivery)


@transaction.atomic
def send_again(delivery: Delivery) -> bool:
    """Try one that failed anew, for as long as a new one; False where it has not failed, or no longer."""
    is_tried = delivery.retry()
    if is_tried:
        Letter.objects.filter(pk=delivery.letter_id).update(written_at=clock.now())
        ring_for(delivery)
    return is_tried


def ring_for(delivery: Delivery) -> None:
    """Somebody waits for it: it passes what the sweep would send first."""
    transaction.on_commit(partial(ring, send_one, delivery.pk))


def read(notices: models.QuerySet) -> int:
    """Mark them as read; returns how many were not. Reading twice is reading once."""
    return notices.unread().update(read_at=clock.now())
