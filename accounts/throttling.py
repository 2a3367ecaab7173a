"""So many calls and so many rows a minute for each token, counted once for all processes."""

from django.conf import settings
from rest_framework.throttling import BaseThrottle

from accounts.models import Usage
from common import clock

MINUTE = 60


class CallerThrottle(BaseThrottle):
    """A runaway client stops, a busy one is not slowed down. Costs one row written a call."""

    def allow_request(self, request, view):
        caller = caller_of(request)
        if caller is None:
            return True
        now = clock.now().timestamp()
        self.left = MINUTE - now % MINUTE
        calls, rows = Usage.count_call(caller, int(now // MINUTE))
        return calls <= settings.API_CALLS_A_MINUTE and rows < settings.API_ROWS_A_MINUTE

    def wait(self):
        """Seconds until the next minute, at least one."""
        return max(1, round(self.left + 0.5))


def caller_of(request):
    """The token, or the person whose browser calls; None for nobody, who gets no further than 401."""
    if request.auth is not None:
        return request.auth.pk
    return request.member.pk if request.member else None


def count_rows(request, rows: int) -> None:
    """What was read counts as well: a page of 500 is more than one of 1."""
    caller = caller_of(request)
    if caller is not None and rows:
        Usage.count_rows(caller, rows)
