"""The first page of a network head: figures of agreements that open their lists, and no young person anywhere."""

import datetime
import re

import pytest
from django.urls import reverse

from accounts.models import Kind, Role
from common import clock
from partnerships.models import Adhesion
from partnerships.workflow import Status
from tests.factories import (
    AgreementFactory,
    EvaluationFactory,
    MembershipFactory,
    MissionLocaleFactory,
    PartnerFactory,
    ReferralFactory,
)

pytestmark = pytest.mark.django_db

QUERIES = [
    "session",
    "user",
    "memberships",
    "notices unread",
    "published numbers",
    "agreements with a term",
    "counters",
    "to sign",
    "ending",
    "published lately",
    "coverage",
    "audit",
]
LIST = reverse("partnerships:agreement_list")


def days_ago(days):
    return clock.today() - datetime.timedelta(days)


def below(network, **values):
    return MissionLocaleFactory(parent=network.organisation, **values)


def bind(organisation, **values):
    return AgreementFactory(lead_organisation=organisation, between=[organisation], **values)


@pytest.fixture
def one_of_each(network):
    """In force, ending, to be signed, expired, ended early; and one elsewhere."""
    structure = below(network)
    bind(structure, signed_on=days_ago(30))
    bind(structure, signed_on=days_ago(400), ends_on=days_ago(-90))
    bind(structure, status=Status.TO_SIGN)
    bind(structure, signed_on=days_ago(800), ends_on=days_ago(10))
    bind(structure, status=Status.CLOSED_EARLY)
    bind(MissionLocaleFactory())
    return structure


@pytest.mark.parametrize("number", [1, 20])
def test_it_costs_the_same_for_1_agreement_and_20(number, as_member, network, django_assert_num_queries):
    for _number in range(number):
        bind(below(network), status=Status.TO_SIGN)
        EvaluationFactory(agreement=bind(below(network), signed_on=days_ago(400)), status="published")
        bind(below(network), signed_on=days_ago(800), ends_on=days_ago(-1))
        below(network)
    client = as_member(network)
    with django_assert_num_queries(len(QUERIES)):
        client.get("/")


def test_each_number_opens_a_list_that_holds_as_many(as_member, network, one_of_each):
    client = as_member(network)
    page = client.get("/")
    counted = page.context["counted"]
    assert counted == {"in_force": 2, "ending": 1, "to_sign": 1, "over": 2}
    for phase, number in counted.items():
        assert f'href="{LIST}?phase={phase}"' in page.content.decode()
        assert len(client.get(LIST, {"phase": phase}).context["cycles"]) == number, phase
    due = client.get(reverse("evaluations:due_list")).context["count"]
    assert page.context["due_count"] == due > 0


def test_a_text_that_wants_the_own_signature_is_named(as_member, network):
    own = AgreementFactory(
        lead_organisation=network.organisation, between=[network.organisation], status=Status.TO_SIGN
    )
    bind(below(network), status=Status.TO_SIGN)
    context = as_member(network).get("/").context
    assert context["to_sign"] == [own]
    assert context["counted"]["to_sign"] == 2


def test_coverage_counts_whoever_an_agreement_in_force_reaches(as_member, network, one_of_each):
    """By a signature or by a dated adhesion; an ended one, a draft and a closed house count for nothing."""
    roof = AgreementFactory(lead_organisation=network.organisation, between=[network.organisation])
    joined, left = below(network), below(network, name="Partie")
    party = roof.parties.get()
    Adhesion.objects.create(party=party, organisation=joined, starts_on=days_ago(20))
    Adhesion.objects.create(party=party, organisation=left, starts_on=days_ago(20), ends_on=days_ago(1))
    bind(below(network, name="Ancienne"), status=Status.CLOSED_EARLY)
    below(network, is_active=False)
    context = as_member(network).get("/").context
    assert [(row.covered, row.known) for row in context["coverage"]] == [(2, 4)]
    assert context["uncovered"] == ["Ancienne", "Partie"]


def test_more_than_a_handful_uncovered_are_counted(as_member, network):
    for _number in range(11):
        below(network)
    page = as_member(network).get("/")
    assert (len(page.context["uncovered"]), page.context["more_uncovered"]) == (8, 3)
    assert "et 3 autres" in page.content.decode()


def test_a_partners_head_office_counts_its_own_network(as_member):
    office = PartnerFactory(kind=Kind.CHAMBER)
    head = MembershipFactory(organisation=office, role=Role.NETWORK)
    bind(PartnerFactory(kind=Kind.CHAMBER, parent=office))
    context = as_member(head).get("/").context
    assert [(row.kind, row.covered, row.known) for row in context["coverage"]] == [(Kind.CHAMBER.label, 1, 1)]
    assert context["counted"]["in_force"] == 1


def test_what_was_published_last_comes_first_and_no_draft(as_member, network):
    first, last = (bind(below(network), signed_on=days_ago(800)) for _number in range(2))
    for agreement in (first, last):
        EvaluationFactory(agreement=agreement).write(status="published")
    EvaluationFactory(agreement=bind(below(network), signed_on=days_ago(800)))
    rows = as_member(network).get("/").context["published"]
    assert [row["evaluation"].agreement for row in rows] == [last, first]


def test_nobody_is_counted_and_nobody_named(as_member, network, one_of_each):
    referral = ReferralFactory(sender=one_of_each, youth__last_name="Secrète")
    page = as_member(network).get("/").content.decode()
    assert referral.youth.last_name.upper() not in page
    assert not re.search(r"/(youths|referrals)/", page)


def test_an_empty_network_says_what_to_do(as_member, network):
    page = as_member(network).get("/")
    assert page.context["coverage"] == []
    assert "rattache" in page.content.decode()
