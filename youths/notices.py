"""Who is told what about a young person. Data only; `exchange/deliveries` reads it."""

from django.utils.translation import gettext_lazy as _

from exchange.deliveries.table import Telling

HAND_OVER = {
    "subject": "youths.followup",
    "verb": "referent_changed",
    "opens": "desk:youth_file",
    "at": "about_id",
}

NOTICES = (
    Telling(
        "handed_to_you",
        whom=lambda event, follow_up: [event.after["referent"]],
        sentence=_("You are the new referent of a young person."),
        **HAND_OVER,
    ),
    Telling(
        "handed_over",
        whom=lambda event, follow_up: [event.before["referent"]],
        sentence=_("A young person whose referent you were has another one."),
        **HAND_OVER,
    ),
)
