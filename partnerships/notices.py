"""Who is told what about an agreement. Data only; `exchange/deliveries` reads it."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Role
from exchange.deliveries.table import Telling

DIRECTIONS = [Role.DIRECTOR, Role.LEAD, Role.NETWORK]


def directions(event, agreement):
    """Who may sign for a party."""
    parties = agreement.parties.order_by().values("organisation")
    people = Membership.objects.filter(organisation__in=parties, role__in=DIRECTIONS)
    return people.values_list("pk", flat=True)


NOTICES = (
    Telling(
        "agreement_to_sign",
        subject="partnerships.agreement",
        verb="submit",
        whom=directions,
        sentence=_("An agreement waits for your organisation’s signature."),
        opens="desk:agreement_page",
    ),
)
