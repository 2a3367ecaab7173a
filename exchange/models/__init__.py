from exchange.calendars.models import CalendarAddress

__all__ = ["CalendarAddress"]
