"""Rows that the database refuses, whoever writes them."""

import pytest
from django.db import IntegrityError, transaction

from common import clock
from referrals.models import Referral
from referrals.workflow import Status
from tests.factories import ReferralFactory, ServiceOfferFactory

IMPOSSIBLE = {
    "referral_under_an_agreement_or_by_letter": (Status.SENT, {"agreement": None}),
    "referral_sent_at_matches_status": (Status.SENT, {"sent_at": None}),
    "referral_answered_at_matches_status": (Status.ACCEPTED, {"answered_at": None}),
    "referral_declined_with_a_reason": (Status.DECLINED, {"decline_reason": ""}),
    "referral_ended_with_an_outcome": (Status.COMPLETED, {"outcome": ""}),
    "referral_shares_while_it_runs": (Status.SENT, {"share": None}),
}
MORE = [
    (Status.DRAFT, {"sent_at": clock.now()}),
    (Status.SENT, {"answered_at": clock.now()}),
    (Status.SENT, {"decline_reason": "other"}),
    (Status.UNDER_WAY, {"outcome": "work"}),
    (Status.COMPLETED, {"ended_at": None}),
    (Status.SENT, {"by_letter": True}),
]


def refused(values, row):
    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.filter(pk=row.pk).update(**values)


@pytest.mark.parametrize("name", sorted(IMPOSSIBLE))
def test_the_database_refuses(db, name):
    status, values = IMPOSSIBLE[name]
    refused(values, ReferralFactory(status=status))


@pytest.mark.parametrize(("status", "values"), MORE)
def test_the_database_refuses_the_other_half_of_each_pair(db, status, values):
    refused(values, ReferralFactory(status=status))


def test_nobody_refers_to_themselves(db):
    referral = ReferralFactory()
    refused({"recipient": referral.sender}, referral)


@pytest.mark.parametrize("with_offer", [True, False])
def test_one_open_referral_per_partner_and_offer(db, with_offer):
    first = ReferralFactory()
    if with_offer:
        Referral.objects.filter(pk=first.pk).update(offer=ServiceOfferFactory(organisation=first.recipient))
        first.refresh_from_db()
    same = {
        name: getattr(first, name)
        for name in ("sender", "recipient", "youth", "author", "agreement", "offer")
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        ReferralFactory(**same)
    assert ReferralFactory(**same, status=Status.DECLINED).pk


def test_every_rule_of_the_table_is_named_here():
    tested = {*IMPOSSIBLE, "referral_to_someone_else"}
    tested |= {"referral_one_open_per_offer", "referral_one_open_without_an_offer"}
    assert {constraint.name for constraint in Referral._meta.constraints} == tested
