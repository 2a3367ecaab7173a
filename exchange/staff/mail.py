"""The mail that invites."""

from django.utils.translation import gettext as _

from common.mail import Words
from common.words import day_words


def invitation_words(link, address: str) -> Words:
    invitation = link.subject
    names = {
        "name": invitation.invited_by,
        "organisation": invitation.organisation,
        "role": invitation.get_role_display(),
    }
    return Words(
        subject=_("%(organisation)s invites you") % names,
        paragraphs=[
            _("%(name)s invites you to Passerelle, for %(organisation)s. Your role: %(role)s.") % names,
            _("Open this link, read what it says, and accept with the button."),
        ],
        button=_("Read the invitation"),
        url=address,
        small=[
            _("It serves once, until %(day)s. It is for you alone: do not pass it on.")
            % {"day": day_words(link.last_day)}
        ],
    )
