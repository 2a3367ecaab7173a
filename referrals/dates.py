from django.utils.translation import gettext as _

from exchange.calendars.dates import Dated, Span, in_calendars
from referrals.models import Referral


@in_calendars
def answers_wanted(member, span: Span) -> list[Dated]:
    """By when a partner is to answer: to whoever answers there, and to who asked here."""
    found = Referral.objects.visible_to(member).to_answer().filter(answer_by__range=(span.first, span.last))
    if member.is_mission_locale_staff:
        found = found.filter(author=member)
    return [
        Dated(
            key=f"answer-{referral.pk}",
            on=referral.answer_by,
            words=words_of(referral),
            path=referral.get_absolute_url(),
            version=referral.version,
            changed_at=referral.updated_at,
        )
        for referral in found.for_reader(member).select_related("youth")
    ]


def words_of(referral) -> str:
    """The initials while the person is shown to the reader, the case otherwise."""
    named = referral.youth.initials if referral.person_shown else referral.number
    return _("Answer wanted: %(named)s") % {"named": named}
