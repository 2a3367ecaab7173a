"""What each address costs on the database of DATABASE_URL: one question for each line that comes in, told as JSON."""

import json
import logging
import os
import re
import statistics
import sys
import time
from unittest import mock

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
ROUNDS = 5
VARYING = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=cursor=)[^&]+")


def main() -> None:
    django.setup()
    logging.disable()  # addresses are tried that refuse some readers
    from django.db import transaction

    from accounts.throttling import CallerThrottle
    from tests.scale.asking import readers

    with mock.patch.object(CallerThrottle, "allow_request", return_value=True), transaction.atomic():
        for reader in readers():
            for question in reader.questions():
                sys.stdin.readline()  # its turn
                label = VARYING.sub("…", f"{question.url} {' '.join(question.data.values())}".strip())
                cost = {"role": reader.role, "address": label, **cost_of(question, reader)}
                print(json.dumps(cost), flush=True)
        transaction.set_rollback(True)  # people were engaged, and reads written down


def cost_of(question, reader) -> dict:
    """Milliseconds, statements, and what the database read for them."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from tests.scale.plans import readings_of

    with CaptureQueriesContext(connection) as captured:
        status = question.ask(reader.caller).status_code
    statements = [query["sql"] for query in captured.captured_queries]
    readings = readings_of(statements)
    wall, cpu = times_of(question, reader.caller)
    return {
        "status": status,
        "ms": wall,
        "cpu": cpu,
        "queries": sum("SAVEPOINT" not in sql for sql in statements),
        "read": sum(reading.read for reading in readings),
        "slowest": max((reading.ms for reading in readings), default=0),
        "faults": sorted(
            {str(reading) for reading in readings if reading.is_too_much(reader.held, reader.files)}
        ),
    }


def times_of(question, caller) -> tuple[float, float]:
    """Medians of what passed, and of what this process worked."""
    taken = []
    for _turn in range(ROUNDS):
        wall, cpu = time.perf_counter(), time.process_time()
        question.ask(caller)
        taken.append((time.perf_counter() - wall, time.process_time() - cpu))
    wall, cpu = (statistics.median(column) * 1000 for column in zip(*taken, strict=True))
    return wall, cpu


if __name__ == "__main__":
    main()
