"""The end of a session: told before, covered after, and what was typed goes on."""

import pytest
from playwright.sync_api import expect

from accounts.models import Session
from tests.accounts.conftest import PASSWORD
from youths.models import Accompaniment

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NOTE = "Une longue note, écrite pendant que la session finissait."


@pytest.fixture
def writing(open_page, youth, counsellor):
    """A file on the screen, with a note half written."""
    page = open_page(f"/youths/{youth.pk}/", by=counsellor)
    page.fill("#quick-log [name=text]", NOTE)
    return page


@pytest.fixture
def short(settings):
    settings.SESSION_COOKIE_AGE = 4


def sign_in(page, member):
    member.user.set_password(PASSWORD)
    member.user.save()
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Se reconnecter").click()
    tab = opened.value
    tab.fill("[name=login]", member.user.email)
    tab.fill("[name=password]", PASSWORD)
    tab.click("button.button-primary")
    tab.wait_for_url("**/session/resumed/")
    tab.close()
    page.evaluate("window.dispatchEvent(new Event('focus'))")


@pytest.mark.usefixtures("short")
def test_the_end_is_told_then_covers_the_page(writing):
    expect(writing.locator("#session-ends")).to_be_visible()
    expect(writing.locator("#session-ended")).to_be_visible()
    writing.keyboard.press("Escape")
    writing.keyboard.press("Escape")
    expect(writing.locator("#session-ended")).to_be_visible()


@pytest.mark.usefixtures("short")
def test_who_is_still_there_stays(writing, settings):
    expect(writing.locator("#session-ends")).to_be_visible()
    settings.SESSION_COOKIE_AGE = 1800
    writing.click("[data-session-stay]")
    expect(writing.locator("#session-ends")).to_be_hidden()
    assert Session.objects.get().expire_date > Session.objects.get().began_at


def test_the_same_person_goes_on_with_what_was_typed(writing, counsellor):
    Session.objects.all().delete()
    writing.click("#quick-log button.button-primary")
    expect(writing.locator("#session-ended")).to_be_visible()
    sign_in(writing, counsellor)
    expect(writing.locator("#session-ended")).to_be_hidden()
    writing.click("#quick-log button.button-primary")
    expect(writing.locator("ol.timeline")).to_contain_text(NOTE)
    assert Accompaniment.objects.count() == 1


def test_somebody_else_sees_nothing_of_it(writing, colleague):
    Session.objects.all().delete()
    writing.click("#quick-log button.button-primary")
    sign_in(writing, colleague)
    expect(writing.locator("#quick-log [name=text]")).to_have_value("")
