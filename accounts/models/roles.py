"""The roles, and which kinds of organisation have them. Data only."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    COUNSELLOR = "counsellor", _("Counsellor")
    DIRECTOR = "director", _("Director")
    RECEPTION = "reception", _("Reception")
    AGENT = "agent", _("Partner’s agent")
    LEAD = "lead", _("Partner’s lead agent")
    NETWORK = "network", _("Network head")
    VOLUNTEER = "volunteer", _("Volunteer mentor")
    ADMINISTRATOR = "administrator", _("Platform administrator")
    CLIENT = "client", _("API client")


MISSION_LOCALE_STAFF = frozenset({Role.COUNSELLOR, Role.DIRECTOR})
PARTNER_STAFF = frozenset({Role.AGENT, Role.LEAD})
# Who runs the staff of an organisation, and in which roles people are invited there.
ROLES_RUN_BY: dict[str, list[str]] = {
    Role.DIRECTOR: [Role.COUNSELLOR, Role.DIRECTOR, Role.RECEPTION, Role.VOLUNTEER],
    Role.LEAD: [Role.AGENT, Role.LEAD],
}
# Who reads the directory of organisations and offers; a client reads as one of them.
DIRECTORY_READERS = frozenset(Role) - {Role.VOLUNTEER, Role.CLIENT}
ROLES_IN_A_MISSION_LOCALE = [Role.COUNSELLOR, Role.DIRECTOR, Role.RECEPTION, Role.VOLUNTEER, Role.CLIENT]
ROLES_IN_A_UNION = [Role.NETWORK, Role.CLIENT]
ROLES_IN_A_PARTNER = [Role.AGENT, Role.LEAD, Role.NETWORK, Role.CLIENT]
