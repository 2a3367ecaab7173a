"""Everything by the keyboard alone: the palette, the shortcuts, and a walk by Tab through four pages."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.factories import FollowUpFactory, ReferralFactory, YouthFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# What has the focus, and whether a ring is drawn around it (or around what stands for it).
FOCUSED = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect();
  const ringed = [one, one.closest("label")].filter(Boolean);
  return {
    name: one.outerHTML.slice(0, 120),
    isBody: one === document.body,
    isRinged: ringed.some((e) => getComputedStyle(e).outlineStyle !== "none"),
    isSeen: box.width > 0 && box.height > 0,
  };
}"""
REACHABLE = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary")].filter(
  (e) => e.checkVisibility({ visibilityProperty: true }) && !e.disabled && e.tabIndex >= 0 && e.type !== "hidden"
    && !(e.type === "radio" && !e.checked && document.querySelector(`[name="${e.name}"]:checked`))
).length"""


@pytest.fixture
def referral(agreement, youth, counsellor, mission_locale, partner):
    return ReferralFactory(
        sender=mission_locale, recipient=partner, agreement=agreement, youth=youth, author=counsellor
    )


def options(page):
    return page.locator("#palette [role=option]")


def opened(page):
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox")).to_be_focused()
    expect(options(page).first).to_be_visible()


def test_the_palette_opens_a_file_by_keys_alone(open_page, counsellor, youth):
    page = open_page("/", by=counsellor)
    opened(page)
    page.keyboard.type("benal")
    expect(options(page)).to_have_count(1)
    expect(page.locator("#palette [role=status]")).to_have_text("1 résultat")
    field, option = page.get_by_role("combobox"), options(page).first
    expect(option).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", option.get_attribute("id"))
    assert page.url.endswith("/"), "the address stays that of the page beneath"
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/youths/{youth.pk}/")


@pytest.mark.parametrize("width", [1400, 390])
def test_the_palette_is_accessible_and_fits(open_page, counsellor, youth, width):
    page = open_page("/", by=counsellor, width=width)
    opened(page)
    page.keyboard.type("a")
    expect(page.locator("#palette [role=status]")).to_contain_text("résultats")
    assert [fault["id"] for fault in Axe().run(page).response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_arrows_go_round_and_escape_leads_back(open_page, counsellor):
    page = open_page("/youths/", by=counsellor)
    page.locator("#id_q").focus()
    opened(page)
    number = options(page).count()
    page.keyboard.press("ArrowUp")
    expect(options(page).nth(number - 1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(options(page).nth(0)).to_have_attribute("aria-selected", "true")
    expect(page.locator("#palette [aria-selected=true]")).to_have_count(1)
    for _ in range(4):
        page.keyboard.press("Tab")
        inside = (
            "document.activeElement === document.body || document.activeElement.closest('#palette') !== null"
        )
        assert page.evaluate(inside), "the page beneath is out of reach"
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()
    expect(page.locator("#id_q")).to_be_focused()


def test_what_was_typed_is_gone_when_it_opens_again(open_page, counsellor, youth):
    page = open_page("/", by=counsellor)
    opened(page)
    page.keyboard.type("benali")
    expect(options(page)).to_have_count(1)
    page.keyboard.press("Escape")
    opened(page)
    expect(page.get_by_role("combobox")).to_have_value("")
    expect(page.locator("#palette")).not_to_contain_text("BENALI")


def test_without_scripts_the_button_leads_to_a_page(open_page, counsellor, youth):
    page = open_page("/", by=counsellor, java_script_enabled=False)
    page.get_by_role("link", name="Tout rechercher").click()
    page.fill("#find-words", "benali")
    page.locator("main form button").click()
    expect(page.locator("#results")).to_contain_text("BENALI Yanis")
    assert "benali" not in page.url


def test_a_question_mark_shows_the_shortcuts_but_not_while_typing(open_page, counsellor):
    page = open_page("/youths/", by=counsellor)
    dialog = page.locator("#shortcuts")
    page.locator("#id_q").focus()
    page.keyboard.press("?")
    expect(dialog).to_be_hidden()
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(dialog).to_be_visible()
    expect(dialog.locator("kbd")).to_have_text(["Ctrl+K", "/", "N", "1–9", "Ctrl+Enter", "?"])
    page.keyboard.press("Control+k")
    expect(page.locator("#palette")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def walked(page) -> list[str]:
    """What Tab leads to, once round; each is seen and ringed."""
    page.evaluate("document.activeElement.blur()")
    reached = []
    for _ in range(400):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused["isBody"] and reached:
            return reached
        assert focused["isSeen"], focused
        assert focused["isRinged"], focused
        reached.append(focused["name"])
    pytest.fail(f"a trap: {reached[-3:]}")


@pytest.mark.parametrize("where", ["home", "caseload", "file", "referral"])
def test_tab_reaches_everything_and_is_caught_nowhere(open_page, counsellor, youth, referral, where):
    for _ in range(3):
        FollowUpFactory(youth=YouthFactory(organisation=youth.organisation), referent=counsellor)
    pages = {"home": "/", "caseload": "/youths/", "file": youth.get_absolute_url()}
    page = open_page(pages.get(where, referral.get_absolute_url()), by=counsellor)
    reached = walked(page)
    assert len(reached) >= page.evaluate(REACHABLE)


def test_from_home_to_a_referral_by_tab_and_enter(open_page, counsellor, youth, referral):
    page = open_page("/", by=counsellor)

    def go(href):
        for _ in range(150):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.getAttribute('href')") == href:
                page.keyboard.press("Enter")
                return page.wait_for_url(re.compile(re.escape(href) + "$"))
        pytest.fail(f"Tab does not lead to {href}")

    for href in ("/youths/", youth.get_absolute_url(), referral.get_absolute_url()):
        go(href)


@pytest.mark.parametrize("scripts", [True, False])
def test_heads_sort_and_keep_the_focus(open_page, counsellor, youth, scripts):
    other = YouthFactory(organisation=youth.organisation, last_name="Zéphyrin")
    FollowUpFactory(youth=other, referent=counsellor)
    page = open_page("/youths/", by=counsellor, java_script_enabled=scripts)
    head = page.locator("#sort-youth")
    head.focus()
    head.press("Enter")
    expect(page.locator("th[aria-sort=descending]")).to_have_count(1)
    expect(page.locator("#results tbody tr").first).to_contain_text("ZÉPHYRIN")
    expect(page).to_have_url(re.compile(r"order=-name$"))
    if scripts:
        expect(head).to_be_focused()


def test_a_phone_sorts_by_a_list(open_page, counsellor, youth):
    other = YouthFactory(organisation=youth.organisation, last_name="Zéphyrin")
    FollowUpFactory(youth=other, referent=counsellor)
    page = open_page("/youths/", by=counsellor, width=390)
    page.select_option("#sort-by", "-name")
    expect(page.locator("#results tbody tr").first).to_contain_text("ZÉPHYRIN")
    expect(page.locator("#sort-by")).to_have_value("-name")
    page.select_option("#sort-by", "")
    expect(page.locator("#results tbody tr").first).to_contain_text("BENALI")
