"""A report is made once, by whoever holds the claim, and survives errors, slow workers and a dead broker."""

import datetime
import time
from functools import partial

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse
from weasyprint.urls import FatalURLFetchingError

from accounts.models import AuditEntry
from common import clock, queued
from common.errors import WrongStatus
from common.queued import LEASE, TRIES, JobStatus
from evaluations import rendering, tasks
from evaluations.actions import ask_for_report, retry_report
from evaluations.models import Report


@pytest.fixture
def report(evaluation, director):
    return ask_for_report(evaluation, by=director)


@pytest.fixture
def quick(monkeypatch):
    """What the pages look like does not matter here."""
    monkeypatch.setattr(rendering, "html_of", lambda evaluation: "")
    monkeypatch.setattr(rendering, "pdf_of", lambda html, evaluation: b"%PDF-1.7")


@pytest.fixture
def broken(monkeypatch):
    def fails(evaluation):
        raise RuntimeError("no font")

    monkeypatch.setattr(rendering, "html_of", fails)


def content(report):
    with report.pdf.open() as file:
        return file.read()


def folder(report):
    return set(report.pdf.storage.listdir(f"reports/{report.pk}")[1])


def test_a_report_is_made(report, quick):
    tasks.build_report(str(report.pk))
    report.refresh_from_db()
    assert (report.status, report.progress, report.tries) == (JobStatus.READY, 100, 1)
    assert content(report) == b"%PDF-1.7"
    assert report.finished_at
    assert report.software_version
    assert report.filename == "evaluation-charte-de-bonnes-pratiques-des-deux-rives-2026-03.pdf"


def test_rung_twice_it_is_made_once(report, quick):
    tasks.build_report(str(report.pk))
    first = Report.objects.get()
    tasks.build_report(str(report.pk))
    assert Report.objects.get().finished_at == first.finished_at


def test_asked_twice_there_is_one_until_the_evaluation_changes(report, quick, evaluation, director):
    assert ask_for_report(evaluation, by=director) == report
    tasks.build_report(str(report.pk))
    assert ask_for_report(evaluation, by=director) == report
    evaluation.publish(by=director)
    assert ask_for_report(evaluation, by=director) != report


def test_a_document_that_the_disk_lost_is_said_so_and_made_again(
    report, quick, evaluation, director, as_member
):
    tasks.build_report(str(report.pk))
    made = Report.objects.get()
    made.pdf.storage.delete(made.pdf.name)
    browser = as_member(director)
    page = browser.get(reverse("evaluations:report_file", args=[made.pk]), follow=True)
    assert page.redirect_chain[-1][0] == made.get_absolute_url()
    assert "illisible" in page.content.decode()
    assert browser.get(reverse("api:report-file", args=[made.pk])).status_code == 503
    assert not AuditEntry.objects.filter(subject_type="evaluations.report").exists()
    assert ask_for_report(evaluation, by=director) != made


def test_a_bell_for_a_row_that_is_gone_does_nothing(db):
    tasks.build_report("00000000-0000-4000-8000-000000000000")


def test_progress_is_told_in_sentences(report, quick, monkeypatch):
    told = []
    advance = Report.advance
    monkeypatch.setattr(Report, "advance", lambda self, *args: told.append(args) or advance(self, *args))
    tasks.build_report(str(report.pk))
    assert [percent for percent, _sentence in told] == [10, 40, 90]
    assert all(sentence for _percent, sentence in told)


def test_a_killed_workers_report_is_taken_over_once_its_lease_is_over(report, quick):
    Report.objects.claim(report.pk)
    tasks.build_report(str(report.pk))
    assert Report.objects.get().status == JobStatus.RUNNING
    with clock.at(clock.now() + LEASE + datetime.timedelta(seconds=1)):
        assert report in Report.objects.claimable()
        tasks.build_report(str(report.pk))
    assert Report.objects.get().status == JobStatus.READY


def test_a_slow_first_worker_cannot_overwrite_the_second(report, quick):
    slow = Report.objects.claim(report.pk)
    with clock.at(clock.now() + LEASE + datetime.timedelta(seconds=1)):
        tasks.build_report(str(report.pk))
        assert not slow.advance(50)
        assert not slow.deliver(ContentFile(b"late"), software_version="0", evaluation_version=1)
    ready = Report.objects.get()
    assert content(ready) == b"%PDF-1.7"
    assert folder(ready) == {f"{ready.claim_id}.pdf"}


def test_what_a_killed_worker_was_writing_is_cleared_away(report, quick):
    report.pdf.storage.save(f"reports/{report.pk}/half.pdf", ContentFile(b"%PD"))
    tasks.build_report(str(report.pk))
    ready = Report.objects.get()
    assert folder(ready) == {f"{ready.claim_id}.pdf"}


def test_five_errors_and_it_is_failed_with_a_sentence_then_retried(report, broken, director, monkeypatch):
    for _ in range(TRIES - 1):
        tasks.build_report(str(report.pk))
        assert Report.objects.get().status == JobStatus.QUEUED
        with pytest.raises(WrongStatus):
            retry_report(report, by=director)
    tasks.build_report(str(report.pk))
    failed = Report.objects.get()
    assert (failed.status, failed.tries) == (JobStatus.FAILED, TRIES)
    assert failed.sentence
    monkeypatch.undo()
    monkeypatch.setattr(rendering, "html_of", lambda evaluation: "")
    monkeypatch.setattr(rendering, "pdf_of", lambda html, evaluation: b"%PDF-1.7")
    retry_report(failed, by=director)
    tasks.build_report(str(report.pk))
    assert Report.objects.get().status == JobStatus.READY


def test_an_error_that_is_no_exception_leaves_a_sentence_too(report, monkeypatch):
    """The layout's fatal error of a fetch: the row would run for ever, the worker's process die."""

    def fails(evaluation):
        raise FatalURLFetchingError("file:///etc/passwd")

    monkeypatch.setattr(rendering, "html_of", fails)
    tasks.build_report(str(report.pk))
    left = Report.objects.get()
    assert (left.status, left.lease_until) == (JobStatus.QUEUED, None)
    assert left.sentence


def test_a_worker_asked_to_end_gives_its_job_back(report, monkeypatch):
    def ends(evaluation):
        raise SystemExit

    monkeypatch.setattr(rendering, "html_of", ends)
    with pytest.raises(SystemExit):
        tasks.build_report(str(report.pk))
    assert Report.objects.get().status == JobStatus.QUEUED


@pytest.mark.django_db(transaction=True)
def test_a_long_silence_keeps_its_lease(report, monkeypatch):
    """A layout that says nothing for three leases: the thread beside renews what the worker holds."""
    monkeypatch.setattr(queued, "LEASE", datetime.timedelta(seconds=0.4))
    job = Report.objects.claim(report.pk)
    with job.held():
        deadline = time.monotonic() + 1.2
        while time.monotonic() < deadline:
            assert not Report.objects.claimable().filter(pk=job.pk).exists()
            time.sleep(0.02)
    lease = Report.objects.get().lease_until
    time.sleep(0.3)
    assert Report.objects.get().lease_until == lease  # nobody renews what is over


def test_the_sweep_rings_for_what_waits_and_gives_up_what_five_workers_left(report, monkeypatch):
    rung = []
    monkeypatch.setattr(tasks.build_report, "apply_async", lambda ids, **options: rung.append(ids))
    tasks.sweep_reports()
    assert rung == [(str(report.pk),)]
    for _ in range(TRIES):
        with clock.at(clock.now() + LEASE * 100):
            Report.objects.filter(pk=report.pk).update(lease_until=None, status=JobStatus.QUEUED)
            Report.objects.claim(report.pk)
    with clock.at(clock.now() + LEASE * 200):
        tasks.sweep_reports()
    assert Report.objects.get().status == JobStatus.FAILED
    assert Report.objects.get().sentence


def test_the_bell_rings_when_the_row_is_committed(
    evaluation, director, monkeypatch, django_capture_on_commit_callbacks
):
    rung = []
    monkeypatch.setattr(tasks.build_report, "apply_async", lambda ids, **options: rung.append(ids))
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        report = ask_for_report(evaluation, by=director)
        assert rung == []
    assert rung == [(str(report.pk),)]


def test_a_dead_broker_leaves_the_page_working_and_the_job_waiting(
    evaluation, director, as_member, django_capture_on_commit_callbacks, monkeypatch, caplog
):
    app = tasks.build_report.app
    dead = app.connection("redis://127.0.0.1:9/0", transport_options={"socket_connect_timeout": 1})
    ring = partial(tasks.build_report.apply_async, connection=dead)
    monkeypatch.setattr(tasks.build_report, "apply_async", ring)
    with django_capture_on_commit_callbacks(execute=True) as rung:
        answer = as_member(director).post(reverse("evaluations:report_create", args=[evaluation.pk]))
    assert len(rung) == 1
    assert answer.status_code == 302
    assert as_member(director).get(answer.url).status_code == 200
    assert "does not answer" in caplog.text
    assert Report.objects.get().status == JobStatus.QUEUED
