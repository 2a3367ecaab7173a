"""The caseload as a file: what the page shows, to whom it shows it, written down first."""

import pytest

from accounts.models import AuditEntry
from tests.exchange.files import content_of, csv_rows, xlsx_rows
from tests.factories import FollowUpFactory, YouthFactory

URL = "/youths/export/"


@pytest.fixture
def others(mission_locale, colleague):
    """A colleague's, and another structure's."""
    youth = YouthFactory(organisation=mission_locale, last_name="Autrui")
    FollowUpFactory(youth=youth, referent=colleague)
    YouthFactory(last_name="Ailleurs")


def names(answer) -> list[str]:
    return [row["Nom"] for row in csv_rows(answer)]


def test_the_scope_and_the_filters_of_the_page_are_kept(as_member, counsellor, youth, others):
    client = as_member(counsellor)
    assert names(client.post(URL)) == ["Benali"]
    assert names(client.post(f"{URL}?scope=structure")) == ["Autrui", "Benali"]
    assert names(client.post(f"{URL}?scope=structure", {"q": "aut"})) == ["Autrui"]
    assert names(client.post(f"{URL}?scope=structure&waiting=true")) == []


@pytest.mark.parametrize("query", ["", "?scope=structure&silent=true"])
def test_the_button_leads_to_what_is_seen(as_member, counsellor, youth, query):
    client = as_member(counsellor)
    page = client.post(f"/youths/{query}", {"q": "benali"})
    assert page.context["export_url"] == f"{URL}{query}"
    assert page.content.decode().count(f'action="{page.context["export_url"].replace("&", "&amp;")}"') == 1


def test_both_formats_say_the_same(as_member, counsellor, youth, others):
    client = as_member(counsellor)
    in_csv, in_xlsx = csv_rows(client.post(URL)), xlsx_rows(client.post(URL, {"format": "xlsx"}))
    assert [row["Nom"] for row in in_csv] == [row["Nom"] for row in in_xlsx]
    assert list(in_csv[0]) == list(in_xlsx[0])
    assert in_csv[0]["Date de naissance"] == f"{in_xlsx[0]['Date de naissance']:%d/%m/%Y}"


def test_it_is_written_down_with_the_filters_and_the_ids(as_member, counsellor, youth, others):
    answer = as_member(counsellor).post(URL, {"q": "benali"})
    entry = AuditEntry.objects.get(route="desk:caseload_export")  # before the first byte was read
    assert (entry.subject_ids, entry.filters, entry.by) == ([str(youth.pk)], ["q"], counsellor)
    assert content_of(answer)


def test_facts_for_the_team_and_protected_addresses_stay(as_member, counsellor, youth):
    type(youth).objects.update(recognised_disability=True, protected_address=True, commune="Port-Haut")
    row = csv_rows(as_member(counsellor).post(URL))[0]
    assert not [heading for heading in row if "handicap" in heading.lower()]
    assert "Port-Haut" not in row.values()


@pytest.mark.parametrize("who", ["reception", "agent", "network", "volunteer", "administrator"])
def test_who_reads_no_files_takes_none_away(as_member, request, youth, who):
    client = as_member(request.getfixturevalue(who))
    assert client.post(URL).status_code == 403
    assert URL not in client.get("/youths/").content.decode()
    assert not AuditEntry.objects.filter(route="desk:caseload_export").exists()


def test_a_leaver_takes_nothing_away(as_member, counsellor, youth):
    client = as_member(counsellor)
    type(counsellor).objects.filter(pk=counsellor.pk).update(ends_on="2020-02-01")
    assert client.post(URL).status_code != 200


def test_pages_follow_each_other_without_a_gap(as_member, counsellor, mission_locale, monkeypatch):
    monkeypatch.setattr("exchange.exports.listing.AT_ONCE", 3)
    YouthFactory.create_batch(10, organisation=mission_locale)
    found = names(as_member(counsellor).post(f"{URL}?scope=structure"))
    assert len(found) == len(set(found)) == 10


@pytest.mark.parametrize("chosen", ["csv", "xlsx"])
def test_a_fault_leaves_no_half_list(as_member, counsellor, youth, monkeypatch, chosen):
    def fail(*arguments):
        raise RuntimeError("in the middle")

    monkeypatch.setattr("exchange.exports.listing.Listing.cells", fail)
    with pytest.raises(RuntimeError, match="in the middle"):
        as_member(counsellor).post(URL, {"format": chosen})
    assert not AuditEntry.objects.filter(route="desk:caseload_export").exists()


def test_it_costs_the_same_for_one_and_twenty(
    as_member, counsellor, youth, mission_locale, django_assert_num_queries
):
    client = as_member(counsellor)
    with django_assert_num_queries(6):  # session, person, membership; count, rows; audit
        names(client.post(f"{URL}?scope=structure"))
    YouthFactory.create_batch(19, organisation=mission_locale)
    with django_assert_num_queries(6):
        assert len(names(client.post(f"{URL}?scope=structure"))) == 20
