"""Words typed to find a person stay where they are when a state is chosen, and never reach the address."""

import datetime
import re

import pytest
from playwright.sync_api import expect

from common import clock
from referrals.workflow import Status
from tests.factories import AccompanimentFactory, FollowUpFactory, ReferralFactory, YouthFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])


@pytest.fixture
def referrals(mission_locale, partner, agreement, counsellor):
    """Two families of two: one answer is waited for, the other case is under way."""
    for last_name in ("Zéphyrin", "Kervadec"):
        for status in (Status.SENT, Status.UNDER_WAY):
            ReferralFactory(
                sender=mission_locale,
                recipient=partner,
                agreement=agreement,
                author=counsellor,
                youth=YouthFactory(organisation=mission_locale, last_name=last_name),
                status=status,
            )


def rows(page):
    return page.locator("#results tbody tr")


def chip(page, name):
    return page.get_by_role("button", name=name)


def search(page, words, scripts):
    page.fill("#id_q", words)
    if not scripts:
        page.click("form.filters button")


def at(page, path, asked=""):
    """Its address is that and holds no word more; it is waited for, since rows are shown before it is written."""
    expect(page).to_have_url(re.compile(r"//[^/]+" + re.escape(f"{path}?{asked}" if asked else path) + "$"))


def stands(page, words, number, state):
    expect(rows(page)).to_have_count(number)
    expect(page.locator("#id_q")).to_have_value(words)
    at(page, "/referrals/", f"state={state}" if state else "")


@SCRIPTS
def test_choosing_a_state_keeps_the_words(open_page, counsellor, referrals, scripts):
    page = open_page("/referrals/", by=counsellor, java_script_enabled=scripts)
    expect(rows(page)).to_have_count(4)
    search(page, "zephyrin", scripts)
    expect(rows(page)).to_have_count(2)
    chip(page, "En cours").click()
    stands(page, "zephyrin", 1, "under_way")
    expect(chip(page, "En cours")).to_have_attribute("aria-pressed", "true")
    chip(page, "Toutes").click()
    stands(page, "zephyrin", 2, "")


@SCRIPTS
def test_other_words_keep_the_state(open_page, counsellor, referrals, scripts):
    page = open_page("/referrals/", by=counsellor, java_script_enabled=scripts)
    chip(page, "En cours").click()
    stands(page, "", 2, "under_way")
    search(page, "zephyrin", scripts)
    stands(page, "zephyrin", 1, "under_way")


def test_the_chip_that_was_pressed_keeps_the_focus(open_page, counsellor, referrals):
    page = open_page("/referrals/", by=counsellor)
    chip(page, "En cours").press("Enter")
    stands(page, "", 2, "under_way")
    expect(chip(page, "En cours")).to_be_focused()


@pytest.fixture
def caseload(mission_locale, counsellor):
    """Two families of two; with one of each a contact is late."""
    for last_name in ("Zéphyrin", "Kervadec"):
        for days in (-2, 5):
            youth = YouthFactory(organisation=mission_locale, last_name=last_name, phone="06 39 98 01 02")
            FollowUpFactory(youth=youth, referent=counsellor)
            day = clock.today() + datetime.timedelta(days)
            AccompanimentFactory(author=counsellor, youths=[youth], next_on=day)


@SCRIPTS
def test_counters_of_the_caseload_keep_the_words_and_words_keep_the_counter(
    open_page, counsellor, caseload, scripts
):
    page = open_page("/youths/", by=counsellor, java_script_enabled=scripts)
    expect(rows(page)).to_have_count(4)
    search(page, "zephyrin", scripts)
    expect(rows(page)).to_have_count(2)
    late = chip(page, "en retard")
    late.click()
    expect(rows(page)).to_have_count(1)
    expect(late).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#id_q")).to_have_value("zephyrin")
    at(page, "/youths/", "due=late")
    search(page, "ker 3998", scripts)
    expect(rows(page)).to_have_text([re.compile("KERVADEC.*06 39 98 01 02", re.S)])
    at(page, "/youths/", "due=late")
    late.click()
    expect(rows(page)).to_have_count(2)
    expect(late).to_have_attribute("aria-pressed", "false")
    if scripts:
        expect(late).to_be_focused()


@SCRIPTS
def test_whom_nobody_of_ones_own_is_leads_to_the_whole_structure(open_page, counsellor, colleague, scripts):
    youth = YouthFactory(organisation=counsellor.organisation, last_name="Zéphyrin")
    FollowUpFactory(youth=youth, referent=colleague)
    page = open_page("/youths/", by=counsellor, java_script_enabled=scripts)
    search(page, "zephyrin", scripts)
    page.get_by_role("button", name="toute la structure").click()
    expect(rows(page)).to_have_count(1)
    assert "phyrin" not in page.url


def test_counters_follow_the_referent_that_is_chosen(open_page, director, counsellor, caseload):
    page = open_page("/youths/?scope=structure", by=director)
    late, choice = page.locator("#counter-late"), page.locator("#id_referent")
    page.fill("#id_q", "zephyrin")
    expect(rows(page)).to_have_count(2)
    for referent, number in ((director, "0"), (counsellor, "2"), (director, "0")):
        choice.focus()
        choice.select_option(str(referent.user_id))
        expect(late).to_contain_text(number)
        expect(choice).to_be_focused()
        expect(page.locator("#id_q")).to_have_value("zephyrin")
    at(page, "/youths/", f"scope=structure&referent={director.user_id}")
