"""So many requests a minute for each caller."""

from django.core.cache import caches
from rest_framework.throttling import SimpleRateThrottle

from common import clock


class CallerThrottle(SimpleRateThrottle):
    """Counts in fixed windows, in this process's memory: a runaway client stops, a busy one is not slowed down.

    REST framework's own throttle keeps a list of moments, in a cache that is a database table here: several
    queries and the write lock for each request.
    """

    scope = "caller"

    def get_cache_key(self, request, view):
        return str(request.member.pk) if request.member else None

    def allow_request(self, request, view):
        caller = self.get_cache_key(request, view)
        if caller is None or self.rate is None:
            return True
        elapsed = clock.now().timestamp()
        window = int(elapsed // self.duration)
        self.left = self.duration - elapsed % self.duration
        key = f"{caller}:{window}"
        counters = caches["throttle"]
        counters.add(key, 0, timeout=self.duration * 2)
        return counters.incr(key) <= self.num_requests

    def wait(self):
        """Seconds until the next window, at least one."""
        return max(1, round(self.left + 0.5))
