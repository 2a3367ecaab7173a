"""What is due, since when, how old: as a person says it."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common import clock
from common.words import day_words


@dataclass(frozen=True)
class Badge:
    tone: str
    label: str


@dataclass(frozen=True)
class Due:
    """When something is to be done; only what is late is said in coral."""

    text: str
    late: bool


def days_since(moment: datetime.datetime | datetime.date) -> int:
    day = moment.astimezone(clock.PARIS).date() if isinstance(moment, datetime.datetime) else moment
    return (clock.today() - day).days


def due_words(day: datetime.date) -> Due:
    days = days_since(day)
    if days > 0:
        return Due(ngettext("%(days)s day late", "%(days)s days late", days) % {"days": days}, late=True)
    if days == 0:
        return Due(_("Today"), late=False)
    return Due(_("Tomorrow") if days == -1 else day_words(day), late=False)


def since_words(moment: datetime.datetime | datetime.date) -> str:
    days = days_since(moment)
    if days <= 0:
        return _("since today")
    return ngettext("for %(days)s day", "for %(days)s days", days) % {"days": days}


def age_words(age: int) -> str:
    return ngettext("%(age)s year old", "%(age)s years old", age) % {"age": age}
