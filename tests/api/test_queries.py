"""Lists cost the same for one row and for many."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partnerships.models import ThemeReferent
from tests.factories import (
    AccompanimentFactory,
    AgreementFactory,
    FollowUpFactory,
    MembershipFactory,
    PartnerFactory,
    ReferralFactory,
    ServiceOfferFactory,
    SiteFactory,
    ThemeFactory,
)

SIGNED_IN = 3  # session, user, membership
WRITTEN_DOWN = 1  # one INSERT, however many subjects


def make_youths(counsellor, count):
    for _ in range(count):
        FollowUpFactory(youth__organisation=counsellor.organisation, referent=counsellor)


def make_accompaniments(counsellor, count):
    for _ in range(count):
        AccompanimentFactory(author=counsellor).themes.add(ThemeFactory())


def make_referrals(counsellor, count):
    for _ in range(count):
        ReferralFactory(sender=counsellor.organisation, author=counsellor, offer=None)


def make_agreements(counsellor, count):
    for _ in range(count):
        theme = ThemeFactory()
        agreement = AgreementFactory(between=[counsellor.organisation, PartnerFactory()])
        agreement.themes.add(theme)
        agreement.parties.filter(organisation=counsellor.organisation).update(contact=counsellor)
        ThemeReferent.objects.create(agreement=agreement, theme=theme, member=counsellor)


def make_offers(counsellor, count):
    ServiceOfferFactory.create_batch(count)


def make_organisations(counsellor, count):
    for _ in range(count):
        SiteFactory()


def make_people(counsellor, count):
    MembershipFactory.create_batch(count, organisation=counsellor.organisation)


COSTS = {
    "youths": (make_youths, WRITTEN_DOWN + 1),  # rows with site and open follow-up
    "follow-ups": (make_youths, WRITTEN_DOWN + 1),  # rows with referent
    "accompaniments": (make_accompaniments, WRITTEN_DOWN + 3),  # rows, themes, youths
    "referrals": (make_referrals, WRITTEN_DOWN + 1),  # rows with youth, author, share
    # rows, themes, parties, their sites and contacts, signatories, their parties, practices,
    # referents, their themes and people
    "agreements": (make_agreements, 11),
    "service-offers": (make_offers, 1),  # rows with theme
    "organisations": (make_organisations, 2),  # rows, sites
    "people": (make_people, 1),  # rows with user
}


def cost(caller, path) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert caller.get(path).status_code == 200
    return len([q for q in queries if "SAVEPOINT" not in q["sql"]])


@pytest.mark.parametrize("kind", sorted(COSTS))
def test_a_list_costs_the_same_for_1_row_and_20(as_caller, counsellor, kind):
    make, expected = COSTS[kind]
    caller = as_caller(counsellor)
    make(counsellor, 1)
    assert cost(caller, f"{kind}/") == SIGNED_IN + expected
    make(counsellor, 19)
    assert len(caller.rows(f"{kind}/")) >= 20
    assert cost(caller, f"{kind}/") == SIGNED_IN + expected


def test_a_token_costs_one_query(with_token, mission_locale):
    """Token, membership, user and organisation in one; no session, no counter in the database."""
    client = with_token(mission_locale)
    assert cost(client, "people/") == 2
