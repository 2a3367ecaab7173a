"""How long a database may keep somebody waiting: the values, as PostgreSQL itself knows them. How moments are read."""

import datetime

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from environ import Env
from psycopg import adapters
from psycopg.pq import Format

from common.alone import alone
from config.database import database

TIMESTAMPTZ = adapters.types["timestamptz"].oid
URL = "postgres://user:password@db/passerelle"


def options(monkeypatch, **environment) -> dict:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return database(Env(), URL)["OPTIONS"]


def test_whoever_waits_for_a_page_is_told_within_seconds(monkeypatch):
    told = options(monkeypatch, ANSWERS_PEOPLE="1")
    assert told["options"] == "-c statement_timeout=10s -c lock_timeout=5s -c jit=off -c random_page_cost=1.1"
    assert (told["pool"]["timeout"], told["connect_timeout"], told["tcp_user_timeout"]) == (3, 2, 5000)
    assert told["pool"]["max_waiting"] == 8


def test_jobs_and_commands_may_take_their_time(monkeypatch):
    monkeypatch.delenv("ANSWERS_PEOPLE", raising=False)
    assert (
        options(monkeypatch)["options"]
        == "-c statement_timeout=600s -c lock_timeout=60s -c jit=off -c random_page_cost=1.1"
    )
    assert "statement_timeout=0s" in options(monkeypatch, STATEMENT_TIMEOUT="0")["options"]


def test_sqlite_takes_its_write_lock_at_once():
    assert database(Env(), "sqlite:///x.sqlite3")["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.postgres
@pytest.mark.django_db
def test_the_server_knows_them():
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL has them")
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("10min",)
        cursor.execute("SET LOCAL statement_timeout = '50ms'")
        with pytest.raises(OperationalError):
            cursor.execute("SELECT pg_sleep(2)")
    assert "max_waiting" not in settings.DATABASES["default"]["OPTIONS"]["pool"]  # jobs are patient


@pytest.mark.postgres
@pytest.mark.django_db
def test_whoever_was_alone_leaves_the_connection_as_it_was():
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL has them")
    with alone(), connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("0",)
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('lock_timeout'), current_setting('statement_timeout')")
        assert cursor.fetchone() == ("1min", "10min")
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")
        assert cursor.fetchone() == (0,)


@pytest.mark.postgres
@pytest.mark.django_db
def test_moments_are_read_by_the_drivers_own_code_and_in_utc():
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL has them")
    with connection.cursor() as cursor:
        drivers_own = adapters.get_loader(TIMESTAMPTZ, Format.TEXT)
        assert cursor.adapters.get_loader(TIMESTAMPTZ, Format.TEXT) is drivers_own
        cursor.execute("SELECT timestamptz '2026-07-14 10:00:00.5+02'")
        (moment,) = cursor.fetchone()
    assert moment == datetime.datetime(2026, 7, 14, 8, 0, 0, 500_000, tzinfo=datetime.UTC)
    assert moment.utcoffset() == datetime.timedelta(0)
