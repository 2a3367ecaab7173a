from django.utils.translation import gettext as _

from evaluations.queries import due_to
from exchange.calendars.dates import Dated, Span, in_calendars


@in_calendars
def evaluations_due(member, span: Span) -> list[Dated]:
    """From when on a year of an agreement calls for its evaluation, and no one has opened it."""
    return [
        Dated(
            key=f"evaluation-{due.agreement.pk}-{due.year}",
            on=due.since,
            words=_("Evaluation due: %(title)s") % {"title": due.agreement.title},
            path=due.agreement.get_absolute_url(),
            version=due.agreement.version,
            changed_at=due.agreement.updated_at,
        )
        for due in due_to(member, until=span.last)
        if due.since >= span.first
    ]
