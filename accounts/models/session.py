from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models

from accounts.models.user import User
from common import clock


class SessionQuerySet(models.QuerySet):
    def running(self, user):
        """Where that person is signed in now, the newest first."""
        return self.filter(user=user, expire_date__gt=clock.now()).order_by("-began_at", "pk")


class Session(AbstractBaseSession):
    """A browser in which somebody is signed in, or about to be. `accounts/sessions.py` alone writes it.

    No constraint but its key: the library takes any that fails for a key in use, and tries for ever.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="sessions")
    began_at = models.DateTimeField(default=clock.now)  # of signing in
    browser = models.CharField(max_length=60, blank=True)  # in words, for its owner

    objects = BaseSessionManager.from_queryset(SessionQuerySet)()
