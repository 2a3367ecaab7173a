"""The end of a session: told before, covered after, and what was typed goes on."""

import pytest
from playwright.sync_api import expect

from accounts.models import Membership, Session
from common import clock
from tests.accounts.conftest import PASSWORD
from tests.factories import MembershipFactory, MissionLocaleFactory
from youths.models import Accompaniment

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NOTE = "Une longue note, écrite pendant que la session finissait."


@pytest.fixture
def writing(open_page, youth, counsellor):
    """A file on the screen, with a note half written."""
    page = open_page(f"/youths/{youth.pk}/", by=counsellor)
    page.fill("#quick-log [name=text]", NOTE)
    return page


PATIENCE = 20_000  # milliseconds: longer than the short session, also on a busy machine


@pytest.fixture
def short(settings):
    settings.SESSION_COOKIE_AGE = 8  # seconds: the page must be there before it ends


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
    expect(writing.locator("#session-ends")).to_be_visible(timeout=PATIENCE)
    expect(writing.locator("#session-ended")).to_be_visible(timeout=PATIENCE)
    writing.keyboard.press("Escape")
    writing.keyboard.press("Escape")
    expect(writing.locator("#session-ended")).to_be_visible()


@pytest.mark.usefixtures("short")
def test_who_is_still_there_stays(writing, settings):
    expect(writing.locator("#session-ends")).to_be_visible(timeout=PATIENCE)
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


def back_later(page):
    """Back from another tab, some time after."""
    page.evaluate(
        "const now = Date.now; Date.now = () => now() + 11000; window.dispatchEvent(new Event('focus'))"
    )


def sign_out_and_in(page, member, live_server):
    member.user.set_password(PASSWORD)
    member.user.save()
    tab = page.context.new_page()
    tab.goto(f"{live_server.url}/accounts/logout/")
    tab.click("main button")
    tab.goto(f"{live_server.url}/accounts/login/?next=/session/resumed/")
    tab.fill("[name=login]", member.user.email)
    tab.fill("[name=password]", PASSWORD)
    tab.click("button.button-primary")
    tab.wait_for_url("**/session/resumed/")
    tab.close()


def test_who_signs_in_meanwhile_in_another_tab_sees_nothing_of_it(writing, colleague, live_server):
    sign_out_and_in(writing, colleague, live_server)
    back_later(writing)
    expect(writing.locator("#quick-log [name=text]")).to_have_value("")


def test_the_same_person_for_another_organisation_does_not_go_on_with_it(open_page, counsellor, live_server):
    here = counsellor.starts_on - clock.ONE_DAY  # one begins with the membership that began first
    Membership.objects.filter(pk=counsellor.pk).update(starts_on=here)
    elsewhere = MembershipFactory(user=counsellor.user, organisation=MissionLocaleFactory())
    writing = open_page("/youths/new/", by=counsellor)
    writing.fill("[name=last_name]", "Benali")
    tab = writing.context.new_page()
    tab.goto(live_server.url)
    tab.click("details.account summary")
    with tab.expect_navigation():
        tab.click(f"button[value='{elsewhere.pk}']")
    tab.close()
    back_later(writing)
    expect(writing.locator("[name=last_name]")).to_have_value("")


def test_a_server_that_stumbles_is_asked_again(writing, colleague, live_server):
    """Whoever came back meanwhile sees nothing of the page, although the first answer was an error."""
    sign_out_and_in(writing, colleague, live_server)
    stumbles = [True, True]
    writing.route(
        "**/session/",
        lambda route: route.fulfill(status=204) if stumbles and stumbles.pop() else route.continue_(),
    )
    back_later(writing)
    expect(writing.locator("#quick-log [name=text]")).to_have_value("")
