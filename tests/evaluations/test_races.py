"""What only a server with concurrent writers can show."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from common import clock
from evaluations.actions import ask_for_report, open_evaluation
from evaluations.models import Evaluation, Report
from tests.evaluations.conftest import AFTER

THREADS = 8

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL has concurrent writers"),
]


def at_once(work):
    """Run `work` in eight threads that start together, each on its own connection."""
    start = Barrier(THREADS)

    def run(_number):
        try:
            start.wait()
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(run, range(THREADS)))


def test_a_report_is_claimed_once(evaluation, director):
    report = ask_for_report(evaluation, by=director)
    claims = at_once(lambda: Report.objects.claim(report.pk))
    assert len([claim for claim in claims if claim is not None]) == 1
    assert Report.objects.get().tries == 1


def test_eight_clicks_open_one_evaluation(charter, a_year, director):
    def click():
        with clock.at(AFTER):
            return open_evaluation(charter, 1, by=director)

    assert len({evaluation.pk for evaluation in at_once(click)}) == 1
    assert Evaluation.objects.count() == 1


def test_eight_clicks_ask_for_one_report(evaluation, director):
    reports = at_once(lambda: ask_for_report(evaluation, by=director))
    assert len({report.pk for report in reports}) == 1
