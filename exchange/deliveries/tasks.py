"""Sending. The row is the job; a message of the broker only rings, may be lost and may come twice."""

import datetime
import logging
from contextlib import ExitStack, closing

from celery import shared_task
from django.conf import settings
from django.core.cache import cache
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import letters
from accounts.models import Letter, Membership
from common import clock
from common.queued import JobStatus
from exchange.deliveries.carried import NotWanted, TooLate, message_carried
from exchange.deliveries.lines import LINES, Line, Refused
from exchange.deliveries.models import OPEN, Channel, Delivery

logger = logging.getLogger(__name__)
AT_A_TIME = 500  # then other jobs have their turn
FAILED_KEPT = datetime.timedelta(days=30)
# Whose server is away, for so many seconds in which nobody asks it.
AWAY, PAUSE = {channel: f"exchange.away.{channel}" for channel in Channel}, 60
SENTENCES = {
    Channel.MAIL: {
        "refused": gettext_lazy("The mail server refuses this message or its address."),
        "later": gettext_lazy("The mail server does not take this message now."),
        "away": gettext_lazy("The mail server does not answer."),
    },
    Channel.SMS: {
        "refused": gettext_lazy("The SMS gateway refuses this message or its number."),
        "later": gettext_lazy("The SMS gateway does not take this message now."),
        "away": gettext_lazy("The SMS gateway does not answer."),
    },
}


@shared_task(name="exchange.deliveries.tasks.send")
def send() -> None:
    """Send what waits, the oldest first, over one connection. Safe to run twice or to be killed.

    Where the server is away one message tells so, and the others keep their tries.
    """
    with translation.override(settings.LANGUAGE_CODE):
        Delivery.objects.give_up(_("The message could not be sent."))
    send_all(Delivery.objects.claimable().order_by("asked_at"))
    forget_letters()


@shared_task(name="exchange.deliveries.tasks.send_one")
def send_one(pk: str) -> None:
    """What somebody waits for: before all that waits."""
    send_all(Delivery.objects.filter(pk=pk))


def send_all(waiting: QuerySet) -> None:
    known = cache.get_many(AWAY.values())
    away = {channel for channel, key in AWAY.items() if key in known}
    found = waiting.exclude(channel__in=away).values_list("pk", "channel")[:AT_A_TIME]
    with translation.override(settings.LANGUAGE_CODE), ExitStack() as opened:
        lines = {channel: opened.enter_context(closing(line())) for channel, line in LINES.items()}
        for pk, channel in list(found):
            if channel in away:
                continue
            try:
                if delivery := Delivery.objects.for_sending().claim(pk):
                    deliver(delivery, lines[Channel(channel)])
            except OSError as error:
                logger.warning("The server of %s is away (%s): it waits.", channel, type(error).__name__)
                away.add(channel)
                cache.set(AWAY[Channel(channel)], True, PAUSE)


def deliver(delivery: Delivery, line: Line) -> None:
    """Send one. Raises `OSError` where the server is away: what waits behind would meet the same."""
    try:
        send_held(delivery, line)
    finally:
        if delivery.letter and delivery.status == JobStatus.FAILED:
            show_failed(delivery.letter, delivery)


def send_held(delivery: Delivery, line: Line) -> None:
    """Raises `OSError` once it is put back."""
    said = SENTENCES[Channel(delivery.channel)]
    try:
        with delivery.held():
            line.carry(delivery, message_carried(delivery))
    except NotWanted:
        delivery.finish()
    except TooLate as late:
        delivery.fail(str(late))
    except Refused as refusal:
        if refusal.for_good:
            delivery.fail(str(said["refused"]))
        else:
            delivery.put_back(str(said["later"]))
    except OSError:
        delivery.put_back(str(said["away"]))
        raise
    except Exception:
        logger.exception("Delivery %s failed on try %s.", delivery.pk, delivery.tries)
        delivery.put_back(_("The message could not be sent."))
    else:
        delivery.finish()


def show_failed(letter: Letter, delivery: Delivery) -> None:
    """Who runs the staff where its reader works, the longest if there are two, hears of it for a month."""
    owner = letters.owner_of(letter)
    first = Membership.objects.active().filter(user=owner).order_by("starts_on", "pk").first()
    if first:
        Delivery.objects.filter(pk=delivery.pk).update(organisation=first.organisation_id)
    Letter.objects.filter(pk=letter.pk).update(kept_until=clock.now() + FAILED_KEPT)


def forget_letters() -> None:
    """Whose address was typed is kept until the next letter may be written."""
    over = (
        Letter.objects.filter(kept_until__lt=clock.now()).order_by("kept_until").values_list("pk", flat=True)
    )
    served = Delivery.objects.filter(letter__in=list(over[:AT_A_TIME])).exclude(status__in=OPEN)
    forgotten = list(served.values_list("letter", flat=True))
    if forgotten:
        served.delete()
        Letter.objects.filter(pk__in=forgotten).delete()
