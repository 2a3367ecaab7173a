"""Agreements as a file: those of the page, with its filters."""

import pytest

from tests.exchange.files import csv_rows
from tests.factories import AgreementFactory

URL = "/agreements/export/"


def titles(client, url=URL, **words) -> list[str]:
    return [row["Titre"] for row in csv_rows(client.post(url, words))]


@pytest.fixture
def charter(mission_locale, partner):
    AgreementFactory(title="Celle d’autrui")
    return AgreementFactory(
        title="Charte", lead_organisation=mission_locale, between=[mission_locale, partner]
    )


def test_both_sides_take_away_what_binds_them(as_member, director, agent, charter):
    for member in (director, agent):
        (row,) = csv_rows(as_member(member).post(URL))
        assert row["Titre"] == "Charte"
        assert row["Parties"] == "Mission Locale de Port-Haut, Maison des métiers"
        assert row["Signée le"] == f"{charter.signed_on:%d/%m/%Y}"


def test_the_filters_of_the_page_are_kept(as_member, director, charter):
    client = as_member(director)
    assert titles(client, f"{URL}?phase=in_force") == ["Charte"]
    assert titles(client, f"{URL}?phase=over") == []
    assert titles(client, q="rien de tel") == []
    page = client.get("/agreements/?q=char&kind=charter")
    assert page.context["export_url"] == f"{URL}?kind=charter"
    assert 'name="q" value="char"' in page.content.decode()


def test_the_columns_cost_the_same_for_one_row_and_ten(
    as_member, director, charter, partner, django_assert_num_queries
):
    client, queries = (
        as_member(director),
        9,
    )  # session, person, membership; count, page and three for its parties; audit
    with django_assert_num_queries(queries):
        titles(client)
    both = [director.organisation, partner]
    AgreementFactory.create_batch(9, lead_organisation=both[0], between=both)
    with django_assert_num_queries(queries):
        assert len(titles(client)) == 10


@pytest.mark.parametrize("who", ["reception", "volunteer", "administrator"])
def test_who_reads_no_agreement_is_refused(as_member, request, charter, who):
    assert as_member(request.getfixturevalue(who)).post(URL).status_code == 403
