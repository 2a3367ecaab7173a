"""The dates of a person as calendars read them (RFC 5545)."""

import datetime

from django.conf import settings
from icalendar import Calendar
from icalendar import Event as Entry  # ours are history

from common import clock
from exchange.calendars.dates import Dated

LOOK_AGAIN = datetime.timedelta(hours=1)
PRODUCT = "-//Passerelle//Passerelle//FR"


def feed_of(dates: list[Dated], gone: dict) -> bytes:
    """Whole days that block nobody's time; what was told and is there no longer is cancelled."""
    calendar = Calendar.new(prodid=PRODUCT, name="Passerelle", refresh_interval=LOOK_AGAIN)
    calendar.add("method", "PUBLISH")
    calendar.add("x-published-ttl", LOOK_AGAIN)
    for dated in dates:
        event = event_of(dated.key, dated.on, dated.version, dated.changed_at)
        event.add("summary", dated.words)
        event.add("url", settings.SITE_URL + dated.path)
        calendar.add_component(event)
    for key, (on, version, since) in gone.items():
        moment = datetime.datetime.fromisoformat(since)
        event = event_of(key, datetime.date.fromisoformat(on), version + 1, moment)
        event.add("summary", "Passerelle")
        event.add("status", "CANCELLED")
        calendar.add_component(event)
    return calendar.to_ical()


def event_of(key: str, on: datetime.date, version: int, changed_at: datetime.datetime) -> Entry:
    event = Entry()
    event.add("uid", f"{key}@passerelle")
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    event.add("sequence", version)
    event.add("dtstart", on)
    event.add("dtend", on + clock.ONE_DAY)
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    return event
