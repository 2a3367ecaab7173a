"""Monitors get the truth, and nothing more."""

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
