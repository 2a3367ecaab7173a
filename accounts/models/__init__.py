from accounts.models.api_token import ApiToken
from accounts.models.audit import AuditEntry
from accounts.models.event import Event
from accounts.models.guess import Guesses, KnownDevice
from accounts.models.letter import Letter
from accounts.models.membership import Membership, Role
from accounts.models.organisation import Kind, Level, Organisation, Site
from accounts.models.session import Session
from accounts.models.usage import Usage
from accounts.models.user import User

__all__ = [
    "ApiToken",
    "AuditEntry",
    "Event",
    "Guesses",
    "Kind",
    "KnownDevice",
    "Letter",
    "Level",
    "Membership",
    "Organisation",
    "Role",
    "Session",
    "Site",
    "Usage",
    "User",
]
