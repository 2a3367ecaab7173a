"""Writes of what is told, sent and read."""

from functools import partial

from django.db import models, transaction

from accounts import letters
from accounts.letters import LetterKind
from accounts.models import Event, Letter, Membership
from common import clock
from common.queued import ring
from exchange.deliveries.models import Channel, Delivery, Notice
from exchange.deliveries.preferences import Preference, way_of
from exchange.deliveries.table import Way, by_act
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
    if kinds:
        store([Notice(event=event, member_id=pk, kind=kind) for pk, kind in kinds.items()])


def store(notices: list[Notice]) -> int:
    """Keep those of people who still act, in a role that the matter concerns, and send each in the way they chose.

    Returns how many are new: of an occasion that was told already nothing is kept, nor sent.
    """
    active = Membership.objects.active().filter(pk__in={notice.member_id for notice in notices})
    people = {str(member.pk): member for member in active}
    told = [n for n in notices if (m := people.get(str(n.member_id))) and m.role in n.telling.matter.roles]
    chosen = Preference.objects.ways(people)
    by_text = {(str(member), matter): way for (member, matter), way in chosen.items()}
    for notice in told:
        matter = notice.telling.matter
        notice.way = way_of(matter, by_text.get((str(notice.member_id), matter.name)))
    Notice.objects.bulk_create(told, ignore_conflicts=True)
    kept = set(Notice.objects.filter(pk__in=[notice.pk for notice in told]).values_list("pk", flat=True))
    at_once = [n for n in told if n.pk in kept and n.way == Way.AT_ONCE]
    Delivery.objects.bulk_create(
        [
            Delivery(notice=notice, organisation_id=people[str(notice.member_id)].organisation_id)
            for notice in at_once
        ]
    )
    return len(kept)


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


def deliver_code(kind: LetterKind, address: str, *, occasion: str) -> None:
    """Send a one-time code by the kind's channel, to a mailbox or a telephone; once for each occasion.

    `kind.compose` makes the code as the message is written and keeps its hash alone, so that it is stored nowhere.
    Its `serves` is how long the code serves: what leaves later would only mislead.
    """
    letters.write(kind, address, occasion=occasion)
