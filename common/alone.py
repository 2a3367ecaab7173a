"""One at a time: two first starts, or two machines that migrate one database, wait for each other."""

import fcntl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from django.conf import settings
from django.db import connection

KEY = 0x50617373  # any number, the same for all of us
_held = False


@contextmanager
def alone() -> Iterator[None]:
    """Waits for as long as it takes. Taken again within itself it is held already."""
    global _held
    if _held:
        yield
        return
    with ExitStack() as stack:
        stack.enter_context(of_the_folder())
        if connection.vendor == "postgresql":
            stack.enter_context(of_the_database())
        _held = True
        try:
            yield
        finally:
            _held = False


@contextmanager
def of_the_folder() -> Iterator[None]:
    with (settings.VAR / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def of_the_database() -> Iterator[None]:
    """The server frees it when the session ends, however that is."""
    with connection.cursor() as cursor:
        usual = [(name, setting(cursor, name)) for name in ("lock_timeout", "statement_timeout")]
        for name, _ in usual:
            cursor.execute("SELECT set_config(%s, '0', false)", [name])
        cursor.execute("SELECT pg_advisory_lock(%s)", [KEY])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [KEY])
            for name, value in usual:  # the connection goes back to the pool
                cursor.execute("SELECT set_config(%s, %s, false)", [name, value])


def setting(cursor, name: str) -> str:
    cursor.execute("SELECT current_setting(%s)", [name])
    return cursor.fetchone()[0]
