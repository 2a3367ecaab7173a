"""The lines by which messages leave: one connection to the mail server for all that waits, and a gateway for SMS."""

from smtplib import SMTPDataError, SMTPRecipientsRefused
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import get_connection
from django.utils import translation

from common.mail import message_of
from exchange.deliveries.carried import Message
from exchange.deliveries.models import Channel, Delivery
from exchange.deliveries.sms import carry_text


class Refused(Exception):
    """This message alone is not taken; `for_good` where another try would meet the same."""

    def __init__(self, *, for_good: bool):
        super().__init__()
        self.for_good = for_good


class MailLine:
    def __init__(self):
        self.connection = get_connection()

    def carry(self, delivery: Delivery, message: Message) -> None:
        """Raises `Refused`, or `OSError` (smtplib's errors too) where the server is away."""
        with translation.override(message.language):
            mail = message_of(message.words, message.to, message_id(delivery))
        self.connection.open()
        try:
            self.connection.send_messages([mail])
        except (SMTPRecipientsRefused, SMTPDataError) as refusal:
            raise Refused(for_good=is_final(refusal)) from refusal

    def close(self) -> None:
        self.connection.close()


class SmsLine:
    def carry(self, delivery: Delivery, message: Message) -> None:
        """Raises `Refused`, or `OSError` where the gateway is away."""
        status = carry_text(message.to, message.words.subject, name=name_of(delivery))
        if status >= 500 or status in {408, 425, 429}:
            raise ConnectionError(f"The gateway answers {status}")
        if status >= 300:
            raise Refused(for_good=True)

    def close(self) -> None:
        """Nothing stays open."""


Line = MailLine | SmsLine
LINES: dict[Channel, type[Line]] = {Channel.MAIL: MailLine, Channel.SMS: SmsLine}


def name_of(delivery: Delivery) -> str:
    """The same at each try, but where each holds another secret: whoever drops doubles would keep the first alone."""
    holds_secret = delivery.link_id or delivery.channel == Channel.SMS
    return f"{delivery.pk}.{delivery.tries}" if holds_secret else str(delivery.pk)


def message_id(delivery: Delivery) -> str:
    return f"<{name_of(delivery)}@{urlsplit(settings.SITE_URL).hostname}>"


def is_final(refusal: SMTPRecipientsRefused | SMTPDataError) -> bool:
    """Whether another try would meet the same (RFC 5321: 5xx), as an address that does not exist."""
    if isinstance(refusal, SMTPDataError):
        return refusal.smtp_code >= 500
    return all(code >= 500 for code, _words in refusal.recipients.values())
