"""Who is told what about a young person. Data only; `exchange/deliveries` reads it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models.roles import MISSION_LOCALE_STAFF
from exchange.deliveries.table import ByAct, Matter

HAND_OVER: dict[str, Any] = {
    "matter": Matter(
        name="hand_over",
        topic=_("Young people"),
        label=_("You become the referent of a young person, or are so no longer"),
        roles=MISSION_LOCALE_STAFF,
        mutable=False,
    ),
    "subject": "youths.followup",
    "verb": "referent_changed",
    "opens": "desk:youth_file",
    "at": "about_id",
}

NOTICES = (
    ByAct(
        kind="handed_to_you",
        whom=lambda event, follow_up: [event.after["referent"]],
        sentence=_("You are the new referent of a young person."),
        **HAND_OVER,
    ),
    ByAct(
        kind="handed_over",
        whom=lambda event, follow_up: [event.before["referent"]],
        sentence=_("A young person whose referent you were has another one."),
        **HAND_OVER,
    ),
)
