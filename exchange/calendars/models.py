import datetime
import secrets
import uuid
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership
from accounts.models.api_token import digest
from common import clock

CANCELLED_FOR = datetime.timedelta(days=7)  # as long as the slowest calendar of several takes to look


class CalendarAddressQuerySet(models.QuerySet):
    def usable(self):
        """Not revoked, of people who may read today: who left or has no second factor any more is told nothing."""
        return self.filter(revoked_at=None, member__in=Membership.objects.able_to_read_files().values("pk"))

    def renew(self, member):
        """An address for this person, whose former one ends; returns (address, secret). Only a hash is kept."""
        secret = secrets.token_urlsafe(32)
        with transaction.atomic():
            self.revoke(member)
            try:
                with transaction.atomic():
                    return self.create(member=member, digest=digest(secret)), secret
            except IntegrityError:  # the other of two clicks was faster
                self.revoke(member)
                return self.create(member=member, digest=digest(secret)), secret

    def revoke(self, member) -> bool:
        return bool(self.filter(member=member, revoked_at=None).update(revoked_at=clock.now()))


class CalendarAddress(models.Model):
    """Where a person's calendar looks up its dates, without a sign-in: private, one at a time, revocable."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", db_index=False)
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=clock.now)
    revoked_at = models.DateTimeField(null=True)
    # What calendars were told: the day and version of each key, and since when it is no longer there.
    told = models.JSONField(default=dict)

    objects = CalendarAddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar address")
        constraints = [
            models.UniqueConstraint(name="calendaraddress_one_for_each_secret", fields=["digest"]),
            models.UniqueConstraint(
                name="calendaraddress_one_open_per_member", fields=["member"], condition=Q(revoked_at=None)
            ),
        ]

    def __str__(self):
        return str(self.member)

    def tell(self, dates) -> dict[str, Any]:
        """Remember what calendars are told now; returns what they were told that is no longer there."""
        now = clock.now()
        present = {dated.key: [dated.on.isoformat(), dated.version, None] for dated in dates}
        gone = {
            key: [on, version, since or now.isoformat()]
            for key, (on, version, since) in self.told.items()
            if key not in present and (since is None or since > (now - CANCELLED_FOR).isoformat())
        }
        if (told := present | gone) != self.told:
            type(self).objects.filter(pk=self.pk).update(told=told)
        return gone
