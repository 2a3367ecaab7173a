"""'My youths' and 'the whole structure'."""

import datetime

import pytest
from django.urls import reverse

from accounts.models import AuditEntry
from common import clock
from referrals.workflow import Status
from tests.factories import AccompanimentFactory, FollowUpFactory, ReferralFactory, SiteFactory, YouthFactory
from youths.models.choices import Audience

URL = "/youths/"
HTMX = {"HX-Request": "true"}

# session, user, memberships; choices of the referent filter are not drawn for the own caseload
MINE = [
    "session",
    "user",
    "memberships",
    "saved views",
    "rows",
    "notices unread",
    "counters",
    "audit",
]


def follow(counsellor, number=1, **names):
    youths = YouthFactory.create_batch(number, organisation=counsellor.organisation, **names)
    for youth in youths:
        FollowUpFactory(youth=youth, referent=counsellor)
    return youths


def shown(response):
    return [row.youth for row in response.context["rows"]]


def remind(author, youth, days, **values):
    return AccompanimentFactory(
        author=author, youths=[youth], next_on=clock.today() + datetime.timedelta(days), **values
    )


@pytest.mark.parametrize("number", [1, 20, 100])
def test_the_list_costs_the_same_for_1_row_20_and_100(
    number, as_member, counsellor, django_assert_num_queries
):
    for youth in follow(counsellor, number):
        remind(counsellor, youth, -1)
    client = as_member(counsellor)
    with django_assert_num_queries(len(MINE)):
        client.get(URL)


def test_mine_are_those_whose_referent_i_am(as_member, counsellor, colleague, mission_locale):
    (mine,) = follow(counsellor)
    (theirs,) = follow(colleague)
    waiting = YouthFactory(organisation=mission_locale)
    client = as_member(counsellor)
    assert shown(client.get(URL)) == [mine]
    assert set(shown(client.get(URL, {"scope": "structure"}))) == {mine, theirs, waiting}


def test_another_structure_is_on_no_list(as_member, counsellor, stranger_counsellor):
    follow(stranger_counsellor, last_name="Ailleurs")
    client = as_member(counsellor)
    for query in ({}, {"scope": "structure"}, {"scope": "structure", "q": "ailleurs"}):
        assert "AILLEURS" not in client.get(URL, query).content.decode()


@pytest.mark.parametrize("role", ["agent", "network", "volunteer", "administrator"])
def test_outsiders_have_an_empty_list(role, request, as_member, youth):
    response = as_member(request.getfixturevalue(role)).get(URL)
    assert response.status_code == 200
    assert shown(response) == []


def test_each_counter_opens_the_list_it_counts(as_member, counsellor, agreement):
    late, today, answered, silent, calm = follow(counsellor, 5)
    for youth in (late, today, answered, calm):
        youth.follow_ups.update(last_contact_at=clock.now())
    remind(counsellor, late, -3)
    remind(counsellor, today, 0)
    ReferralFactory(
        youth=answered, sender=counsellor.organisation, agreement=agreement, status=Status.ACCEPTED
    )
    client = as_member(counsellor)
    counters = client.get(URL).context["counters"]
    assert [counter["number"] for counter in counters] == [1, 1, 1, 1]
    found = [shown(client.get(counter["href"])) for counter in counters]
    assert found == [[late], [today], [answered], [silent]]


def test_badges_say_the_most_pressing_thing(as_member, counsellor, mission_locale):
    (late, calm) = follow(counsellor, 2)
    calm.follow_ups.update(last_contact_at=clock.now())
    waiting = YouthFactory(organisation=mission_locale)
    remind(counsellor, late, -3)
    rows = as_member(counsellor).get(URL, {"scope": "structure"}).context["rows"]
    tones = {row.youth: row.situation.tone for row in rows}
    assert tones == {late: "bad", calm: "ok", waiting: "warn"}


def test_reminders_for_the_team_stay_in_the_team(as_member, counsellor, colleague, youth):
    remind(counsellor, youth, -1, next_step="Audience au tribunal", audience=Audience.TEAM)
    page = {"scope": "structure"}
    assert "Audience au tribunal" in as_member(counsellor).get(URL, page).content.decode()
    seen = as_member(colleague).get(URL, page)
    assert "Audience au tribunal" not in seen.content.decode()
    assert shown(as_member(colleague).get(URL, page | {"due": "late"})) == []


def test_search_ignores_accents_and_is_not_written_in_the_audit(as_member, counsellor):
    (costa, _other) = follow(counsellor, 2)
    costa.write(first_name="Inès", last_name="Costa")
    assert shown(as_member(counsellor).post(URL, {"q": "ines cos"})) == [costa]
    entry = AuditEntry.objects.latest("moment")
    assert entry.filters == ["q"]
    assert entry.subject_ids == [str(costa.pk)]


def test_htmx_gets_the_results_from_the_same_address(as_member, counsellor):
    follow(counsellor, last_name="Benali")
    page = as_member(counsellor).get(URL, headers=HTMX).content.decode()
    assert page.lstrip().startswith('<div id="results"')
    assert "BENALI" in page


def test_pages_follow_each_other_without_a_gap(as_member, counsellor):
    everybody = set(follow(counsellor, 60))
    client, url, seen = as_member(counsellor), URL, []
    while url:
        response = client.get(url)
        seen += shown(response)
        url = response.context["page"].next_url
    assert len(seen) == 60
    assert set(seen) == everybody


def test_reception_sees_who_people_are_and_nothing_of_their_follow_up(
    as_member, reception, counsellor, youth
):
    remind(counsellor, youth, -1, next_step="Rappeler la mère", text="Situation difficile.")
    page = as_member(reception).get(URL).content.decode()
    assert "BENALI Yanis" in page
    assert "Rappeler la mère" not in page
    assert reverse("youths:youth_create") not in page


@pytest.mark.parametrize("asked", ["due=late", "due=today", "silent=true", "answered=true", "mine=true"])
def test_reception_cannot_ask_about_a_follow_up_either(as_member, reception, counsellor, youth, asked):
    """What a list does not show, its filters do not tell."""
    client = as_member(reception)
    before = shown(client.get(f"{URL}?{asked}"))
    remind(counsellor, youth, -1)
    remind(counsellor, youth, 0)
    assert shown(client.get(f"{URL}?{asked}")) == before == [youth]


def test_reception_asks_who_waits(as_member, reception, youth):
    waiting = YouthFactory(organisation=youth.organisation)
    response = as_member(reception).get(f"{URL}?waiting=true")
    assert shown(response) == [waiting]
    assert [chip.current for chip in response.context["chips"]] == [False, True]


def test_whoever_follows_nobody_is_led_to_the_whole_structure(as_member, director):
    page = as_member(director).get(URL).content.decode()
    assert page.count('href="/youths/?scope=structure"') == 2, "the tab and the empty state"


def test_counters_and_chips_keep_the_words(as_member, counsellor):
    """They are buttons of the search form: the words travel in its body, what they choose in the address."""
    late, other = follow(counsellor, 2)
    for youth in (late, other):
        youth.write(last_name="Benali")
    remind(counsellor, late, -1)
    client = as_member(counsellor)
    page = client.post(URL, {"q": "ben", "scope": "structure"})
    links = [*page.context["counters"], *page.context["chips"]]
    hrefs = [link["href"] if isinstance(link, dict) else link.url for link in links]
    text = page.content.decode()
    for href in hrefs:
        assert f'form="caseload-search" formaction="{href}"'.replace("&", "&amp;") in text
        assert "ben" not in href
    typed = {"q": "ben", "scope": "structure"}
    assert shown(client.post(hrefs[0], typed)) == [late]
    assert set(shown(client.post(hrefs[4], typed))) == {late, other}
    assert shown(client.post(hrefs[0], {**typed, "q": "costa"})) == []


def test_other_words_keep_what_a_counter_chose(as_member, counsellor):
    follow(counsellor)
    page = (
        as_member(counsellor).get(URL, {"due": "late", "scope": "structure", "cursor": "x"}).content.decode()
    )
    assert 'action="/youths/?scope=structure&amp;due=late"' in page


def test_a_counter_replaces_counters_form_and_results(as_member, counsellor):
    follow(counsellor, last_name="Benali")
    headers = HTMX | {"HX-Target": "caseload"}
    answer = as_member(counsellor).post(f"{URL}?due=late", {"q": "ben"}, headers=headers)
    page = answer.content.decode().lstrip()
    assert page.startswith('<div id="caseload"')
    assert 'id="results"' in page
    assert 'value="ben"' in page
    assert page.count('aria-pressed="true"') == 1
    assert answer.headers["HX-Replace-Url"] == f"{URL}?due=late"


def numbers(response) -> list[int]:
    return [counter["number"] for counter in response.context["counters"]]


def test_counters_are_of_the_referent_and_the_site_that_the_list_is_of(
    as_member, counsellor, colleague, director, mission_locale
):
    north, south = (SiteFactory(organisation=mission_locale, name=name) for name in ("Nord", "Sud"))
    for referent, site, number in ((counsellor, north, 1), (counsellor, south, 2), (colleague, south, 3)):
        for youth in follow(referent, number, site=site):
            remind(referent, youth, -1)
    client = as_member(director)

    def late(**asked) -> tuple[int, int]:
        answer = client.post(f"{URL}?scope=structure&due=late", asked)
        return numbers(answer)[0], len(shown(answer))

    assert late() == (6, 6)
    assert late(site=south.pk) == (5, 5)
    assert late(referent=counsellor.user_id) == (3, 3)
    assert late(referent=counsellor.user_id, site=south.pk) == (2, 2)


def test_sites_are_those_of_the_own_structure(as_member, director, mission_locale, partner):
    own, other = SiteFactory(organisation=mission_locale), SiteFactory(organisation=partner)
    page = as_member(director).get(f"{URL}?scope=structure").content.decode()
    assert f'value="{own.pk}"' in page
    assert f'value="{other.pk}"' not in page
    assert "id_site" not in as_member(director).get(URL).content.decode()
