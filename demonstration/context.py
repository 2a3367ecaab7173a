"""What every page says of the demonstration, in the demonstration."""

from django.conf import settings
from django.urls import reverse


def mailbox(request) -> dict:
    """Context processor: where its mails are read; empty elsewhere."""
    return {"mailbox_url": reverse("demonstration:mail_list") if settings.DEMO else ""}
