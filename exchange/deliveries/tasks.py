"""Sending. The row is the job; a message of the broker only rings, may be lost and may come twice."""

import datetime
import logging
from contextlib import closing
from smtplib import SMTPDataError, SMTPRecipientsRefused

from celery import shared_task
from django.conf import settings
from django.core.cache import cache
from django.utils import translation
from django.utils.translation import gettext as _

from accounts import letters
from accounts.models import Letter, Membership
from common import clock
from common.queued import JobStatus
from exchange.deliveries.carried import NotWanted, TooLate, message_carried
from exchange.deliveries.lines import MailLine
from exchange.deliveries.models import OPEN, Delivery

logger = logging.getLogger(__name__)
AT_A_TIME = 500  # then other jobs have their turn
FAILED_KEPT = datetime.timedelta(days=30)
AWAY, PAUSE = "exchange.mail_server_away", 60  # seconds during which nobody asks it


@shared_task(name="exchange.deliveries.tasks.send")
def send() -> None:
    """Send what waits, the oldest first, over one connection. Safe to run twice or to be killed.

    Where the server is away one mail tells so, and the others keep their tries.
    """
    with translation.override(settings.LANGUAGE_CODE):
        Delivery.objects.give_up(_("The mail could not be sent."))
    waiting = Delivery.objects.claimable().order_by("asked_at").values_list("pk", flat=True)[:AT_A_TIME]
    send_all(list(waiting))
    forget_letters()


@shared_task(name="exchange.deliveries.tasks.send_one")
def send_one(pk: str) -> None:
    """What somebody waits for: before all that waits."""
    send_all([pk])


def send_all(pks) -> None:
    if cache.get(AWAY):
        return
    with translation.override(settings.LANGUAGE_CODE), closing(MailLine()) as line:
        try:
            for pk in pks:
                if delivery := Delivery.objects.for_sending().claim(pk):
                    deliver(delivery, line)
        except OSError as error:  # smtplib's errors too
            logger.warning("The mail server is away (%s); mail waits.", type(error).__name__)
            cache.set(AWAY, True, PAUSE)


def deliver(delivery: Delivery, line: MailLine) -> None:
    """Send one. Raises `OSError` where the server is away: what waits behind would meet the same."""
    try:
        send_held(delivery, line)
    finally:
        if delivery.letter and delivery.status == JobStatus.FAILED:
            show_failed(delivery.letter, delivery)


def send_held(delivery: Delivery, line: MailLine) -> None:
    """Raises `OSError` once it is put back."""
    try:
        with delivery.held():
            line.carry(delivery, message_carried(delivery))
    except NotWanted:
        delivery.finish()
    except TooLate as late:
        delivery.fail(str(late))
    except (SMTPRecipientsRefused, SMTPDataError) as refusal:  # this one alone
        if is_final(refusal):
            delivery.fail(_("The mail server refuses this message or its address."))
        else:
            delivery.put_back(_("The mail server does not take this message now."))
    except OSError:
        delivery.put_back(_("The mail server does not answer."))
        raise
    except Exception:
        logger.exception("Delivery %s failed on try %s.", delivery.pk, delivery.tries)
        delivery.put_back(_("The mail could not be sent."))
    else:
        delivery.finish()


def is_final(refusal: SMTPRecipientsRefused | SMTPDataError) -> bool:
    """Whether another try would meet the same (RFC 5321: 5xx), as an address that does not exist."""
    if isinstance(refusal, SMTPDataError):
        return refusal.smtp_code >= 500
    return all(code >= 500 for code, _words in refusal.recipients.values())


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
