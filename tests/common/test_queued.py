"""A row is the job: claimed by one worker, held by a lease, taken over when that runs out."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from common import clock
from common.queued import LEASE, TRIES, JobStatus
from evaluations.models import Evaluation, Report

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(agreement, director):
    evaluation = Evaluation.objects.create(
        agreement=agreement,
        number=1,
        period_start=agreement.starts_on,
        period_end=clock.today(),
        figures={},
        digest="0" * 64,
        computed_by=director,
    )
    return Report.objects.create(evaluation=evaluation, asked_by=director)


def anew(job):
    return Report.objects.get(pk=job.pk)


def later(seconds):
    return clock.at(clock.now() + datetime.timedelta(seconds=seconds))


def test_one_worker_gets_the_job(job):
    claimed = Report.objects.claim(job.pk)
    assert (claimed.status, claimed.tries, claimed.progress) == (JobStatus.RUNNING, 1, 0)
    assert Report.objects.claim(job.pk) is None


def test_a_row_that_is_gone_is_no_work(job):
    Report.objects.all().delete()
    assert Report.objects.claim(job.pk) is None


def test_a_job_is_taken_over_once_its_lease_has_run_out(job):
    dead = Report.objects.claim(job.pk)
    with later(LEASE.total_seconds() - 1):
        assert Report.objects.claim(job.pk) is None
    with later(LEASE.total_seconds() + 1):
        second = Report.objects.claim(job.pk)
        assert second.tries == 2
        assert second.claim_id != dead.claim_id


def test_a_slow_worker_does_not_overwrite_the_one_that_came_after(job):
    slow = Report.objects.claim(job.pk)
    with later(LEASE.total_seconds() + 1):
        second = Report.objects.claim(job.pk)
        assert not slow.advance(90)
        assert not slow.put_back("Trop tard.")
        assert not slow.finish(pdf="slow.pdf", finished_at=clock.now())
        assert second.advance(50, "À mi-chemin.")
    assert (anew(job).progress, anew(job).sentence) == (50, "À mi-chemin.")


def test_going_on_renews_the_lease(job):
    claimed = Report.objects.claim(job.pk)
    with later(LEASE.total_seconds() - 5):
        assert claimed.advance(40)
    with later(LEASE.total_seconds() + 5):
        assert Report.objects.claim(job.pk) is None


def test_a_finished_job_is_ready_and_nobodys(job):
    claimed = Report.objects.claim(job.pk)
    assert claimed.finish(pdf="made.pdf", finished_at=clock.now())
    assert (anew(job).status, anew(job).progress, anew(job).lease_until) == (JobStatus.READY, 100, None)
    assert not Report.objects.claimable().exists()


def test_after_five_tries_it_fails_with_a_sentence(job):
    for attempt in range(1, TRIES + 1):
        assert anew(job).status == JobStatus.QUEUED
        claimed = Report.objects.claim(job.pk)
        assert claimed.tries == attempt
        assert claimed.put_back("Le document n’a pas pu être mis en page.")
    assert anew(job).status == JobStatus.FAILED
    assert anew(job).sentence
    assert Report.objects.claim(job.pk) is None


def test_a_job_that_kills_its_workers_is_given_up(job):
    """A worker that dies says nothing: the tries are counted when the job is claimed."""
    for attempt in range(TRIES):
        with later(attempt * (LEASE.total_seconds() + 1)):
            assert Report.objects.claim(job.pk)
    with later(TRIES * (LEASE.total_seconds() + 1)):
        assert Report.objects.claim(job.pk) is None
        assert Report.objects.give_up("Cinq essais n’ont pas suffi.") == 1
    assert (anew(job).status, anew(job).sentence) == (JobStatus.FAILED, "Cinq essais n’ont pas suffi.")


def test_giving_up_leaves_running_jobs_alone(job):
    for _try in range(TRIES):
        claimed = Report.objects.claim(job.pk)
        if claimed.tries < TRIES:
            claimed.put_back("Encore.")
    assert Report.objects.give_up("Trop d’essais.") == 0
    assert claimed.advance(80)


def test_a_failed_job_is_tried_anew_on_demand(job):
    for _try in range(TRIES):
        Report.objects.claim(job.pk).put_back("Non.")
    failed = anew(job)
    assert failed.retry()
    assert not failed.retry(), "it is queued already"
    assert Report.objects.claim(job.pk).tries == 1


def test_a_pause_keeps_the_next_try_waiting(job, monkeypatch):
    monkeypatch.setattr(Report, "PAUSES", (datetime.timedelta(minutes=1), datetime.timedelta(hours=1)))
    begun, passed = clock.now(), datetime.timedelta()
    for pause in Report.PAUSES:
        with clock.at(begun + passed):
            assert Report.objects.claim(job.pk).put_back("Encore.")
        passed += pause
        with clock.at(begun + passed - datetime.timedelta(seconds=1)):
            assert Report.objects.claim(job.pk) is None
    with clock.at(begun + passed):
        assert Report.objects.claim(job.pk).put_back("Non.")
    assert anew(job).status == JobStatus.FAILED
    assert anew(job).retry()
    assert Report.objects.claim(job.pk), "asked for anew, it waits no longer"


def test_what_would_fail_again_is_not_tried_again(job):
    assert Report.objects.claim(job.pk).fail("Cette adresse n’existe pas.")
    assert (anew(job).status, anew(job).sentence) == (JobStatus.FAILED, "Cette adresse n’existe pas.")


@pytest.mark.parametrize("values", [{"progress": 101}, {"status": "running"}, {"lease_until": clock.now()}])
def test_impossible_rows_are_refused(job, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=job.pk).update(**values)
