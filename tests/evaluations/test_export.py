"""Which evaluations there are, as a file; their figures stay in their documents."""

import pytest

from tests.exchange.files import csv_rows
from tests.factories import EvaluationFactory

URL = "/evaluations/export/"


@pytest.fixture
def evaluation(agreement):
    EvaluationFactory()
    return EvaluationFactory(agreement=agreement)


def test_both_sides_take_away_their_own(as_member, director, agent, evaluation):
    for member in (director, agent):
        (row,) = csv_rows(as_member(member).post(URL))
        assert row["Convention"] == evaluation.agreement.title
        assert row["Premier jour"] == f"{evaluation.period_start:%d/%m/%Y}"


def test_the_filters_of_the_page_are_kept(as_member, director, evaluation):
    client = as_member(director)
    assert csv_rows(client.post(f"{URL}?status=published")) == []
    assert f'action="{URL}?status=draft"' in client.get("/evaluations/?status=draft").content.decode()


@pytest.mark.parametrize("who", ["reception", "volunteer", "administrator"])
def test_who_reads_no_evaluation_is_refused(as_member, request, evaluation, who):
    assert as_member(request.getfixturevalue(who)).post(URL).status_code == 403
