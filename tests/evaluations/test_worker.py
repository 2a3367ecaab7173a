"""A real worker, killed while it makes a report: the next one makes it, once."""

import time

import pytest
from django.db import connections

from common import clock
from common.queued import LEASE, JobStatus
from evaluations.actions import ask_for_report
from evaluations.models import Report
from tests.workers import kill, worker

pytestmark = [pytest.mark.workerkill, pytest.mark.django_db(transaction=True)]


def wait_for(report, *statuses, seconds):
    """Poll the row; returns it as soon as it stands at one of these."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = Report.objects.get(pk=report.pk)
        if found.status in statuses:
            return found
        time.sleep(0.005)
    raise AssertionError(f"still {found.status} after {seconds} s")


@pytest.fixture
def report(evaluation, director):
    report = ask_for_report(evaluation, by=director)
    connections.close_all()
    return report


def assert_made_once(report):
    assert report.status == JobStatus.READY
    assert report.tries == 2
    with report.pdf.open() as file:
        assert file.read(5) == b"%PDF-"
    assert report.pdf.storage.listdir(f"reports/{report.pk}")[1] == [f"{report.claim_id}.pdf"]


def test_killed_in_the_middle_the_report_is_made_by_the_next_worker(report, tmp_path):
    with worker(tmp_path) as first:
        wait_for(report, JobStatus.RUNNING, seconds=60)
        kill(first)
    left = Report.objects.get()
    assert left.status == JobStatus.RUNNING
    # What the lease measures is the clock; a minute later the row is anybody's.
    Report.objects.update(lease_until=left.lease_until - LEASE)
    with worker(tmp_path):
        ready = wait_for(report, JobStatus.READY, JobStatus.FAILED, seconds=60)
    assert_made_once(ready)


@pytest.mark.soak
def test_ready_within_ninety_seconds_of_the_workers_return(report, tmp_path):
    with worker(tmp_path) as first:
        wait_for(report, JobStatus.RUNNING, seconds=60)
        kill(first)
    returned = clock.now()
    with worker(tmp_path):
        ready = wait_for(report, JobStatus.READY, JobStatus.FAILED, seconds=90)
    assert (ready.finished_at - returned).total_seconds() < 90
    assert_made_once(ready)
