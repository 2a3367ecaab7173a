"""Which referrals without an answer come to a date, and whom that concerns. Each reads one range of an index."""

import datetime
from collections import defaultdict
from collections.abc import Iterator

from accounts.models import Membership
from accounts.models.roles import MISSION_LOCALE_STAFF, PARTNER_STAFF
from common import clock
from exchange.deliveries.table import CAUGHT_UP
from partnerships.models import Party
from referrals.models import Referral
from referrals.models.referral import expires_on
from referrals.models.referral_queryset import EXPIRES_AFTER

READERS = MISSION_LOCALE_STAFF | PARTNER_STAFF
ASKED_AGAIN = (1, 7)  # days after the date by which an answer was wanted
SINGLE_CONTACTS = datetime.timedelta(days=14)
BEFORE_ANSWER = datetime.timedelta(days=3)
BEFORE_EXPIRY = datetime.timedelta(days=10)


# Which, each with the name of its occasion: another date is another occasion.


def wanted(today) -> Iterator[tuple]:
    for pk, day in answer_between(today, today + BEFORE_ANSWER):
        yield pk, day.isoformat()


def late(today) -> Iterator[tuple]:
    """The day after the answer was wanted, and once more a week after it."""
    for pk, day in answer_between(today - CAUGHT_UP, today - clock.ONE_DAY):
        days = max(days for days in ASKED_AGAIN if days <= (today - day).days)
        yield pk, f"{day}+{days}"


def escalated(today) -> Iterator[tuple]:
    """After both."""
    for pk, day in answer_between(today - CAUGHT_UP, today - SINGLE_CONTACTS):
        yield pk, day.isoformat()


def expiring(today) -> Iterator[tuple]:
    return expiry_between(today, today + BEFORE_EXPIRY)


def expired(today) -> Iterator[tuple]:
    return expiry_between(today - CAUGHT_UP, today - clock.ONE_DAY)


def answer_between(first, last):
    found = Referral.objects.answerable().filter(answer_by__range=(first, last))
    return found.order_by("answer_by", "pk").values_list("pk", "answer_by")


def expiry_between(first, last) -> Iterator[tuple]:
    """Those of which these are the first and the last possible day after which no answer is taken."""
    since, until = (clock.midnight(day).astimezone(datetime.UTC) for day in (first, last + clock.ONE_DAY))
    found = Referral.objects.to_answer().filter(
        sent_at__gte=since - EXPIRES_AFTER, sent_at__lt=until - EXPIRES_AFTER
    )
    for pk, sent_at in found.order_by("sent_at", "pk").values_list("pk", "sent_at"):
        yield pk, expires_on(sent_at).isoformat()


# Whom. Who left, and who has another role by now, is told nothing whatever stands here.


def both_sides(pks) -> Iterator[tuple]:
    """Its author, and the people of the recipient who see it: nobody sees a letter there."""
    found = Referral.objects.filter(pk__in=pks).values_list("pk", "author", "recipient", "by_letter")
    answering = staff_of({recipient for _pk, _author, recipient, by_letter in found if not by_letter})
    for pk, author, recipient, by_letter in found:
        yield pk, author
        for member in [] if by_letter else answering[recipient]:
            yield pk, member


def staff_of(organisations) -> dict:
    found = defaultdict(list)
    people = Membership.objects.filter(organisation__in=organisations, role__in=sorted(READERS))
    for organisation, member in people.values_list("organisation", "pk"):
        found[organisation].append(member)
    return found


def single_contacts(pks) -> Iterator[tuple]:
    """Of the sender and of the recipient under the agreement, not of a network, which does not see referrals."""
    found = list(Referral.objects.filter(pk__in=pks).values_list("pk", "agreement", "sender", "recipient"))
    parties = Party.objects.filter(agreement__in={row[1] for row in found}).exclude(contact=None)
    rows = parties.order_by().values_list("agreement", "organisation", "contact")
    contacts = {(agreement, organisation): contact for agreement, organisation, contact in rows}
    for pk, agreement, *sides in found:
        for side in sides:
            if contact := contacts.get((agreement, side)):
                yield pk, contact
