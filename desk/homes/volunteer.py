"""What a volunteer finds: whom to reach, and the own account. Mandates are not kept here yet, so there is no youth."""

from allauth.mfa.utils import is_mfa_enabled
from django.utils.translation import gettext as _


def home(member) -> dict:
    return {
        "structure": structure(member.organisation),
        "address": [(_("Address you sign in with"), member.user.email)],
        "has_second_factor": is_mfa_enabled(member.user),
    }


def structure(organisation) -> list[tuple[str, str]]:
    """What is known of the own organisation: where it is, and where it receives people."""
    sites = [f"{site} ({site.commune})" if site.commune else str(site) for site in organisation.sites.all()]
    return [
        (_("Name"), organisation.name),
        (_("Address"), organisation.address),
        (_("Municipality"), organisation.commune),
        (_("Sites"), ", ".join(sites)),
    ]
