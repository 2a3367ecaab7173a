"""How long somebody stays signed in: some minutes after what was done last, some hours at most.

Both ends stand in the session's own row and are part of the query that reads it, so that a session is over without
anybody ending it.
"""

import datetime
import re

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db.models import QuerySet

from accounts.models.session import Session
from common import clock
from common.prepared import Prepared

BROWSER = "browser"
# What a session is renewed for; every request would cost a write otherwise.
WORTH_WRITING = datetime.timedelta(minutes=1)
SYSTEMS = {
    "Windows": "Windows",
    "Android": "Android",
    "iPhone|iPad": "iOS",
    "Mac OS": "macOS",
    "Linux": "Linux",
}
BROWSERS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "Firefox|FxiOS": "Firefox",
    "Chrom|CriOS": "Chrome",
    "Safari": "Safari",
}


@Prepared
def running(*, key, now) -> QuerySet:
    return Session.objects.filter(session_key=key, expire_date__gt=now)


class SessionStore(DatabaseStore):
    """Sessions in the database, with whose they are, since when, and until when if nothing more is done."""

    began_at: datetime.datetime | None = None
    expires_at: datetime.datetime | None = None

    @classmethod
    def get_model_class(cls):
        return Session

    def _validate_session_key(self, key):
        return super()._validate_session_key(key) and key.isascii() and key.isalnum()

    def _get_session_from_db(self):
        row = next(iter(running.rows(key=self.session_key, now=clock.now())), None)
        self._session_key = row.session_key if row else None
        self.began_at, self.expires_at = (row.began_at, row.expire_date) if row else (None, None)
        return row

    def create(self):
        self.began_at = None  # signing in begins a session of its own
        super().create()

    def create_model_instance(self, data):
        row = super().create_model_instance(data)
        self.began_at = self.began_at or clock.now()
        self.expires_at = self.latest_end()
        row.began_at, row.expire_date = self.began_at, self.expires_at
        row.user_id, row.browser = data.get(SESSION_KEY), data.get(BROWSER, "")
        return row

    def latest_end(self) -> datetime.datetime:
        """When a session ends in which something was done just now."""
        idle = clock.now() + datetime.timedelta(seconds=settings.SESSION_COOKIE_AGE)
        return min(idle, self.began_at + settings.SESSION_LONGEST)

    def renew(self) -> None:
        """Somebody did something: put the end off, where that is worth writing."""
        if SESSION_KEY in self and self.latest_end() - self.expires_at >= WORTH_WRITING:
            self.expires_at = self.latest_end()
            self.modified = True

    @property
    def seconds_left(self) -> int:
        """Until the session ends if nothing more is done; 0 where nobody is signed in."""
        if SESSION_KEY not in self:
            return 0
        return max(0, int((self.expires_at - clock.now()).total_seconds()))


def browser_words(user_agent: str) -> str:
    """«Firefox, Windows», as far as a browser tells; empty where it does not."""
    found = [first_named(names, user_agent) for names in (BROWSERS, SYSTEMS)]
    return ", ".join(filter(None, found))


def first_named(names: dict[str, str], user_agent: str) -> str:
    return next((name for pattern, name in names.items() if re.search(pattern, user_agent)), "")
