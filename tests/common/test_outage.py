"""A ground that is gone for a moment is a 503 that says when to come back; our own faults stay 500."""

import errno
import sqlite3
import threading
from concurrent.futures import ProcessPoolExecutor

import psycopg
import pytest
from django import db
from django.db import IntegrityError, InterfaceError, OperationalError, ProgrammingError
from django.db.utils import InternalError
from django.http import HttpResponse, StreamingHttpResponse

from accounts.middleware import MemberMiddleware
from accounts.models import AuditEntry
from common import outage

pytestmark = pytest.mark.django_db


def caused(error, cause):
    error.__cause__ = cause
    return error


def of_sqlite(code, sentence, error=OperationalError):
    cause = (sqlite3.IntegrityError if error is IntegrityError else sqlite3.OperationalError)(sentence)
    cause.sqlite_errorcode = code
    return caused(error(sentence), cause)


def of_postgresql(cause):
    """As Django names it: by the class that the driver's own is derived from."""
    named = next(
        kind for kind in type(cause).__mro__ if kind.__module__ == "psycopg" and hasattr(db, kind.__name__)
    )
    return caused(getattr(db, named.__name__)(str(cause)), cause)


POSTGRESQL = psycopg.errors
OUTAGES = {
    "server gone": OperationalError("connection refused"),
    "connection broken": InterfaceError("the connection is closed"),
    "no connection": of_postgresql(psycopg.OperationalError("connection failed: Connection refused")),
    "pool exhausted": caused(
        OperationalError(), psycopg.OperationalError("couldn't get a connection after 3.00 sec")
    ),
    "too many wait for the pool": of_postgresql(psycopg.OperationalError("9 requests are waiting")),
    "connection lost": of_postgresql(POSTGRESQL.ConnectionFailure()),
    "too many connections": of_postgresql(POSTGRESQL.TooManyConnections()),
    "disk of the server full": of_postgresql(POSTGRESQL.DiskFull()),
    "statement too long": OperationalError("canceling statement due to statement timeout"),
    "statement out of time": of_postgresql(POSTGRESQL.QueryCanceled()),
    "server shuts down": of_postgresql(POSTGRESQL.AdminShutdown()),
    "server's disk fails": of_postgresql(POSTGRESQL.IoError()),
    "lock not had in time": of_postgresql(POSTGRESQL.LockNotAvailable()),
    "deadlock": of_postgresql(POSTGRESQL.DeadlockDetected()),
    "standby": caused(InternalError(), psycopg.errors.ReadOnlySqlTransaction()),
    "locked": OperationalError("database is locked"),
    "disk of the database full": OperationalError("database or disk is full"),
    "read only": OperationalError("attempt to write a readonly database"),
    "SQLite busy": of_sqlite(sqlite3.SQLITE_BUSY, "database is locked"),
    "SQLite busy, since its snapshot is old": of_sqlite(sqlite3.SQLITE_BUSY_SNAPSHOT, "database is locked"),
    "SQLite's disk fails": of_sqlite(sqlite3.SQLITE_IOERR_WRITE, "disk I/O error"),
    "SQLite's disk full": of_sqlite(sqlite3.SQLITE_FULL, "database or disk is full"),
    "SQLite cannot open": of_sqlite(sqlite3.SQLITE_CANTOPEN, "unable to open database file"),
    "SQLite read only": of_sqlite(sqlite3.SQLITE_READONLY, "attempt to write a readonly database"),
    "disk full": OSError(errno.ENOSPC, "No space left on device"),
    "disk read only": OSError(errno.EROFS, "Read-only file system"),
}
OWN_FAULTS = {
    "constraint": IntegrityError("UNIQUE constraint failed"),
    "constraint of SQLite": of_sqlite(
        sqlite3.SQLITE_CONSTRAINT_UNIQUE, "UNIQUE constraint failed", IntegrityError
    ),
    "missing migration": of_sqlite(sqlite3.SQLITE_ERROR, "no such table: youths_youth"),
    "missing column": of_sqlite(sqlite3.SQLITE_ERROR, "no such column: youths_youth.email"),
    "missing function": of_sqlite(sqlite3.SQLITE_ERROR, "no such function: unaccent"),
    "wrong query of SQLite": of_sqlite(sqlite3.SQLITE_ERROR, 'near "SELEC": syntax error'),
    "too deep for SQLite": of_sqlite(sqlite3.SQLITE_ERROR, "parser stack overflow"),
    "too many values": of_sqlite(sqlite3.SQLITE_ERROR, "too many SQL variables"),
    "damaged file": of_sqlite(sqlite3.SQLITE_CORRUPT, "database disk image is malformed"),
    "not of SQLite itself": caused(OperationalError(), sqlite3.OperationalError("Could not decode to UTF-8")),
    "wrong value": caused(InterfaceError(), sqlite3.InterfaceError("Error binding parameter 0")),
    "wrong query": ProgrammingError("syntax error"),
    "wrong query of PostgreSQL": of_postgresql(POSTGRESQL.SyntaxError()),
    "value out of range": of_postgresql(POSTGRESQL.NumericValueOutOfRange()),
    "operational, and nothing that passes": of_postgresql(POSTGRESQL.ObjectNotInPrerequisiteState()),
    "programming": ZeroDivisionError(),
    "missing file": FileNotFoundError(errno.ENOENT, "No such file"),
}
PATHS = ["/youths/", "/api/v1/youths/"]


def fails(error):
    def failing(*args, **kwargs):
        raise error

    return failing


@pytest.fixture
def client_of(as_member, counsellor):
    return as_member(counsellor, raise_request_exception=False)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("error", OUTAGES.values(), ids=OUTAGES.keys())
def test_an_outage_in_a_view_is_a_503(client_of, monkeypatch, path, error):
    monkeypatch.setattr("youths.models.Youth.objects.visible_to", fails(error))
    assert_unavailable(client_of.get(path), path)


@pytest.mark.parametrize("path", PATHS)
def test_an_outage_before_any_view_is_a_503(client_of, monkeypatch, path):
    monkeypatch.setattr(MemberMiddleware, "member_of", fails(OUTAGES["server gone"]))
    assert_unavailable(client_of.get(path), path)


@pytest.mark.parametrize("path", PATHS)
def test_an_audit_that_cannot_be_written_is_a_503_and_nothing_leaves(client_of, monkeypatch, youth, path):
    monkeypatch.setattr(AuditEntry.objects, "bulk_create", fails(OUTAGES["disk full"]))
    answer = client_of.get(path)
    assert_unavailable(answer, path)
    assert b"BENALI" not in answer.content.upper()


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("error", OWN_FAULTS.values(), ids=OWN_FAULTS.keys())
def test_our_own_faults_stay_ours(client_of, monkeypatch, path, error):
    monkeypatch.setattr("youths.models.Youth.objects.visible_to", fails(error))
    assert client_of.get(path).status_code == 500


def assert_unavailable(answer, path):
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert "no-store" in answer.headers["Cache-Control"]
    if path.startswith("/api/"):
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.json()["type"].endswith(":unavailable")
    else:
        assert "ne répond pas" in answer.content.decode()


def test_whoever_comes_while_all_places_hang_is_told_at_once(rf, settings):
    settings.REQUESTS_AT_ONCE = 1
    inside, leave = threading.Event(), threading.Event()

    def hangs(request):
        inside.set()
        leave.wait(10)
        return HttpResponse("late")

    room = outage.Room(hangs)
    first = threading.Thread(target=room, args=(rf.get("/"),))
    first.start()
    inside.wait(10)
    assert room(rf.get("/")).status_code == 503
    leave.set()
    first.join()
    assert room(rf.get("/")).status_code == 200  # the place is free again


def test_a_file_holds_its_place_until_it_is_taken(rf, settings):
    settings.REQUESTS_AT_ONCE = 1
    room = outage.Room(lambda request: StreamingHttpResponse([b"a", b"b"]))
    first = room(rf.get("/"))
    assert room(rf.get("/")).status_code == 503
    assert list(first) == [b"a", b"b"]
    assert room(rf.get("/")).status_code == 503  # its last byte may still be on the way
    first.close()
    first.close()
    second = room(rf.get("/"))
    assert second.status_code == 200
    assert room(rf.get("/")).status_code == 503
    second.close()


def test_a_fault_leaves_its_place(rf, settings):
    settings.REQUESTS_AT_ONCE = 1
    room = outage.Room(fails(ZeroDivisionError()))
    for _request in range(2):
        with pytest.raises(ZeroDivisionError):
            room(rf.get("/"))


def test_repeated_starts_raise_an_alarm(tmp_path, caplog):
    book = tmp_path / "starts"
    for _start in range(outage.OFTEN):
        outage.note_start(book)
    assert not caplog.records
    outage.note_start(book)
    assert caplog.records[-1].levelname == "CRITICAL"


def test_starts_at_the_same_moment_are_all_written_down(tmp_path):
    book = tmp_path / "starts"
    with ProcessPoolExecutor(4) as workers:
        list(workers.map(outage.note_start, [book] * 200))
    assert len(book.read_text().split()) == 200


def test_old_starts_and_a_torn_book_raise_none(tmp_path, caplog):
    book = tmp_path / "starts"
    book.write_text("\n".join(["1000.0"] * 50))
    assert outage.note_start(book) == 1
    book.write_text("12.5\nhalf a li")
    assert outage.note_start(book) == 0
    assert not caplog.records
