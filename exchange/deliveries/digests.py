"""The mail of the day: what waits for a person who wants to hear of it once a day."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.models import Membership
from exchange.deliveries.models import Delivery, Digest, Notice


def gather(today: datetime.date) -> int:
    """A digest for each person for whom something waits that they have not read; returns how many it made.

    Nobody has two of one day. Once made, a notice is in no other: after days without a worker there is one mail.
    """
    served = Digest.objects.filter(day=today).values("member")
    waiting = Notice.objects.awaiting_digest().exclude(member__in=served).order_by().values("member")
    return sum(gather_for(member, today) for member in Membership.objects.active().filter(pk__in=waiting))


@transaction.atomic
def gather_for(member: Membership, today: datetime.date) -> bool:
    digest = Digest(member=member, day=today)
    Digest.objects.bulk_create([digest], ignore_conflicts=True)
    if not Digest.objects.filter(pk=digest.pk).exists():  # another worker was faster
        return False
    if not Notice.objects.awaiting_digest().filter(member=member).update(digest=digest):
        digest.delete()  # all was read meanwhile
        return False
    Delivery.objects.create(digest=digest, organisation_id=member.organisation_id)
    return True


@dataclass(frozen=True)
class Line:
    """A sentence, of how many notices, and the page with them."""

    sentence: str | Promise
    count: int
    address: str

    @property
    def words(self) -> str:
        if self.count == 1:
            return str(self.sentence)
        return _("%(count)s × %(sentence)s") % {"count": self.count, "sentence": self.sentence}


def lines_of(digest: Digest) -> list[Line]:
    """Of what waits still, each sentence once."""
    by_kind: dict[str, list[Notice]] = {}
    for notice in digest.notices.unread().order_by("told_at", "pk"):
        by_kind.setdefault(notice.kind, []).append(notice)
    return [Line(found[0].sentence, len(found), address_of(found)) for found in by_kind.values()]


def address_of(notices: list[Notice]) -> str:
    """The one notice, which leads on to its record; the list of them where there are more."""
    if len(notices) == 1:
        return notices[0].get_absolute_url()
    return f"{reverse('exchange:notice_list')}?unread=true&kind={notices[0].kind}"
