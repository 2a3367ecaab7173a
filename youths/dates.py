from django.utils.translation import gettext as _

from exchange.calendars.dates import Dated, Span, in_calendars
from youths.models import FollowUp, Reminder


@in_calendars
def reminders(member, span: Span) -> list[Dated]:
    """What is to be done for the young people whom this person follows."""
    caseload = FollowUp.objects.open().filter(referent=member).values("youth")
    found = Reminder.objects.visible_to(member).open().filter(youth__in=caseload)
    return [
        Dated(
            key=f"reminder-{reminder.pk}",
            on=reminder.due_on,
            words=_("Reminder: %(initials)s") % {"initials": reminder.youth.initials},
            path=reminder.youth.get_absolute_url(),
            version=reminder.version,
            changed_at=reminder.updated_at,
        )
        for reminder in found.filter(due_on__range=(span.first, span.last)).select_related("youth")
    ]
