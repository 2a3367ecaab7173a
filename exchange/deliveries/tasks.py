"""Sending. The row is the job; a message of the broker only rings, may be lost and may come twice."""

import logging
from smtplib import SMTPDataError, SMTPRecipientsRefused

from celery import shared_task
from django.conf import settings
from django.core.cache import cache
from django.core.mail import get_connection
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import Membership
from exchange.deliveries.mail import message_of
from exchange.deliveries.models import Delivery

logger = logging.getLogger(__name__)
AT_A_TIME = 500  # then other jobs have their turn
AWAY, PAUSE = "exchange.mail_server_away", 60  # seconds during which nobody asks it


@shared_task(name="exchange.deliveries.tasks.send")
def send() -> None:
    """Send what waits, the oldest first, over one connection. Safe to run twice or to be killed.

    Where the server is away one mail tells so, and the others keep their tries.
    """
    if cache.get(AWAY):
        return
    with translation.override(settings.LANGUAGE_CODE):
        Delivery.objects.give_up(_("The mail could not be sent."))
        waiting = Delivery.objects.claimable().order_by("asked_at").values_list("pk", flat=True)[:AT_A_TIME]
        connection = get_connection()
        try:
            for pk in list(waiting):
                if delivery := Delivery.objects.for_sending().claim(pk):
                    deliver(delivery, connection)
        except OSError as error:  # smtplib's errors too
            logger.warning("The mail server is away (%s); mail waits.", type(error).__name__)
            cache.set(AWAY, True, PAUSE)
        finally:
            connection.close()


def deliver(delivery: Delivery, connection) -> None:
    """Send one. Raises `OSError` where the server is away: what waits behind would meet the same."""
    if not Membership.objects.active().filter(pk=delivery.notice.member_id).exists():
        delivery.fail(_("The person has left meanwhile."))
        return
    try:
        with delivery.held():
            connection.open()
            connection.send_messages([message_of(delivery)])
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
