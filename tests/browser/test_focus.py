"""Where the keyboard goes on after a form was sent."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def file(chromium, live_server, client, youth, counsellor):
    """A young person's file. The console may complain here, as it does of each refusal."""
    client.force_login(counsellor.user)
    name = settings.SESSION_COOKIE_NAME
    context = chromium.new_context(locale="fr-FR")
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}/youths/{youth.pk}/")
    yield page
    context.close()


def test_in_place_it_goes_to_what_is_to_be_corrected_then_back_to_the_button(file):
    file.locator("[name=reminder][value=date]").check(force=True)
    file.click("#quick-log-save")
    expect(file.locator("#quick-log .error-summary")).to_be_focused()
    file.locator("[name=reminder][value=none]").check(force=True)
    file.click("#quick-log-save")
    expect(file.locator("#quick-log .error-summary")).to_have_count(0)
    expect(file.locator("#quick-log-save")).to_be_focused()


def test_on_a_new_page_it_goes_to_what_is_to_be_corrected(file):
    file.goto(file.url + "edit/")
    file.fill("[name=email]", "sans arobase")
    file.locator("main form").evaluate("form => form.noValidate = true")
    file.click("main form button.button-primary")
    expect(file.locator(".error-summary")).to_be_focused()
