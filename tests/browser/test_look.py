"""The frame and the components, seen by a browser: access, width, keyboard."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.factories import ReferralFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = [390, 768, 1400]


def violations(page) -> list:
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    found = Axe().run(page).response["violations"]
    return [(fault["id"], [node["target"] for node in fault["nodes"]]) for fault in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_gallery_is_accessible(open_page, counsellor, width, scheme):
    assert violations(open_page("/gallery/", by=counsellor, width=width, scheme=scheme)) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_sign_in_is_accessible(open_page, scheme):
    assert violations(open_page("/accounts/login/", width=390, scheme=scheme)) == []


@pytest.mark.parametrize("path", ["/gallery/", "/accounts/2fa/"])
def test_nothing_scrolls_sideways_at_320(open_page, counsellor, path):
    page = open_page(path, by=counsellor, width=320)
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def focused(page) -> str:
    return page.evaluate("document.activeElement.name")


def test_keys_lead_to_search_quick_log_and_kind(open_page, counsellor):
    page = open_page("/gallery/", by=counsellor)
    page.keyboard.press("/")
    assert focused(page) == "q"
    page.keyboard.press("n")
    assert page.input_value("input[name=q]") == "n", "a letter typed in a field is a letter"
    page.locator("h1").click()
    page.keyboard.press("n")
    assert focused(page) == "kind"
    page.keyboard.press("3")
    assert page.locator("[data-quick-log] :checked").get_attribute("value") == "message"


def test_n_opens_the_contact_page_where_there_is_no_quick_log(open_page, counsellor):
    page = open_page("/accounts/2fa/", by=counsellor)
    page.keyboard.press("n")
    page.wait_for_url("**/contacts/new/")


def test_shortcuts_can_be_turned_off_for_good(open_page, counsellor):
    page = open_page("/gallery/", by=counsellor)
    page.click("details.account summary")
    page.uncheck("[data-shortcuts-switch]")
    page.reload()
    page.keyboard.press("/")
    assert focused(page) != "q"


def test_a_dialog_opens_by_its_button_and_closes_by_escape(open_page, counsellor):
    page = open_page("/gallery/", by=counsellor, width=390)
    page.click("[data-dialog=sure]")
    assert page.locator("dialog#sure").is_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    assert page.locator("dialog#sure").is_hidden()


def test_a_double_click_sends_a_form_once(open_page):
    page = open_page("/accounts/login/", width=390)
    sent = []

    def answer(route):
        if route.request.method == "POST":
            sent.append(route.request.url)
            route.fulfill(status=204)  # the browser stays where it is
        else:
            route.continue_()

    page.route("**/accounts/login/", answer)
    page.fill("[name=login]", "someone@example.org")
    page.fill("[name=password]", "a password of theirs")
    page.locator("main button").dblclick()
    expect(page.locator("main button")).to_be_disabled()
    assert len(sent) == 1


TO_CLICK = "button:not([aria-pressed=true]), input, select, textarea, summary, nav, .button"


@pytest.mark.parametrize(
    "path", ["/youths/?scope=structure&silent=true", "/referrals/?state=waiting", "youth"]
)
def test_paper_has_nothing_to_click_and_says_whose_it_is(open_page, counsellor, youth, path):
    ReferralFactory(sender=counsellor.organisation, youth=youth, author=counsellor)
    page = open_page(youth.get_absolute_url() if path == "youth" else path, by=counsellor)
    assert page.locator(".on-paper").is_hidden()
    page.emulate_media(media="print")
    assert page.locator(TO_CLICK).locator("visible=true").all_inner_texts() == []
    assert page.locator(".on-paper").is_visible()
    assert "BENALI" in page.inner_text("main")
    if path != "youth":
        assert page.locator("[aria-pressed=true]").locator("visible=true").count() == 1  # the filter in use
        assert page.locator("thead th").first.inner_text().strip()  # a head that sorts is words on paper


def test_pages_work_without_scripts(open_page, counsellor):
    page = open_page("/gallery/", by=counsellor, java_script_enabled=False)
    assert page.locator("h1").is_visible()
    assert page.locator("a[href='/contacts/new/']").is_visible()
