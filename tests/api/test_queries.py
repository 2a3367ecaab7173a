"""Lists cost the same for one row and for many."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partnerships.models import ThemeReferent
from tests.factories import (
    AccompanimentFactory,
    AgreementFactory,
    EvaluationFactory,
    FollowUpFactory,
    MembershipFactory,
    PartnerFactory,
    ReferralFactory,
    ReportFactory,
    ServiceOfferFactory,
    SiteFactory,
    ThemeFactory,
)

SIGNED_IN = 3 + 2  # session, user, membership; the call and the rows are counted
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


def make_evaluations(counsellor, count):
    for _ in range(count):
        EvaluationFactory(agreement=AgreementFactory(between=[counsellor.organisation, PartnerFactory()]))


def make_reports(counsellor, count):
    for _ in range(count):
        agreement = AgreementFactory(between=[counsellor.organisation, PartnerFactory()])
        ReportFactory(evaluation=EvaluationFactory(agreement=agreement))


COSTS = {
    "youths": (make_youths, WRITTEN_DOWN + 1),  # rows with site and open follow-up
    "follow-ups": (make_youths, WRITTEN_DOWN + 1),  # rows with referent
    "accompaniments": (make_accompaniments, WRITTEN_DOWN + 4),  # own shares, rows, youths, themes
    "referrals": (make_referrals, WRITTEN_DOWN + 2),  # rows sent, rows received, with youth, author, share
    # rows, themes, parties, their sites and contacts, signatories, their parties, practices,
    # referents, their themes and people
    "agreements": (make_agreements, 11),
    "service-offers": (make_offers, 1),  # rows with theme
    "organisations": (make_organisations, 2),  # rows, sites
    "people": (make_people, 1),  # rows with user
    "evaluations": (make_evaluations, 1),  # rows with author
    "reports": (make_reports, 1),  # rows with author
}


def cost(caller, path) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert caller.get(path).status_code == 200
    return len([q for q in queries if "SAVEPOINT" not in q["sql"]])


@pytest.mark.parametrize("kind", sorted(COSTS))
def test_a_list_costs_the_same_for_1_row_20_and_100(as_caller, counsellor, kind):
    make, expected = COSTS[kind]
    caller = as_caller(counsellor)
    for more in (1, 19, 80):
        make(counsellor, more)
        assert cost(caller, f"{kind}/?page_size=100") == SIGNED_IN + expected
    assert len(caller.rows(f"{kind}/?page_size=100")) == 100


def test_a_token_costs_one_query(with_token, mission_locale):
    """Token, membership, user and organisation in one; no session. The call is counted; nothing is read here."""
    client = with_token(mission_locale)
    client.get("people/")  # the day of its last use is written once
    assert cost(client, "people/") == 2 + 1
