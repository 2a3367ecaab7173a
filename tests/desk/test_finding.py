"""A few words find what the reader may see, wherever it is; without words, what it can do."""

import re

import pytest
from django.conf import settings
from django.urls import reverse

from accounts.models import AuditEntry
from desk.acts import SHORTCUTS, acts_of
from desk.finding import find
from tests.factories import AgreementFactory, FollowUpFactory, PartnerFactory, ReferralFactory, YouthFactory

pytestmark = pytest.mark.django_db
URL = "/find/"
EVERYBODY = [
    "counsellor",
    "director",
    "reception",
    "agent",
    "lead",
    "network",
    "volunteer",
    "administrator",
]
SEEING_YOUTHS = {"counsellor", "director", "reception"}


def labels(words, member) -> set[str]:
    return {str(one.label) for _title, found in find(words, member).groups for one in found}


@pytest.fixture
def referral(agreement, youth, counsellor, mission_locale, partner):
    return ReferralFactory(
        sender=mission_locale, recipient=partner, agreement=agreement, youth=youth, author=counsellor
    )


@pytest.mark.parametrize("name", EVERYBODY)
def test_each_finds_the_person_where_it_may_see_it(request, referral, youth, name):
    member = request.getfixturevalue(name)
    urls = {one.url for _title, found in find("benali", member).groups for one in found}
    expected = set()
    if name in SEEING_YOUTHS:
        expected = {
            reverse("desk:youth_identity", args=[youth.pk])
            if name == "reception"
            else youth.get_absolute_url()
        }
    elif name in {"agent", "lead"}:
        expected = {referral.get_absolute_url()}
    assert urls == expected


def test_a_partner_finds_a_person_no_longer_than_its_share_is_open(referral, agent):
    assert find("benali", agent).number == 1
    referral.decline(by=agent, reason="no_place", note="")
    assert find("benali", agent).number == 0


def test_strangers_find_nothing_of_ours(referral, stranger_counsellor, stranger_agent):
    for member in (stranger_counsellor, stranger_agent):
        assert find("benali", member).number == 0
        assert find("charte", member).number == 0


def test_agreements_and_organisations_are_found_by_their_titles(
    mission_locale, partner, counsellor, volunteer
):
    AgreementFactory(
        lead_organisation=mission_locale, between=[mission_locale, partner], title="Charte du port"
    )
    AgreementFactory(title="Charte du port d’à côté")
    assert labels("charte port", counsellor) == {"Charte du port"}
    assert labels("maison des métiers", counsellor) == {"Maison des métiers"}
    assert labels("maison des métiers", volunteer) == set()
    assert labels("x", counsellor) <= {str(act.label) for act in acts_of(counsellor)}


@pytest.mark.parametrize("name", EVERYBODY)
def test_whoever_is_offered_an_act_may_do_it(request, as_member, name):
    member = request.getfixturevalue(name)
    client = as_member(member)
    refused = [act.route for act in acts_of(member) if client.get(act.url).status_code != 200]
    assert refused == []


def test_words_travel_in_a_body_and_who_was_shown_is_written_down(as_member, counsellor, youth):
    client = as_member(counsellor)
    assert "BENALI" not in client.get(URL, {"q": "benali"}).content.decode()
    page = client.post(URL, {"q": "benali"})
    assert "BENALI" in page.content.decode()
    entry = AuditEntry.objects.latest("moment")
    assert (entry.subject_type, entry.subject_ids, entry.filters) == ("youths.youth", [str(youth.pk)], ["q"])


def test_over_another_page_it_leaves_the_address_alone(as_member, counsellor, youth):
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver/youths/{youth.pk}/"}
    answer = as_member(counsellor).post(URL, {"q": "benali"}, headers=headers)
    assert 'role="option"' in answer.content.decode()
    assert "HX-Replace-Url" not in answer.headers


def test_finding_costs_the_same_for_one_and_for_many(as_member, counsellor, django_assert_max_num_queries):
    client, counts = as_member(counsellor), []
    for number in (1, 8):
        for _ in range(number):
            youth = YouthFactory(organisation=counsellor.organisation, last_name="Kervadec")
            FollowUpFactory(youth=youth, referent=counsellor)
            PartnerFactory(name="Kervadec et fils")
        # session, user, memberships, youths, agreements, organisations, audit
        with django_assert_max_num_queries(8) as captured:
            client.post(URL, {"q": "kervadec"}, headers={"HX-Request": "true"})
        counts.append(len(captured))
    assert len(set(counts)) == 1


def test_the_shortcuts_that_are_told_are_those_that_the_script_binds():
    script = (settings.BASE_DIR / "static" / "js" / "keyboard.js").read_text()
    assert re.findall(r'^bind\("([^"]+)"', script, re.M) == [one.keys for one in SHORTCUTS]


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("counsellor", {"Ctrl+K", "/", "N", "1–9", "Ctrl+Enter", "?"}),
        ("network", {"Ctrl+K", "Ctrl+Enter", "?"}),
    ],
)
def test_each_is_told_the_shortcuts_that_serve_it(request, as_member, name, keys):
    context = as_member(request.getfixturevalue(name)).get("/").context
    assert {one.keys for one in context["shortcuts"]} == keys


@pytest.mark.parametrize("words", ["\0", "mé\0tiers", "m" * 60_000, "a " * 60_000])
def test_whatever_is_typed_is_looked_for(as_member, agent, words):
    assert as_member(agent).post(URL, {"q": words}).status_code == 200
