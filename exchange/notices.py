"""Who is told what of links. Data only; `exchange/deliveries` reads it."""

from django.utils.translation import gettext_lazy as _

from exchange.deliveries.table import Telling


def sender(event, link) -> list:
    member = link.kind.sender(link.subject)
    return [member.pk] if member else []


NOTICES = (
    Telling(
        "link_blocked",
        subject="exchange.personallink",
        verb="link_blocked",
        whom=sender,
        sentence=_("A link was closed after five wrong codes."),
        opens="exchange:link_blocked",
    ),
)
