from exchange.calendars.models import CalendarAddress
from exchange.documents.models import Document
from exchange.links.models import PersonalLink
from exchange.staff.models import Invitation

__all__ = ["CalendarAddress", "Document", "Invitation", "PersonalLink"]
