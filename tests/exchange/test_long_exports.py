"""A list too long to wait for: written by a worker, with the rights of the moment, kept for a day."""

import datetime

import pytest
from django.core.files.base import ContentFile

from accounts.models import AuditEntry
from common import clock
from common.queued import JobStatus
from exchange.exports import tasks, views
from exchange.exports.files import Csv
from exchange.models import Export
from referrals.workflow import Status
from tests.exchange.files import csv_rows, xlsx_rows
from tests.factories import ReferralFactory, YouthFactory
from youths.models import Youth

URL = "/youths/export/?scope=structure"


@pytest.fixture(autouse=True)
def long_is_more_than_two(monkeypatch):
    monkeypatch.setattr(views, "MOST", 2)
    monkeypatch.setattr("exchange.exports.listing.AT_ONCE", 3)


@pytest.fixture
def youths(mission_locale):
    return YouthFactory.create_batch(8, organisation=mission_locale)


@pytest.fixture
def asked(as_member, counsellor, youths):
    """`asked()` is a job that the counsellor asks for."""

    def ask(url=URL, **body) -> Export:
        as_member(counsellor).post(url, body)
        return Export.objects.open().get()

    return ask


def written(export: Export) -> Export:
    tasks.write_export(str(export.pk))
    export.refresh_from_db()
    return export


def lying(export: Export) -> list[str]:
    storage = export.file.storage
    return storage.listdir(f"exports/{export.pk}")[1] if storage.exists(f"exports/{export.pk}") else []


@pytest.mark.parametrize(("chosen", "read"), [("csv", csv_rows), ("xlsx", xlsx_rows)])
def test_it_holds_all_rows_and_is_taken_from_its_page(as_member, counsellor, asked, chosen, read):
    export = written(asked(format=chosen))
    client = as_member(counsellor)
    assert "8 lignes" in client.get(export.get_absolute_url()).content.decode()
    answer = client.get(f"{export.get_absolute_url()}file/")
    entry = AuditEntry.objects.get(route="exchange:export_file")  # before the first byte was read
    rows = read(answer)
    assert len({row["Nom"] + row["Prénom"] for row in rows}) == len(rows) == export.rows == 8
    assert set(entry.subject_ids) == {str(pk) for pk in Youth.objects.values_list("pk", flat=True)}


def test_the_filters_and_the_words_are_kept(as_member, counsellor, asked, mission_locale):
    YouthFactory.create_batch(3, organisation=mission_locale, last_name="Kervadec")
    export = written(asked(q="kervadec"))
    answer = as_member(counsellor).get(f"{export.get_absolute_url()}file/")
    assert {row["Nom"] for row in csv_rows(answer)} == {"Kervadec"}
    assert AuditEntry.objects.get(route="exchange:export_file").filters == ["q"]


def test_nothing_is_written_down_before_somebody_takes_it(asked):
    written(asked())
    assert not AuditEntry.objects.filter(subject_type="youths.youth").exists()


def test_two_clicks_make_one_job(as_member, counsellor, asked):
    export = asked()
    answer = as_member(counsellor).post(URL, {"format": "xlsx"}, follow=True)
    assert answer.redirect_chain == [(export.get_absolute_url(), 302)]
    assert "Une seule liste longue à la fois" in answer.content.decode()
    assert Export.objects.count() == 1


@pytest.mark.parametrize("gone", ["left", "reception"])
def test_the_job_of_who_lost_the_right_dies(counsellor, asked, gone):
    export = asked()
    changed = {"ends_on": "2020-02-01", "starts_on": "2020-01-01"} if gone == "left" else {"role": gone}
    type(counsellor).objects.filter(pk=counsellor.pk).update(**changed)
    assert written(export).status == JobStatus.FAILED
    assert "Vous ne pouvez plus" in export.sentence
    assert lying(export) == []


def test_who_leaves_while_it_is_written_gets_nothing(counsellor, asked, monkeypatch):
    export = asked()
    leaves_after_a_page(monkeypatch, counsellor)
    assert written(export).status == JobStatus.FAILED


def leaves_after_a_page(monkeypatch, member):
    cells = tasks.Export.listing.fget

    def listing_of(export):
        if export.progress:
            type(member).objects.filter(pk=member.pk).update(
                ends_on=member.starts_on - clock.ONE_DAY, starts_on=member.starts_on - 2 * clock.ONE_DAY
            )
        return cells(export)

    monkeypatch.setattr(Export, "listing", property(listing_of))


def test_a_file_of_somebody_out_of_sight_is_not_given(as_member, counsellor, asked, youths):
    export = written(asked())
    Youth.objects.filter(pk=youths[0].pk).update(erased_at=clock.now())
    answer = as_member(counsellor).get(f"{export.get_absolute_url()}file/", follow=True)
    assert "Vous ne voyez plus tout ce que contient ce fichier" in answer.content.decode()
    assert not AuditEntry.objects.filter(route="exchange:export_file").exists()


def test_a_closed_share_closes_the_partners_file(as_member, agent, agreement, mission_locale, partner):
    cases = [
        ReferralFactory(
            sender=mission_locale,
            recipient=partner,
            agreement=agreement,
            youth=YouthFactory(organisation=mission_locale),
            status=Status.ACCEPTED,
        )
        for _ in range(3)
    ]
    client = as_member(agent)
    client.post("/referrals/export/")
    export = written(Export.objects.get())
    url = f"{export.get_absolute_url()}file/"
    assert len(csv_rows(client.get(url))) == 3
    cases[0].share.close()
    assert client.get(url).status_code == 302


def test_a_stopped_job_stays_stopped(as_member, counsellor, asked):
    export = asked()
    client = as_member(counsellor)
    for _click in range(2):
        answer = client.post(f"{export.get_absolute_url()}cancel/", follow=True)
        assert "Vous avez arrêté cet export" in answer.content.decode()
    assert written(export).status == JobStatus.FAILED
    assert client.get(f"{export.get_absolute_url()}file/").status_code == 404


def test_stopped_while_it_is_written_it_leaves_nothing(asked, monkeypatch):
    export = asked()
    write = Csv.write

    def stopped_before_the_end(file, headings, rows):
        def until_stopped():
            for number, row in enumerate(rows):
                if number == 4:
                    Export.objects.get().cancel("stopped")
                yield row

        write(file, headings, until_stopped())

    monkeypatch.setattr(Csv, "write", stopped_before_the_end)
    assert written(export).sentence == "stopped"
    assert lying(export) == []


def test_after_a_killed_worker_the_next_writes_it_whole(asked):
    export = Export.objects.claim(asked().pk)
    export.file.storage.save(f"exports/{export.pk}/{export.claim_id}.csv", ContentFile(b"Nom;Pr"))
    Export.objects.update(lease_until=clock.now() - datetime.timedelta(1))
    again = written(export)
    assert (again.status, again.tries, again.rows) == (JobStatus.READY, 2, 8)
    assert lying(again) == [f"{again.claim_id}.csv"]


def test_a_full_disk_is_said_in_a_sentence(asked, monkeypatch):
    export = asked()

    def full(*arguments, **options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(export.file.storage, "save", full)
    assert written(export).status == JobStatus.FAILED
    assert "pas assez de place" in export.sentence
    assert lying(export) == []


def test_after_a_day_it_is_gone(as_member, counsellor, asked):
    export = written(asked())
    with clock.at(export.asked_at + datetime.timedelta(days=1, seconds=1)):
        assert as_member(counsellor).get(export.get_absolute_url()).status_code in {302, 404}
        tasks.sweep_exports()
    assert not Export.objects.exists()
    assert lying(export) == []
