"""Evaluations and their PDFs."""

import pytest
from django.core.files.base import ContentFile

from accounts.models import AuditEntry
from common import clock
from evaluations.actions import open_evaluation
from evaluations.models import Report
from tests.api.problems import assert_problem
from tests.factories import AgreementFactory


@pytest.fixture
def evaluation(director, mission_locale, partner):
    begun = clock.months_after(clock.today(), -13)
    agreement = AgreementFactory(
        lead_organisation=mission_locale, between=[mission_locale, partner], signed_on=begun
    )
    return open_evaluation(agreement, 1, by=director)


@pytest.fixture
def ready(evaluation, director, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    report = Report.objects.create(evaluation=evaluation, asked_by=director)
    claimed = Report.objects.claim(report.pk)
    assert claimed.deliver(ContentFile(b"%PDF-1.7"), software_version="1", evaluation_version=1)
    return report


def test_an_evaluation_shows_its_frozen_figures(as_caller, agent, evaluation):
    shown = as_caller(agent).get(f"evaluations/{evaluation.pk}/").json()
    assert shown["digest"] == evaluation.digest
    assert shown["figures"]["referrals_sent"] == {"version": 1, "value": 0}
    assert as_caller(agent).ids(f"evaluations/?agreement={evaluation.agreement_id}") == {shown["id"]}


def test_beyond_the_parties_more_counts_are_hidden(as_caller, director, network, evaluation):
    """A network to which a party belongs reads what is published; seven people are too few for it."""
    organisation = director.organisation
    type(organisation).objects.filter(pk=organisation.pk).update(parent=network.organisation)
    figures = evaluation.figures
    figures["indicators"]["people"].update(value=7, beyond=None)
    type(evaluation).objects.filter(pk=evaluation.pk).update(figures=figures)
    assert_problem(as_caller(network).get(f"evaluations/{evaluation.pk}/"), 404)
    evaluation.publish(by=director)
    path = f"evaluations/{evaluation.pk}/"
    told = as_caller(network).get(path).json()
    assert told["figures"]["people"]["value"] is None
    assert told["digest"] is None, "all but the hidden count is known: ten tries would find it"
    assert as_caller(director).get(path).json()["figures"]["people"]["value"] == 7


def test_asking_for_a_report_queues_it_once(as_caller, director, evaluation):
    caller = as_caller(director)
    first, second = (caller.post("reports/", {"evaluation": str(evaluation.pk)}) for _ in range(2))
    assert first.status_code == 201
    assert first.json()["status"] == "queued"
    assert first.json()["progress"] == 0
    assert first.json()["file"] is None
    assert second.status_code == 200, second.content
    assert second.json()["id"] == first.json()["id"]
    assert caller.get(f"reports/{first.json()['id']}/").json() == first.json()


def test_a_report_is_asked_for_by_a_direction(as_caller, counsellor, evaluation):
    answer = as_caller(counsellor).post("reports/", {"evaluation": str(evaluation.pk)})
    assert_problem(answer, 403, "not_permitted")


def test_of_an_evaluation_that_is_not_visible_no_report_is_made(as_caller, stranger_counsellor, evaluation):
    answer = as_caller(stranger_counsellor).post("reports/", {"evaluation": str(evaluation.pk)})
    assert_problem(answer, 400, fields=["evaluation"])


def test_the_file_is_given_once_ready_and_written_down(as_caller, director, ready):
    caller = as_caller(director)
    shown = caller.get(f"reports/{ready.pk}/").json()
    assert (shown["status"], shown["progress"]) == ("ready", 100)
    assert shown["file"].endswith(f"/api/v1/reports/{ready.pk}/file/")
    for accept in ("*/*", "application/pdf", "application/json"):
        answer = caller.get(f"reports/{ready.pk}/file/", Accept=accept)
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"].startswith("attachment")
        assert b"".join(answer.streaming_content) == b"%PDF-1.7"
    assert AuditEntry.objects.filter(route="api:report-file", subject_ids=[str(ready.pk)]).count() == 3


def test_the_file_of_a_report_under_way_is_a_conflict(as_caller, director, evaluation):
    report = Report.objects.create(evaluation=evaluation, asked_by=director)
    answer = as_caller(director).get(f"reports/{report.pk}/file/", Accept="application/pdf")
    assert_problem(answer, 409, "wrong_status")


@pytest.mark.parametrize(
    "who", ["stranger_counsellor", "stranger_agent", "network", "volunteer", "administrator"]
)
def test_others_find_no_report(request, as_caller, ready, who):
    caller = as_caller(request.getfixturevalue(who))
    assert caller.rows("reports/") == []
    assert_problem(caller.get(f"reports/{ready.pk}/"), 404)
    assert_problem(caller.get(f"reports/{ready.pk}/file/"), 404)


def test_a_file_that_the_disk_does_not_give_is_said_to_be_away(as_caller, director, ready):
    stored = Report.objects.get(pk=ready.pk).pdf
    stored.storage.delete(stored.name)
    answer = as_caller(director).get(f"reports/{ready.pk}/file/")
    assert_problem(answer, 503, "file_unreadable")
    assert int(answer["Retry-After"]) > 0
