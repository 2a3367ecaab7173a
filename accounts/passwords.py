"""A password that would be guessed is refused, whatever its length."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from zxcvbn import zxcvbn

LONGEST_JUDGED = 72  # characters; more take the judge seconds, and nobody guesses so many
GOOD = 4  # of 0 to 4: ten thousand million guesses or more
OF_THE_TRADE = [
    "passerelle",
    "mission",
    "locale",
    "missionlocale",
    "jeune",
    "jeunes",
    "conseiller",
    "conseillere",
    "direction",
    "convention",
    "orientation",
    "accompagnement",
    "motdepasse",
    "azerty",
    "azertyuiop",
    "bonjour",
    "soleil",
    "doudou",
    "chouchou",
    "france",
]


class NotGuessable:
    """Judges offline, knowing what somebody would try first: the trade's words, the own names and organisations'."""

    def validate(self, password, user=None):
        judged = zxcvbn(password[:LONGEST_JUDGED], user_inputs=[*OF_THE_TRADE, *words_about(user)])
        if judged["score"] < GOOD:
            raise ValidationError(
                _("This password would be guessed: it is made of words and figures that are tried first."),
                code="guessable",
            )

    def get_help_text(self) -> str:
        return _(
            "Four or five words that have nothing to do with each other, nor with you or your work, do well."
        )


def words_about(user) -> list[str]:
    if user is None or not user.pk:
        return []
    texts = [user.first_name, user.last_name, user.email]
    for member in user.memberships.select_related("organisation"):
        organisation = member.organisation
        texts += [organisation.name, organisation.short_name, organisation.commune]
    words = [word for text in texts for word in re.split(r"[\W_]+", text.lower())]
    return [word for word in [*words, *map(str.lower, texts)] if len(word) > 2]
