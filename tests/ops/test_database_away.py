"""A real PostgreSQL behind a wire that is cut, or swallows all: pages are refused, health answers, all comes back."""

import contextlib
import os
import select
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.db import connection

pytestmark = [pytest.mark.workerkill, pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
# With a token, that is: the database is asked whose it is. Nobody's: a 401, when all is well.
PAGE, LIVE, READY = "/api/v1/youths/", "/health/live", "/health/ready"
WELL = 401
PLACES, THREADS = 4, 6


class Wire(threading.Thread):
    """Forwards to the database; `hang()` swallows what comes, `cut()` hangs up and refuses, `mend()` ends both."""

    def __init__(self, host, port):
        super().__init__(daemon=True)
        self.target, self.state, self.pairs = (host, port), "whole", {}
        self.door = self.listen(0)
        self.port = self.door.getsockname()[1]

    def listen(self, port):
        door = socket.create_server(("127.0.0.1", port), reuse_port=True)
        door.setblocking(False)
        return door

    def hang(self):
        self.state = "hanging"

    def cut(self):
        self.state = "cut"

    def mend(self):
        self.state = "whole"

    def run(self):
        while self.state != "gone":
            if self.state == "hanging":
                time.sleep(0.02)
                continue
            if self.state == "cut":
                self.hang_up()
                time.sleep(0.02)
                continue
            self.door = self.door or self.listen(self.port)
            ready, _, _ = select.select([self.door, *self.pairs], [], [], 0.02)
            for one in ready:
                self.accept() if one is self.door else self.forward(one)
        self.hang_up()

    def hang_up(self):
        if self.door:
            self.door.close()
            self.door = None
        for one in list(self.pairs):
            one.close()
        self.pairs.clear()

    def accept(self):
        with contextlib.suppress(OSError):
            one, _ = self.door.accept()
            other = socket.create_connection(self.target)
            self.pairs[one], self.pairs[other] = other, one

    def forward(self, one):
        other = self.pairs.get(one)
        if other is None:
            return
        with contextlib.suppress(OSError):
            if content := one.recv(65536):
                other.sendall(content)
                return
        for end in (one, other):
            self.pairs.pop(end, None)
            end.close()


@pytest.fixture
def wire():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no wire")
    database = connection.settings_dict
    wire = Wire(database["HOST"], int(database["PORT"] or 5432))
    wire.start()
    yield wire
    wire.state = "gone"
    wire.join()


@pytest.fixture
def site(wire, tmp_path):
    """The web server as `serve` starts it, with one worker, on the database of the test behind the wire."""
    database = connection.settings_dict
    url = f"postgres://{database['USER']}:{database['PASSWORD']}@127.0.0.1:{wire.port}/{database['NAME']}"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": url,
        "VAR_ROOT": str(tmp_path),
        "REQUESTS_AT_ONCE": str(PLACES),
    }
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "granian",
        "config.wsgi:application",
        "--interface",
        "wsgi",
        "--workers",
        "1",
    ]
    command += ["--port", str(port), "--blocking-threads", str(THREADS), "--log-level", "warning"]
    with (tmp_path / "web.log").open("w") as log:
        process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, stdout=log, stderr=log)
    try:
        site = f"http://127.0.0.1:{port}"
        wait_for(lambda: asked(site + LIVE)[0] == 200 and asked(site + PAGE)[0] == WELL)
        yield site
    finally:
        process.terminate()
        process.wait(30)


def asked(url, timeout=30) -> tuple[int, float, set]:
    """The status (0 where nobody listens), how many seconds it took, its headers' names."""
    started = time.monotonic()
    try:
        request = urllib.request.Request(url, headers={"Authorization": "Bearer nobody"})
        with urllib.request.urlopen(request, timeout=timeout) as answer:
            answer.read()
            found = answer.status, set()
    except urllib.error.HTTPError as error:
        found = error.code, {name.lower() for name in error.headers}
    except OSError:
        found = 0, set()
    return found[0], time.monotonic() - started, found[1]


def wait_for(condition, seconds=40):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.1)


def test_a_wire_that_is_cut(wire, site):
    """Whoever asks is told within seconds; monitors at once; all comes back by itself."""
    wire.cut()
    with ThreadPoolExecutor(20) as crowd:
        pages = [crowd.submit(asked, site + PAGE) for _page in range(20)]
        monitors_are_answered(site)
        answers = [page.result() for page in pages]
    assert {status for status, _, _ in answers} == {503}
    assert all("retry-after" in headers for _, _, headers in answers)
    assert max(seconds for _, seconds, _ in answers) < 10
    wait_for(lambda: asked(site + READY)[0] == 503, 10)
    wire.mend()
    comes_back(site)


def test_a_database_that_hangs(wire, site):
    """Who is inside waits with it; there is room for so many, and everybody else is told at once."""
    wire.hang()
    with ThreadPoolExecutor(20) as crowd:
        pages = [crowd.submit(asked, site + PAGE) for _page in range(20)]
        monitors_are_answered(site)
        wait_for(lambda: sum(page.done() for page in pages) >= 20 - PLACES, 10)
        wait_for(lambda: asked(site + READY)[0] == 503, 10)
        wire.mend()
        statuses = [page.result()[0] for page in pages]
    assert set(statuses) <= {503, WELL}
    assert statuses.count(503) >= 20 - PLACES
    comes_back(site)


def test_who_is_inside_a_database_that_hangs_is_let_go(wire, site):
    """The server cannot tell its own limit of ten seconds any more; the wire looks alive."""
    wire.hang()
    status, seconds, headers = asked(site + PAGE, timeout=60)
    assert (status, "retry-after" in headers) == (503, True)
    assert seconds < 20
    wire.mend()
    comes_back(site)


def monitors_are_answered(site):
    lives = [asked(site + LIVE) for _probe in range(20)]
    assert {status for status, _, _ in lives} == {200}
    assert sorted(seconds for _, seconds, _ in lives)[10] < 0.05
    assert max(seconds for _, seconds, _ in lives) < 1


def comes_back(site):
    wait_for(lambda: asked(site + PAGE)[0] == WELL and asked(site + READY)[0] == 200)
