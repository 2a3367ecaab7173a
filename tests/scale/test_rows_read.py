"""No page reads a structure to show a part of it: each statement of each route, with its plan.

The largest of five structures has some 5,000 files: what reads more than its own shows as well.
"""

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.throttling import CallerThrottle
from tests.scale.asking import readers
from tests.scale.plans import readings_of

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
FILES, STRUCTURES = 20_000, 5
ROLES = ("counsellor", "director", "reception", "agent", "lead", "client of ours", "client of the partner")


@pytest.fixture(scope="module")
def asked(django_db_setup, django_db_blocker):
    """Loaded once, and undone."""
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL tells how many rows a plan read")
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patched:
        patched.setattr(CallerThrottle, "allow_request", lambda *arguments: True)
        call_command("bulk_data", youths=FILES, missions_locales=STRUCTURES, verbosity=0)
        along_indexes_alone()
        yield {reader.role: reader for reader in readers()}
        transaction.set_rollback(True)


def along_indexes_alone():
    """So few rows PostgreSQL rightly reads whole; asked is what it would read along the indexes at size."""
    with connection.cursor() as cursor:
        for way in ("seqscan", "hashjoin", "mergejoin"):
            cursor.execute(f"SET LOCAL enable_{way} = off")


@pytest.mark.parametrize("role", ROLES)
def test_nothing_is_read_that_is_not_shown(asked, role):
    reader, found = asked[role], []
    for question in reader.questions():
        with CaptureQueriesContext(connection) as captured:
            answer = question.ask(reader.caller)
        assert answer.status_code == 200, question
        statements = [query["sql"] for query in captured.captured_queries]
        found += [
            f"{question.name} {question.url}: {reading}"
            for reading in readings_of(statements)
            if reading.is_too_much(reader.held, reader.files)
        ]
    assert not found, "\n".join(found)
