"""When a phone on a slow network first shows something, beside the same page without style or script: `make bench`

A cold cache, 400 ms before each answer, 400 kbit/s, a processor slowed down four times, 390 by 844 pixels. Needs a
demonstration, collected static files and Chromium.
"""

import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
from contextlib import contextmanager

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps an event loop in this thread
ROUNDS = 5
MOST = 2.9  # two trips instead of one, and what the scripts take from the sheet meanwhile
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}  # bytes
FIRST_PAINT = """new Promise(done => new PerformanceObserver(list => {
    const paint = list.getEntriesByName("first-contentful-paint")[0];
    if (paint) done(paint.startTime);
}).observe({type: "paint", buffered: true}))"""


@contextmanager
def served():
    """The site as production serves it, at a free port: its address."""
    from common.management.commands.serve import granian

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(granian("127.0.0.1", port, 4), start_new_session=True)
    try:
        while socket.socket().connect_ex(("127.0.0.1", port)):
            assert server.poll() is None, "the web server ended by itself"
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def first_paint(browser, url: str, cookies: list, *, bare: bool) -> float:
    """Milliseconds, of a browser that was never here; `bare` keeps style, font and scripts away."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.add_cookies(cookies)
    page = context.new_page()
    tools = context.new_cdp_session(page)
    tools.send("Network.enable")
    tools.send("Network.emulateNetworkConditions", SLOW)
    tools.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    if bare:
        tools.send("Network.setBlockedURLs", {"urls": ["*/static/*"]})
    page.goto(url, wait_until="commit")
    taken = page.evaluate(FIRST_PAINT)
    context.close()
    return taken


def compared(browser, url: str, cookies: list) -> tuple[float, float]:
    """Medians in milliseconds of the page and of the bare one, taken in turns."""
    whole, bare = [], []
    for _ in range(ROUNDS):
        whole.append(first_paint(browser, url, cookies, bare=False))
        bare.append(first_paint(browser, url, cookies, bare=True))
    return statistics.median(whole), statistics.median(bare)


def session_of(user) -> str:
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def main() -> int:
    django.setup()
    from django.conf import settings
    from django.urls import reverse
    from playwright.sync_api import sync_playwright

    from youths.models import FollowUp

    follow_up = FollowUp.objects.open().select_related("referent__user").order_by("opened_at").first()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if follow_up is None or chromium is None:
        print("No file or no Chromium here: load the demonstration, install the browser.")
        return 1
    ratios = []
    with served() as site, sync_playwright() as playwright:
        session = session_of(follow_up.referent.user)
        signed_in = [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}]
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, path, cookies in [
            ("sign-in", reverse("account_login"), []),
            ("home", reverse("desk:home"), signed_in),
            ("youth’s file", reverse("desk:youth_file", args=[follow_up.youth_id]), signed_in),
        ]:
            whole, bare = compared(browser, site + path, cookies)
            ratios.append(whole / bare)
            print(
                f"{name:14} first paint {whole:5.0f} ms, without style and script {bare:5.0f} ms: "
                f"ratio {ratios[-1]:.2f} (at most {MOST})"
            )
    return int(max(ratios) > MOST)


if __name__ == "__main__":
    sys.exit(main())
