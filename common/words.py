"""Days and moments as a person reads them, one way on every page. The `date` filter is slow in long lists."""

import datetime

from django.utils.translation import gettext as _

from common import clock


def day_words(day: datetime.date) -> str:
    return f"{day:%d/%m/%Y}"


def moment_words(moment: datetime.datetime) -> str:
    """'Today, 09:42' or '17/11/2026, 14:10', Paris time."""
    local = moment.astimezone(clock.PARIS)
    if local.date() == clock.today():
        return _("Today, %(time)s") % {"time": f"{local:%H:%M}"}
    return f"{local:%d/%m/%Y, %H:%M}"


def machine_moment(moment: datetime.datetime) -> str:
    """For `<time datetime>`, which takes no more than thousandths of a second: whole ones, in UTC."""
    return f"{moment.astimezone(datetime.UTC):%Y-%m-%dT%H:%M:%SZ}"


def day_of(moment: datetime.datetime | None) -> str:
    return day_words(moment.astimezone(clock.PARIS).date()) if moment else ""
