from accounts.models.api_token import ApiToken
from accounts.models.audit import AuditEntry
from accounts.models.event import Event
from accounts.models.membership import Membership, Role
from accounts.models.organisation import Kind, Level, Organisation, Site
from accounts.models.reset import ResetRequest
from accounts.models.session import Session
from accounts.models.usage import Usage
from accounts.models.user import User

__all__ = [
    "ApiToken",
    "AuditEntry",
    "Event",
    "Kind",
    "Level",
    "Membership",
    "Organisation",
    "ResetRequest",
    "Role",
    "Session",
    "Site",
    "Usage",
    "User",
]
