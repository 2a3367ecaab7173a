"""A table on its way into files: sent, its columns named, tried, looked at, written, by the direction alone."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import AuditEntry, Event
from common import clock
from common.queued import JobStatus
from tests.exchange.files import csv_rows
from tests.exchange.test_sheets import workbook
from tests.factories import MembershipFactory, MissionLocaleFactory, SiteFactory, YouthFactory
from youths.imports import actions, importer, tasks
from youths.models import ColumnMapping, ExternalId, Youth, YouthImport
from youths.models.youth_import import Stage

URL = "/youths/import/"
HEAD = "N° dossier;Nom de naissance;Prénom;Né(e) le;Portable;Situation;Remarque\n"
GOOD = "1;Benali;Yanis;05/03/2007;0639980102;En recherche d’emploi;x\n"
TABLE = HEAD + GOOD + "2;Le Goff;Zoë;05/03/2006;;En emploi;\n3;Martin;Lou;31/12/1899;;;\n"


@pytest.fixture
def browser(as_member, director):
    return as_member(director)


@pytest.fixture
def sent(browser):
    """`sent(text)` is the import of that table, its columns not named yet."""

    def send(content=TABLE, **more) -> YouthImport:
        content = content if isinstance(content, bytes) else content.encode()
        answer = browser.post(URL, {"file": SimpleUploadedFile("t.csv", content), **more})
        assert answer.status_code == 302, answer.context["form"].errors
        return YouthImport.objects.get(pk=answer.url.split("/")[-3])

    return send


@pytest.fixture
def tried(browser, sent):
    """`tried(text)` is the import after its dry run, its columns as they are guessed."""

    def try_out(content=TABLE, save_as="") -> YouthImport:
        job = sent(content)
        url = f"{job.get_absolute_url()}columns/"
        form = browser.get(url).context["form"]
        typed = {name: form[name].value() or "" for name in form.fields}
        answer = browser.post(url, {**typed, "system": "imilo", "save_as": save_as})
        assert answer.status_code == 302, answer.context["form"].errors
        return worked(job)

    return try_out


@pytest.fixture
def written(browser, tried):
    def write(content=TABLE, **choices) -> YouthImport:
        job = tried(content)
        browser.post(f"{job.get_absolute_url()}write/", choices)
        return worked(job)

    return write


def worked(job: YouthImport) -> YouthImport:
    tasks.take_table(str(job.pk))
    job.refresh_from_db()
    return job


def counts(job) -> tuple:
    return (*(job.result[name] for name in ("created", "changed", "unchanged")), job.number_refused)


def lying(job) -> int:
    storage, folder = job.file.storage, f"imports/{job.pk}"
    return len(storage.listdir(folder)[1]) if storage.exists(folder) else 0


def test_the_dry_run_shows_what_would_be_and_writes_nothing(browser, tried):
    job = tried()
    assert counts(job) == (2, 0, 0, 1)
    page = browser.get(job.get_absolute_url()).content.decode()
    assert "BENALI Yanis" in page
    assert job.result["refused"][0][1].partition(": ")[2] in page
    assert not Youth.objects.exists()
    assert not Event.objects.filter(subject_type="youths.youth").exists()


def test_it_is_written_by_the_usual_verbs_and_the_table_goes(written, director):
    job = written()
    assert counts(job) == (2, 0, 0, 1)
    benali = Youth.objects.get(last_name="Benali")
    assert (benali.phone, benali.situation) == ("06 39 98 01 02", "seeking")
    assert Event.objects.get(subject_id=benali.pk).by == director
    assert ExternalId.objects.filter(system="imilo", value="1", youth=benali).exists()
    assert (job.file.name, lying(job)) == ("", 1)  # the refused lines


def test_the_refused_lines_come_back_with_their_reasons(browser, written):
    job = written()
    (row,) = csv_rows(browser.get(f"{job.get_absolute_url()}refused/"))
    assert row["Nom de naissance"] == "Martin"
    assert row["Motif du refus"].startswith("date de naissance\u00a0: ")
    assert AuditEntry.objects.filter(route="youths:import_refused", subject_ids=[str(job.pk)]).exists()


def test_run_again_it_changes_nothing_and_tells_nobody(written):
    written()
    before = Event.objects.count()
    assert counts(written()) == (0, 0, 2, 1)
    assert (Youth.objects.count(), Event.objects.count()) == (2, before)


@pytest.mark.parametrize("content", [TABLE.encode("cp1252", "replace"), TABLE.encode("utf-8-sig")])
def test_encodings(tried, content):
    assert counts(tried(content))[0] == 2


def test_a_workbook_gives_its_refused_lines_as_one(browser, written):
    rows = [line.split(";") for line in TABLE.splitlines()]
    job = written(workbook(*rows))
    answer = browser.get(f"{job.get_absolute_url()}refused/")
    assert answer.headers["Content-Disposition"].endswith('.xlsx"')
    assert b"".join(answer.streaming_content).startswith(b"PK")


def test_words_of_the_structure_are_explained_and_kept_under_the_name(browser, tried, mission_locale):
    SiteFactory(organisation=mission_locale, name="Port-Haut centre")
    text = HEAD.replace("Remarque", "Antenne") + "1;Benali;Yanis;05/03/2007;;Cherche;Centre\n"
    job = tried(text, save_as="i-milo")
    assert job.result["words"] == {"situation": {"Cherche": 1}, "site": {"Centre": 1}}
    form = browser.get(job.get_absolute_url()).context["words"]
    values = {"situation": "seeking", "site": "Port-Haut centre"}
    browser.post(
        f"{job.get_absolute_url()}words/", {key: values[name] for key, (name, _w) in form.asked.items()}
    )
    assert counts(worked(job)) == (1, 0, 0, 0)
    kept = ColumnMapping.objects.get(name="i-milo")
    assert kept.content["words"]["situation"] == {"cherche": "seeking"}


def test_somebody_alike_is_asked_about(browser, tried, mission_locale, written):
    born = datetime.date(2007, 3, 5)
    known = YouthFactory(
        organisation=mission_locale, first_name="Yanis", last_name="Ben Ali", birth_date=born
    )
    YouthFactory(first_name="Yanis", last_name="Benali", birth_date=born)  # another structure's
    job = tried(HEAD + GOOD)
    assert counts(job) == (0, 0, 0, 1)
    assert [line["files"] for line in browser.get(job.get_absolute_url()).context["asked"]] == [[known]]
    assert AuditEntry.objects.filter(route="youths:import_detail", subject_ids=[str(known.pk)]).exists()
    assert counts(written(HEAD + GOOD)) == (0, 0, 0, 1)  # without an answer it is left out
    assert counts(written(HEAD + GOOD, line_2=str(known.pk))) == (0, 1, 0, 0)
    assert ExternalId.objects.get().youth == known
    assert counts(written(HEAD + GOOD.replace("1;", "9;"), line_2="another")) == (1, 0, 0, 0)


def test_a_choice_reaches_no_other_file(written, mission_locale):
    """Only a file that resembles the line; another structure's never."""
    stranger = YouthFactory(first_name="Yanis", last_name="Benali")
    other = YouthFactory(organisation=mission_locale)
    assert counts(written(HEAD + GOOD, line_2=str(stranger.pk))) == (1, 0, 0, 0)
    assert counts(written(HEAD + GOOD.replace("1;", "5;"), line_2=str(other.pk)))[3] == 1


@pytest.mark.parametrize(
    "kind", ["", "a;a\n1;2\n", HEAD, b"\xd0\xcf\x11\xe0" + b"\0" * 600, b"PK\x03\x04 so"]
)
def test_what_is_no_table_is_refused_beside_its_field(browser, kind):
    content = kind if isinstance(kind, bytes) else kind.encode()
    answer = browser.post(URL, {"file": SimpleUploadedFile("t.csv", content)})
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"][0].endswith(".")
    assert not YouthImport.objects.exists()


def test_two_clicks_send_one_table(browser):
    pk = browser.get(URL).context["form"]["record_id"].value()
    for _click in range(2):
        browser.post(URL, {"file": SimpleUploadedFile("t.csv", TABLE.encode()), "record_id": pk})
    assert YouthImport.objects.count() == 1


def test_columns_that_are_needed_are_asked_for(browser, sent):
    job = sent()
    answer = browser.post(f"{job.get_absolute_url()}columns/", {"system": "imilo", "column_1": "last_name"})
    assert answer.status_code == 422
    assert len(answer.context["form"].non_field_errors()) == 3
    assert answer.context["form"]["column_1"].value() == "last_name"  # nothing typed is lost


def test_killed_between_two_parts_it_goes_on_without_a_double(monkeypatch, browser, tried):
    monkeypatch.setattr(importer, "AT_ONCE", 3)
    names = ["Abadie", "Bonnet", "Castel", "Durand", "Ethève", "Faure", "Garnier", "Hubert"]
    text = HEAD + "".join(f"{n};{name};Lou;05/03/2007;;;\n" for n, name in enumerate(names))
    job = tried(text)
    browser.post(f"{job.get_absolute_url()}write/")
    advance, parts = YouthImport.advance, []

    def killed_in_the_second(self, *arguments, **values):
        parts.append(1)
        if len(parts) == 2:
            raise SystemExit
        return advance(self, *arguments, **values)

    monkeypatch.setattr(YouthImport, "advance", killed_in_the_second)
    with pytest.raises(SystemExit):
        tasks.take_table(str(job.pk))
    assert Youth.objects.count() == 3
    assert counts(worked(job)) == (8, 0, 0, 0)
    assert Youth.objects.count() == ExternalId.objects.count() == 8


def test_who_is_no_director_any_more_writes_nothing(browser, tried, director):
    job = tried()
    browser.post(f"{job.get_absolute_url()}write/")
    type(director).objects.filter(pk=director.pk).update(role="counsellor")
    assert worked(job).status == JobStatus.FAILED
    assert not Youth.objects.exists()


def test_of_two_tables_of_a_structure_one_is_written(browser, tried):
    first, second = tried(), tried()
    browser.post(f"{first.get_absolute_url()}write/")
    answer = browser.post(f"{second.get_absolute_url()}write/", follow=True)
    assert "Un autre tableau de votre structure" in answer.content.decode()
    assert list(YouthImport.objects.filter(stage=Stage.WRITE)) == [first]


def test_a_person_twice_under_two_identifiers_is_refused_once(tried):
    assert counts(tried(HEAD + GOOD + GOOD.replace("1;", "4;"))) == (1, 0, 0, 1)


def test_a_day_later_nothing_tells_of_people(tried, written, django_capture_on_commit_callbacks):
    waiting, done = tried(), written()
    day_later = clock.at(clock.now() + datetime.timedelta(days=1, seconds=1))
    with day_later, django_capture_on_commit_callbacks(execute=True):
        tasks.sweep_imports()
    done.refresh_from_db()
    assert list(YouthImport.objects.all()) == [done]
    assert counts(done) == (2, 0, 0, 1)
    assert "shown" not in done.result
    assert lying(done) == lying(waiting) == 0


def test_a_table_that_is_left_is_gone(browser, tried, django_capture_on_commit_callbacks):
    job = tried()
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(f"{job.get_absolute_url()}leave/")
    assert not YouthImport.objects.exists()
    assert lying(job) == 0


def test_a_full_disk_keeps_nothing(browser, director, monkeypatch):
    def full(*arguments, **options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(YouthImport._meta.get_field("file").storage, "save", full)
    answer = browser.post(URL, {"file": SimpleUploadedFile("t.csv", TABLE.encode())})
    assert answer.status_code == 422
    assert not YouthImport.objects.exists()


@pytest.mark.parametrize("who", ["counsellor", "reception", "agent", "lead", "network"])
def test_nobody_else_opens_the_page(as_member, request, who):
    assert as_member(request.getfixturevalue(who)).get(URL).status_code == 403


def test_the_actions_ask_too(counsellor):
    with pytest.raises(actions.NotPermitted):
        actions.send(YouthImport(name="t"), SimpleUploadedFile("t.csv", b"a"), by=counsellor)


@pytest.mark.parametrize("body", [{"line_2": "\0"}, {"line_\0": "another"}, {"line_2": "x" * 100_000}])
def test_what_was_not_asked_is_no_answer(browser, tried, mission_locale, body):
    YouthFactory(organisation=mission_locale, first_name="Yanis", last_name="Benali", birth_date="2007-03-05")
    job = tried(HEAD + GOOD)
    browser.post(f"{job.get_absolute_url()}write/", body)
    assert worked(job).choices == {}
    assert counts(job) == (0, 0, 0, 1)


def test_the_id_of_another_structures_table_gives_nothing_of_it(sent, as_member):
    other = MembershipFactory(organisation=MissionLocaleFactory(), role="director")
    typed = {"record_id": str(sent().pk), "file": SimpleUploadedFile("t.csv", TABLE.encode())}
    answer = as_member(other).post(URL, typed)
    assert answer.status_code == 422
    assert YouthImport.objects.count() == 1
