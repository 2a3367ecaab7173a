"""A real Chromium. Without one these tests are skipped, with their reason; where CI is set they fail."""

import os
import shutil

import pytest
from django.conf import settings
from playwright.sync_api import sync_playwright

# Playwright keeps an event loop in this thread; Django would refuse to touch the database beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def chromium():
    if CHROMIUM is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("no chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, live_server, client):
    """`open_page("/gallery/", by=member, width=390)`; what the console complains of fails the test."""
    contexts, complaints = [], []

    def opener(path, *, by=None, width=1400, scheme="light", **options):
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, **options
        )
        contexts.append(context)
        if by is not None:
            client.force_login(by.user)
            cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
            )
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: said.type == "error" and complaints.append(said.text))
        page.goto(live_server.url + path)
        return page

    yield opener
    for context in contexts:
        context.close()
    assert not complaints
