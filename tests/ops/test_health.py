"""Monitors get the truth, and nothing more."""

import threading
import time
from collections import Counter

import pytest
from celery import Celery
from django.db import OperationalError

from common import health

READY = "/health/ready"


@pytest.fixture
def dead_database(monkeypatch):
    class Dead:
        def cursor(self):
            raise OperationalError("could not connect to server at 10.0.0.7")

        def close(self):
            pass

    monkeypatch.setattr(health, "connection", Dead())


@pytest.fixture
def dead_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "a file, not a folder"
    settings.MEDIA_ROOT.touch()


@pytest.fixture
def dead_broker(monkeypatch):
    # Port 1: nobody listens there.
    monkeypatch.setattr(health, "current_app", Celery(broker="redis://127.0.0.1:1/0", set_as_current=False))


@pytest.fixture(autouse=True)
def files_in_a_folder_of_its_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture(autouse=True)
def nothing_found_yet(monkeypatch):
    probes = {name: health.Probe(probe.check) for name, probe in health.PROBES.items()}
    monkeypatch.setattr(health, "PROBES", probes)
    return probes


def test_live_needs_no_database_and_no_sign_in(client):
    answer = client.get("/health/live")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_ready_when_all_answer(client):
    answer = client.get(READY)
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "database": "ok", "files": "ok", "broker": "ok"}


@pytest.mark.django_db
@pytest.mark.usefixtures("dead_broker")
def test_without_broker_pages_work_so_it_is_degraded_only(client):
    answer = client.get(READY)
    assert answer.status_code == 200
    assert answer.json() == {"status": "degraded", "database": "ok", "files": "ok", "broker": "unavailable"}


@pytest.mark.usefixtures("dead_database")
def test_without_database_it_is_not_ready_and_tells_no_detail(client):
    answer = client.get(READY)
    assert answer.status_code == 503
    assert answer.json()["database"] == "unavailable"
    assert b"10.0.0.7" not in answer.content


@pytest.mark.django_db
@pytest.mark.usefixtures("dead_files")
def test_without_files_it_is_not_ready(client):
    answer = client.get(READY)
    assert answer.status_code == 503
    assert answer.json()["files"] == "unavailable"


@pytest.mark.django_db
def test_the_probe_leaves_nothing_behind(client, settings):
    client.get(READY)
    assert list(settings.MEDIA_ROOT.iterdir()) == []


def test_health_is_read_only_and_not_kept_by_caches(client):
    assert client.post(READY).status_code == 405
    assert "no-store" in client.get("/health/live")["Cache-Control"]


def test_all_callers_together_probe_once(client, nothing_found_yet):
    calls = []
    probe = nothing_found_yet["database"] = health.Probe(lambda: calls.append(1))
    assert {client.get(READY).status_code for _caller in range(20)} == {200}
    assert len(calls) == 1
    probe.begun_at -= health.FRESH
    assert client.get(READY).status_code == 200
    probe.done.wait(5)
    assert len(calls) == 2


def test_a_probe_that_hangs_keeps_nobody_waiting(client, nothing_found_yet):
    release = threading.Event()
    probe = nothing_found_yet["database"] = health.Probe(lambda: None)
    assert client.get(READY).status_code == 200  # a first finding
    probe.check = lambda: release.wait(30)
    probe.begun_at -= health.FRESH
    started = time.monotonic()
    client.get(READY)
    assert client.get("/health/live").status_code == 200
    assert time.monotonic() - started < health.FRESH
    probe.begun_at -= health.FRESH
    assert client.get(READY).status_code == 503
    release.set()


@pytest.fixture
def all_hang(nothing_found_yet):
    """Every probe hangs; gives the probes and how often each was begun."""
    release, begun = threading.Event(), Counter()
    for name in nothing_found_yet:

        def hangs(name=name):
            begun[name] += 1
            release.wait(30)

        nothing_found_yet[name] = health.Probe(hangs)
    yield nothing_found_yet, begun
    release.set()


def seconds_of(act) -> float:
    started = time.monotonic()
    act()
    return time.monotonic() - started


def test_three_that_hang_cost_no_more_than_one(client, all_hang, monkeypatch):
    monkeypatch.setattr(health, "PATIENCE", 0.5)
    probes, _ = all_hang
    for probe in probes.values():
        probe.finding, probe.begun_at = True, time.monotonic() - health.FRESH
    assert 0.5 <= seconds_of(lambda: client.get(READY)) < 1.2


def test_what_hangs_from_the_start_keeps_the_process_waiting_once(client, all_hang, monkeypatch):
    monkeypatch.setattr(health, "FRESH", 1.0)
    _, begun = all_hang
    assert 1.0 <= seconds_of(health.findings) < 1.9  # as the process does before it opens
    answers = []
    assert seconds_of(lambda: answers.extend(client.get(READY) for _call in range(5))) < 1.0
    assert {answer.status_code for answer in answers} == {503}
    assert set(begun.values()) == {1}  # no second look beside the one that hangs


@pytest.mark.django_db
def test_health_asks_neither_session_nor_member_nor_host(client, settings, django_assert_num_queries):
    settings.ALLOWED_HOSTS = ["passerelle.example"]
    settings.SECURE_SSL_REDIRECT = True
    with django_assert_num_queries(0):
        answer = client.get("/health/live", headers={"Host": "10.0.0.3"})
    assert answer.status_code == 200
    assert not answer.cookies
