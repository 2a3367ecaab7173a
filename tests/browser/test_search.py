"""Words typed to find a person stay where they are when a state is chosen, and never reach the address."""

import re

import pytest
from playwright.sync_api import expect

from referrals.workflow import Status
from tests.factories import ReferralFactory, YouthFactory

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


def stands(page, words, number, state):
    expect(rows(page)).to_have_count(number)
    assert page.input_value("#id_q") == words
    assert re.search(r"/referrals/(\?.*)?$", page.url)
    assert "phyrin" not in page.url
    assert f"state={state}" in page.url if state else "state" not in page.url


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
