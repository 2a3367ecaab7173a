"""Which agreements come to a date, and whom that concerns. Each reads one range of an index."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterator

from django.db.models import Max, Q

from accounts.models import Event, Membership, Role
from common import clock
from exchange.deliveries.table import CAUGHT_UP
from partnerships.models import Agreement, Party, Signatory
from partnerships.workflow import Status

DIRECTIONS = frozenset({Role.DIRECTOR, Role.LEAD, Role.NETWORK})
WEEK = datetime.timedelta(days=7)


# Which, each with the name of its occasion.


def unsigned(today) -> Iterator[tuple]:
    """A week after the text was submitted for signature, and each week from then on."""
    waiting = Agreement.objects.filter(status=Status.TO_SIGN).order_by("pk").values("pk")
    submitted = Event.objects.filter(subject_id__in=waiting, verb="submit").order_by().values("subject_id")
    for pk, moment in submitted.annotate(last=Max("moment")).values_list("subject_id", "last"):
        day = moment.astimezone(clock.PARIS).date()
        if weeks := (today - day) // WEEK:
            yield pk, f"{day}+{weeks}"


def ending(months: int, *, but_not: int = 0) -> Callable[[datetime.date], Iterator[tuple]]:
    """Those that end within so many months, and not within fewer; none that was made for so short a time."""

    def due(today) -> Iterator[tuple]:
        first = clock.months_after(today, but_not) + clock.ONE_DAY if but_not else today
        return last_day_between(first, clock.months_after(today, months), term_months__gt=months)

    return due


def ended(today) -> Iterator[tuple]:
    return last_day_between(today - CAUGHT_UP, today - clock.ONE_DAY)


def last_day_between(first, last, **more) -> Iterator[tuple]:
    """By their term, or early: then `closed_on` is the first day without the agreement."""
    by_term = Q(status=Status.SIGNED, ends_on__range=(first, last))
    early = Q(status=Status.CLOSED_EARLY, closed_on__range=(first + clock.ONE_DAY, last + clock.ONE_DAY))
    for found, column in ((by_term, "ends_on"), (early, "closed_on")):
        for pk, day in Agreement.objects.filter(found, **more).order_by("pk").values_list("pk", column):
            yield pk, day.isoformat()


# Whom: those who act for an organisation. The others find agreements in their list.


def whose_signature_is_missing(pks) -> Iterator[tuple]:
    """Who may sign for a party that has not signed with all its people."""
    missing = Signatory.objects.filter(agreement__in=pks, signed_on=None).order_by()
    return directions_of(missing.values_list("agreement", "party__organisation"))


def parties(pks) -> Iterator[tuple]:
    """Who may sign for a party; not those who joined through their network."""
    bound = Party.objects.filter(agreement__in=pks).order_by()
    return directions_of(bound.values_list("agreement", "organisation"))


def directions_of(pairs, roles=DIRECTIONS) -> Iterator[tuple]:
    """Pairs of agreement and membership, from pairs of agreement and organisation."""
    agreements = defaultdict(set)
    for agreement, organisation in pairs:
        agreements[organisation].add(agreement)
    people = Membership.objects.filter(organisation__in=agreements, role__in=sorted(roles))
    for member, organisation in people.values_list("pk", "organisation"):
        for agreement in sorted(agreements[organisation]):
            yield agreement, member
