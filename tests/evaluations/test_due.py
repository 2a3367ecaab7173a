"""What calls for its evaluation: to the direction that opens it, to the network head that waits for it."""

import datetime

import pytest
from django.urls import reverse

from accounts.models import Kind
from common import clock
from evaluations.queries import due_to
from tests.factories import (
    AgreementFactory,
    EvaluationFactory,
    MembershipFactory,
    MissionLocaleFactory,
    OrganisationFactory,
)

URL = reverse("evaluations:due_list")
QUERIES = [
    "session",
    "user",
    "memberships",
    "notices unread",
    "published",
    "agreements",
    "the page",
    "parties",
    "organisations",
]


def days_ago(days):
    return clock.today() - datetime.timedelta(days)


def charter(network, **values):
    below = MissionLocaleFactory(parent=network.organisation)
    return AgreementFactory(lead_organisation=below, between=[below], **{"signed_on": days_ago(400)} | values)


def test_a_network_head_waits_for_those_of_its_tree(network):
    late, later = charter(network, signed_on=days_ago(500)), charter(network)
    charter(network, signed_on=days_ago(300))
    charter(MembershipFactory(organisation=OrganisationFactory(kind=Kind.REGIONAL_UNION)))
    assert [(due.agreement, due.year) for due in due_to(network)] == [(late, 1), (later, 1)]


def test_what_is_published_is_due_no_longer_and_a_draft_is(network):
    """A draft is not the network's to know of: it changes nothing of what it is told."""
    agreement = charter(network)
    evaluation = EvaluationFactory(agreement=agreement)
    assert [due.agreement for due in due_to(network)] == [agreement]
    evaluation.write(status="published")
    assert due_to(network) == []


def test_the_earliest_year_is_asked_for(network):
    agreement = charter(network, signed_on=days_ago(1200), term_months=60)
    EvaluationFactory(agreement=agreement, status="published")
    (due,) = due_to(network)
    assert (due.year, due.first) == (2, clock.months_after(agreement.starts_on, 12))
    assert due.since == clock.months_after(agreement.starts_on, 24)


@pytest.mark.parametrize("number", [1, 20])
def test_the_list_costs_the_same_for_1_and_20(number, as_member, network, django_assert_num_queries):
    for _number in range(number):
        charter(network)
    client = as_member(network)
    with django_assert_num_queries(len(QUERIES)):
        page = client.get(URL)
    assert page.context["count"] == len(page.context["rows"]) == number


def test_its_pages_hold_each_once(as_member, network):
    for _number in range(30):
        charter(network)
    client, found = as_member(network), []
    answer = client.get(URL)
    found += [agreement for agreement, _due in answer.context["rows"]]
    answer = client.get(answer.context["page"].next_url)
    found += [agreement for agreement, _due in answer.context["rows"]]
    assert len(found) == len(set(found)) == answer.context["count"] == 30


@pytest.mark.parametrize("role", ["counsellor", "lead", "reception", "administrator", "volunteer"])
def test_nothing_is_due_from_the_others(role, request, as_member, agreement):
    agreement.write(starts_on=days_ago(400))
    page = as_member(request.getfixturevalue(role)).get(URL)
    assert (page.context["count"], page.context["rows"]) == (0, [])


def test_the_list_of_evaluations_leads_a_network_there(as_member, network, director):
    listed = reverse("evaluations:evaluation_list")
    assert URL in as_member(network).get(listed).content.decode()
    assert URL not in as_member(director).get(listed).content.decode()
