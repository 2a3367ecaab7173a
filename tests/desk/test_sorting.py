"""Lists are sorted by what an index holds: every page follows the one before, whichever way."""

import datetime
import re

import pytest

from common import clock
from desk.caseload import SAVED as YOUTHS
from evaluations.filters import SAVED as EVALUATIONS
from partnerships.filters import SAVED as AGREEMENTS
from referrals.filters import SAVED as REFERRALS
from referrals.workflow import Status
from tests.factories import (
    AgreementFactory,
    EvaluationFactory,
    FollowUpFactory,
    PartnerFactory,
    ReferralFactory,
    YouthFactory,
)

pytestmark = pytest.mark.django_db
HEAD = re.compile(r'<th scope="col"(?: aria-sort="(\w+)")?>\s*<(?:a|button) class="sort" id="sort-(\w+)"')


def rows_of(context) -> list:
    if "rows" in context:
        return [row.youth for row in context["rows"]]
    if "readings" in context:
        return [reading.referral for reading in context["readings"]]
    return [cycle.agreement for cycle in context["cycles"]] if "cycles" in context else context["page"].rows


def walked(client, url) -> list:
    """Every page from the first to the last, then back from the last to the first."""
    seen, back = [], []
    while url:
        context = client.get(url).context
        seen, last, url = seen + rows_of(context), url, context["page"].next_url
    while last:
        context = client.get(last).context
        back, last = rows_of(context) + back, context["page"].previous_url
    assert back == seen
    return seen


@pytest.fixture
def lists(mission_locale, partner, counsellor, director, agreement):
    """Sixty of each; days and names are shared by several."""
    now = clock.now()
    for number in range(60):
        days = datetime.timedelta(number // 3)
        youth = YouthFactory(
            organisation=mission_locale, last_name=f"Nom {'abc'[number % 3]}", created_at=now - days
        )
        FollowUpFactory(
            youth=youth,
            referent=director,
            opened_at=now - days * 2,
            last_contact_at=None if number % 4 else now - days,
        )
        ReferralFactory(
            sender=mission_locale,
            recipient=partner,
            agreement=agreement,
            youth=youth,
            author=counsellor,
            created_at=now - days,
            sent_at=now - days,
            status=Status.SENT,
        )
    for number in range(40):
        signed = {"signed_on": clock.today() - datetime.timedelta(number // 3)} if number % 4 else {}
        status = {} if signed else {"status": "draft"}
        one = AgreementFactory(
            lead_organisation=mission_locale, between=[mission_locale, PartnerFactory()], **signed, **status
        )
        if signed:
            EvaluationFactory(agreement=one)


@pytest.mark.parametrize("listing", [YOUTHS, REFERRALS, AGREEMENTS, EVALUATIONS], ids=lambda one: one.key)
def test_no_order_loses_or_repeats_a_row(as_member, director, lists, listing):
    client = as_member(director)
    state = "state=waiting&" if listing is REFERRALS else ""
    default = walked(client, f"{listing.url()}?{state}view=all")
    orders = [*listing.choices["order"].values]
    assert len(orders) == (4 if listing is YOUTHS else 3)
    for order in orders:
        found = walked(client, f"{listing.url()}?{state}order={order}")
        assert found != default, order
        assert len(found) == len(set(found)) == len(default), order
        assert set(found) == set(default), order
    assert walked(client, f"{listing.url()}?{state}order=made_up") == default


def test_each_order_sorts_by_what_it_says(as_member, director, lists):
    client = as_member(director)
    names = [youth.search for youth in walked(client, "/youths/?order=-name")]
    assert names == sorted(names, reverse=True)
    contacts = [
        youth.last_contact_at or youth.opened_at for youth in walked(client, "/youths/?order=contact")
    ]
    assert contacts == sorted(contacts)
    files = [youth.created_at for youth in walked(client, "/youths/?scope=structure&order=-opened")]
    assert files == sorted(files, reverse=True)
    sent = [case.sent_at for case in walked(client, "/referrals/?state=waiting&order=sent")]
    assert sent == sorted(sent)
    for order, sign in (("end", 1), ("-end", -1)):
        ends = [agreement.ends_on for agreement in walked(client, f"/agreements/?order={order}")]
        dated = [day for day in ends if day]
        assert ends == sorted(dated, key=lambda day: sign * day.toordinal()) + [None] * (
            len(ends) - len(dated)
        )


def test_heads_say_how_the_list_is_sorted_and_lead_to_the_other_way(as_member, director, lists):
    client = as_member(director)
    page = client.get("/youths/?due=&cursor=x")
    assert HEAD.findall(page.content.decode()) == [("ascending", "youth"), ("", "contact")]
    assert page.context["sorting"].heads["youth"].href == "/youths/?order=-name"
    page = client.get("/youths/?order=-contact&silent=true")
    assert HEAD.findall(page.content.decode()) == [("", "youth"), ("descending", "contact")]
    assert page.context["sorting"].heads["contact"].href == "/youths/?order=contact&silent=true"


def test_who_has_no_referent_has_no_last_contact_to_sort_by(as_member, director, lists):
    waiting = YouthFactory(organisation=director.organisation)
    page = as_member(director).get("/youths/?scope=structure&order=contact")
    assert HEAD.findall(page.content.decode()) == [("ascending", "youth")]
    assert waiting in walked(as_member(director), "/youths/?scope=structure&order=contact")


def test_what_is_searched_for_comes_the_likeliest_first(as_member, director, lists):
    page = as_member(director).post("/youths/?order=-name", {"q": "nom"})
    assert HEAD.findall(page.content.decode()) == [("ascending", "youth")]


def test_words_of_a_search_of_referrals_stay_in_its_body(as_member, director, lists):
    page = as_member(director).post("/referrals/?state=waiting", {"q": "nom"})
    assert 'formaction="/referrals/?state=waiting&amp;order=sent"' in page.content.decode()
    sorted_ = as_member(director).post("/referrals/?state=waiting&order=sent", {"q": "nom a"})
    sent = [case.sent_at for case in rows_of(sorted_.context)]
    assert sent == sorted(sent)


def test_a_view_keeps_the_order_and_an_export_follows_it(as_member, director, lists):
    client = as_member(director)
    page = client.get("/youths/?order=-name")
    client.post(page.context["saved"].save_url, {"name": "De Z à A"})
    assert client.get("/youths/?order=-name").context["saved"].current.name == "De Z à A"
    assert not client.get("/youths/?order=name").context["saved"].save_url, "the default is nothing to keep"
    file = client.post(page.context["export_url"], {"format": "csv"})
    lines = b"".join(file.streaming_content).decode().splitlines()[1:]
    assert "Nom c" in lines[0]
    assert "Nom a" in lines[-1]
