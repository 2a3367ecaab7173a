from exchange.calendars.models import CalendarAddress
from exchange.links.models import PersonalLink
from exchange.staff.models import Invitation

__all__ = ["CalendarAddress", "Invitation", "PersonalLink"]
