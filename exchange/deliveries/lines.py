"""The lines by which messages leave: one connection to the mail server for all that waits."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import get_connection
from django.utils import translation

from common.mail import message_of
from exchange.deliveries.carried import Message
from exchange.deliveries.models import Delivery


class MailLine:
    def __init__(self):
        self.connection = get_connection()

    def carry(self, delivery: Delivery, message: Message) -> None:
        """Raises `OSError`, smtplib's errors among them."""
        with translation.override(message.language):
            mail = message_of(message.words, message.to, message_id(delivery))
        self.connection.open()
        self.connection.send_messages([mail])

    def close(self) -> None:
        self.connection.close()


def message_id(delivery: Delivery) -> str:
    """The same at each try, but where the mail holds another secret: readers of mail may keep the first alone."""
    name = f"{delivery.pk}.{delivery.tries}" if delivery.link_id else str(delivery.pk)
    return f"<{name}@{urlsplit(settings.SITE_URL).hostname}>"
