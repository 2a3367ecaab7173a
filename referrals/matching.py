"""Which partners answer a need: open offers, and partners without one, under an agreement in force."""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from statistics import median

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from accounts.models import Level, Organisation
from common import clock
from partnerships.models import Adhesion, Agreement, Party, ServiceOffer, Theme
from referrals.models import Referral
from referrals.models.figures import in_words
from referrals.workflow import ANSWERED

NEAREST_FIRST = [Level.LOCAL, Level.DEPARTMENTAL, Level.REGIONAL, Level.NATIONAL]
RECENT = datetime.timedelta(days=365)


@dataclass(frozen=True)
class Match:
    """A partner who may receive the young person, for an offer or for the need alone."""

    partner: Organisation
    agreement: Agreement
    offer: ServiceOffer | None
    places_left: int | None
    answer_time: str

    @property
    def is_full(self) -> bool:
        return self.places_left == 0


def matches_for(youth, theme: Theme, *, by) -> list[Match]:
    """Offers first, those with places before the full ones; then partners bound for this theme without an offer."""
    bound = agreements_by_partner(youth, by=by)
    partners = Organisation.objects.filter(is_active=True).in_bulk(list(bound))
    offers = list(
        with_open_referrals(ServiceOffer.objects.open()).filter(theme=theme, organisation__in=bound)
    )
    times = answer_times(bound)
    found = [
        Match(
            partners[offer.organisation_id],
            bound[offer.organisation_id][0],
            offer,
            places_left(offer),
            times[offer.organisation_id],
        )
        for offer in offers
    ]
    offering = {offer.organisation_id for offer in offers}
    for pk, agreements in bound.items():
        about = [a for a in agreements if theme in a.themes.all()]
        if pk in partners and pk not in offering and about:
            found.append(Match(partners[pk], about[0], None, None, times[pk]))
    return sorted(found, key=lambda match: (match.offer is None, match.is_full, match.partner.name))


def agreements_by_partner(youth, *, by) -> dict:
    """For each partner, the agreements in force that bind it to the reader's organisation, the nearest first."""
    standing = Agreement.objects.visible_to(by).in_force()
    standing = list(
        standing.covering_at(by.organisation_id, youth.site_id)
        .prefetch_related("themes")
        .order_by("-starts_on")
    )
    standing.sort(key=lambda agreement: NEAREST_FIRST.index(agreement.level))
    pairs = Party.objects.filter(agreement__in=standing).values_list("agreement", "organisation")
    joined = Adhesion.objects.on(clock.today()).filter(party__agreement__in=standing)
    covered = defaultdict(set)
    for agreement, organisation in [*pairs, *joined.values_list("party__agreement", "organisation")]:
        covered[agreement].add(organisation)
    bound = defaultdict(list)
    for agreement in standing:
        for organisation in covered[agreement.pk] - {by.organisation_id}:
            bound[organisation].append(agreement)
    return bound


def with_open_referrals(offers):
    """Annotates `open_referrals`: how many hold a place of the offer now."""
    held = Referral.objects.open().filter(offer=OuterRef("pk")).order_by().values("offer")
    counted = Subquery(held.annotate(number=Count("pk")).values("number"))
    return offers.for_list().annotate(open_referrals=Coalesce(counted, 0))


def places_left(offer) -> int | None:
    """None where the offer does not count its places."""
    return None if offer.places is None else max(offer.places - offer.open_referrals, 0)


def answer_times(organisations) -> dict:
    """The usual time each partner took to answer over the last year, in words, "" where it never did."""
    recent = Referral.objects.filter(
        recipient__in=list(organisations), status__in=sorted(ANSWERED), sent_at__gte=clock.now() - RECENT
    )
    waits = defaultdict(list)
    for organisation, sent_at, answered_at in recent.values_list("recipient", "sent_at", "answered_at"):
        waits[organisation].append((answered_at - sent_at).total_seconds())
    return {
        pk: in_words(datetime.timedelta(seconds=median(waits[pk]))) if waits[pk] else ""
        for pk in organisations
    }
