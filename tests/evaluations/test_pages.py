"""What people see and press, with and without JavaScript."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import AuditEntry
from common import clock
from common.queued import JobStatus
from evaluations import rendering, tasks
from evaluations.actions import ask_for_report
from evaluations.models import Evaluation, Report
from tests.evaluations.conftest import AFTER, FAMILY_NAME
from tests.factories import AgreementFactory, EvaluationFactory, PartnerFactory

HTMX = {"HX-Request": "true"}


@pytest.fixture
def report(evaluation, director):
    return ask_for_report(evaluation, by=director)


@pytest.fixture
def ready(report, monkeypatch):
    monkeypatch.setattr(rendering, "html_of", lambda evaluation: "")
    monkeypatch.setattr(rendering, "pdf_of", lambda html, evaluation: b"%PDF-1.7")
    tasks.build_report(str(report.pk))
    return Report.objects.get()


def test_a_director_opens_an_evaluation_from_the_list(as_member, director, charter, a_year):
    browser, url = as_member(director), reverse("evaluations:evaluation_list")
    create = reverse("evaluations:evaluation_create", args=[charter.pk])
    with clock.at(AFTER):
        assertContains(browser.get(url), create)
        answer = browser.post(create, {"year": "1"})
        evaluation = Evaluation.objects.get()
        assertRedirects(answer, evaluation.get_absolute_url())
        assertNotContains(browser.get(url), create)


@pytest.mark.parametrize("year", ["", "x", "-1", "99999", "²"])
def test_a_year_that_is_no_number_is_not_found(as_member, director, charter, year):
    url = reverse("evaluations:evaluation_create", args=[charter.pk])
    assert as_member(director).post(url, {"year": year}).status_code == 404


def test_too_early_is_said_on_the_agreements_page(as_member, director, charter):
    with clock.at(AFTER):
        answer = as_member(director).post(
            reverse("evaluations:evaluation_create", args=[charter.pk]), {"year": "2"}
        )
    assert answer.url == charter.get_absolute_url()
    assert not Evaluation.objects.exists()


@pytest.mark.parametrize("name", ["director", "counsellor", "lead", "agent"])
def test_the_page_shows_figures_and_nobodys_name(as_member, evaluation, request, name):
    answer = as_member(request.getfixturevalue(name)).get(evaluation.get_absolute_url())
    assertContains(answer, evaluation.agreement.title)
    assertContains(answer, "Sortir ensemble")
    assertNotContains(answer, FAMILY_NAME)


@pytest.mark.parametrize(
    "name", ["stranger_counsellor", "stranger_agent", "network", "volunteer", "reception"]
)
def test_unseen_is_not_found(as_member, evaluation, report, request, name):
    browser = as_member(request.getfixturevalue(name))
    for url in (
        evaluation.get_absolute_url(),
        report.get_absolute_url(),
        reverse("evaluations:report_file", args=[report.pk]),
    ):
        assert browser.get(url).status_code == 404
    assertNotContains(browser.get(reverse("evaluations:evaluation_list")), evaluation.get_absolute_url())


def test_publishing_from_the_page(as_member, evaluation, director, counsellor):
    url = reverse("evaluations:evaluation_step", args=[evaluation.pk, "publish"])
    assertNotContains(as_member(counsellor).get(evaluation.get_absolute_url()), url)
    assertContains(as_member(director).get(evaluation.get_absolute_url()), url)
    as_member(counsellor).post(url)
    assert not Evaluation.objects.get().is_published
    as_member(director).post(url)
    assert Evaluation.objects.get().is_published
    assert as_member(director).post(url.replace("publish", "burn")).status_code == 404


def test_asking_leads_to_a_page_that_can_be_reloaded(as_member, evaluation, director):
    browser = as_member(director)
    answer = browser.post(reverse("evaluations:report_create", args=[evaluation.pk]))
    report = Report.objects.get()
    assertRedirects(answer, report.get_absolute_url())
    page = browser.get(report.get_absolute_url())
    assertContains(page, "<html")
    assertContains(page, 'data-hx-trigger="every 1s"')
    fragment = browser.get(report.get_absolute_url(), headers=HTMX)
    assertContains(fragment, 'data-hx-trigger="every 1s"')
    assertNotContains(fragment, "<html")


def test_a_counsellor_cannot_ask(as_member, evaluation, counsellor):
    as_member(counsellor).post(reverse("evaluations:report_create", args=[evaluation.pk]))
    assert not Report.objects.exists()


def test_a_ready_document_is_downloaded_and_the_read_written_down(as_member, ready, agent):
    browser, url = as_member(agent), reverse("evaluations:report_file", args=[ready.pk])
    fragment = browser.get(ready.get_absolute_url(), headers=HTMX)
    assertContains(fragment, url)
    assertNotContains(fragment, "every 1s")
    answer = browser.get(url)
    assert b"".join(answer.streaming_content) == b"%PDF-1.7"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == (
        'attachment; filename="evaluation-charte-de-bonnes-pratiques-des-deux-rives-2026-03.pdf"'
    )
    entry = AuditEntry.objects.get(route="evaluations:report_file")
    assert (entry.by, entry.subject_ids) == (agent, [str(ready.pk)])


def test_a_document_that_is_not_ready_is_not_found(as_member, report, director):
    assert as_member(director).get(reverse("evaluations:report_file", args=[report.pk])).status_code == 404


def test_a_failed_document_is_asked_for_again(as_member, report, director, counsellor):
    url = reverse("evaluations:report_retry", args=[report.pk])
    Report.objects.update(status=JobStatus.FAILED, tries=5, sentence="Fini.")
    assertNotContains(as_member(counsellor).get(report.get_absolute_url()), url)
    assertContains(as_member(director).get(report.get_absolute_url(), headers=HTMX), url)
    as_member(counsellor).post(url)
    assert Report.objects.get().status == JobStatus.FAILED
    assertRedirects(as_member(director).post(url), report.get_absolute_url())
    assert Report.objects.get().status == JobStatus.QUEUED
    as_member(director).post(url)
    assert Report.objects.get().tries == 0


def test_the_list_is_filtered_and_answers_htmx_with_its_rows(as_member, evaluation, director):
    browser, url = as_member(director), reverse("evaluations:evaluation_list")
    assertContains(browser.get(url, {"status": "draft"}), evaluation.get_absolute_url())
    answer = browser.get(url, {"status": "published"}, headers=HTMX)
    assertNotContains(answer, evaluation.get_absolute_url())
    assertNotContains(answer, "<html")


# session, user, membership; notices unread, saved views; evaluations, their reports; agreements that may be due,
# their parties, those parties’ organisations, the years they have; choices of the filter
QUERIES_OF_THE_LIST = 12


@pytest.mark.parametrize("rows", [1, 20, 100])
def test_the_list_costs_the_same_whatever_its_length(
    as_member, mission_locale, director, django_assert_num_queries, rows
):
    for _ in range(rows):
        EvaluationFactory(agreement=AgreementFactory(between=[mission_locale, PartnerFactory()]))
    client = as_member(director)
    with django_assert_num_queries(QUERIES_OF_THE_LIST):
        page = client.get(reverse("evaluations:evaluation_list"))
    assert len(page.context["page"].rows) == min(rows, 25)
