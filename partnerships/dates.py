from django.utils.translation import gettext as _

from accounts.models import Role
from exchange.calendars.dates import Dated, Span, in_calendars
from partnerships.models import Agreement

TOLD = {Role.DIRECTOR, Role.LEAD, Role.NETWORK}


@in_calendars
def ends(member, span: Span) -> list[Dated]:
    """The last day of the agreements in force, to those who have to renew or to replace them."""
    if member.reads_as not in TOLD:
        return []
    found = Agreement.objects.visible_to(member).in_force().filter(ends_on__range=(span.first, span.last))
    return [
        Dated(
            key=f"end-{agreement.pk}",
            on=agreement.ends_on,
            words=_("Last day: %(title)s") % {"title": agreement.title},
            path=agreement.get_absolute_url(),
            version=agreement.version,
            changed_at=agreement.updated_at,
        )
        for agreement in found
    ]
