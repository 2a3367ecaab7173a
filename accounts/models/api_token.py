import datetime
import hashlib
import secrets
import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.membership import Membership
from common import clock

SCOPES = ("read", "write")
LONGEST = 365  # days


def digest(secret: str) -> str:
    """SHA-256 suffices: the secret has 256 random bits, there is nothing to guess."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


class ApiTokenQuerySet(models.QuerySet):
    def usable(self, now):
        active = Membership.objects.active()
        return self.filter(expires_at__gt=now, revoked_at=None, membership__in=active)

    def issue(self, *, membership, name, scopes, days=LONGEST):
        """Make a token, for a year at most; returns (token, secret). The secret is not kept: it is shown once."""
        secret = f"psr_{secrets.token_urlsafe(32)}"
        expires_at = clock.now() + datetime.timedelta(days=min(days, LONGEST))
        token = self.create(
            membership=membership,
            name=name,
            scopes=sorted(scopes),
            digest=digest(secret),
            expires_at=expires_at,
        )
        return token, secret


class ApiToken(models.Model):
    """A client's key: hashed, scoped, expiring, revocable."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    membership = models.ForeignKey(
        Membership, on_delete=models.PROTECT, related_name="api_tokens", db_index=False
    )
    name = models.CharField(max_length=100)
    scopes = models.JSONField(default=list)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    last_used_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("API token")

    def __str__(self):
        return self.name

    def note_use(self):
        """The day alone, written once a day: reading costs no write."""
        today = clock.today()
        if self.last_used_on != today:
            type(self).objects.filter(pk=self.pk).update(last_used_on=today)

    def revoke(self):
        type(self).objects.filter(pk=self.pk, revoked_at=None).update(revoked_at=clock.now())
