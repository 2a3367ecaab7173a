"""Writing a message."""

from django.db import models, transaction
from django.utils.translation import gettext as _

from accounts import changes
from common.errors import WrongStatus
from exchange.threads.conversation import about, is_joined_by
from exchange.threads.models import Message


class Closed(WrongStatus):
    """Nobody writes here any more, or this member never could."""

    code = "conversation_closed"


def say(message: Message, *, on: models.Model, by) -> Message:
    """Add a message to the record's conversation. A double click gives back the first click's message.

    Whoever closes the conversation meanwhile waits for it, or it is refused: the record's row is held.
    Raises `Closed`, `ValidationError` for a text that is empty or too long, `Stale` for an id already taken.
    """
    message.subject_type, message.subject_id = on._meta.label_lower, on.pk
    message.author, message.text = by, message.text.replace("\r\n", "\n").strip()
    message.full_clean(validate_unique=False)
    with transaction.atomic():
        type(on)._default_manager.select_for_update(of=("self",), no_key=True).get(pk=on.pk)
        if not is_joined_by(on, by):
            raise Closed(_("This conversation is closed: your message was not sent. Copy it if you need it."))
        return changes.create(message, by=by, about=about(on))
