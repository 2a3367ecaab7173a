"""Files in a bucket: the same path through the code as in a folder, and a 503 where the storage is away."""

import copy
import datetime
import uuid

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from common import clock
from common.health import files
from config.files import IN_A_FOLDER, storage
from exchange.documents.actions import NoRoom, add, withdraw
from exchange.documents.tasks import sweep_files
from exchange.exports.tasks import sweep_exports
from exchange.models import Document, Export
from tests import papers
from tests.exchange import bucket
from youths.imports.actions import leave, send
from youths.imports.tasks import sweep_imports
from youths.models import YouthImport

pytest.importorskip("storages")


@pytest.fixture
def server(settings):
    with bucket.at_work() as server:
        settings.FILES_URL = bucket.address(server)
        settings.STORAGES = copy.deepcopy(settings.STORAGES) | {"default": storage(settings.FILES_URL)}
        yield server


def kept(youth, by, content=papers.PDF) -> Document:
    document = Document(title="CV", kind="cv", audience="structure")
    return add(document, papers.sent(content), to=youth, by=by)


def test_a_document_is_kept_there_and_read_from_there(server, as_member, youth, counsellor):
    document = kept(youth, counsellor)
    assert server.held == {document.file.name: papers.PDF}
    answer = as_member(counsellor).get(document.get_absolute_url())
    assert papers.content_of(answer) == papers.PDF
    assert answer["Content-Length"] == str(len(papers.PDF))


def test_what_is_withdrawn_goes_from_there(server, youth, counsellor, django_capture_on_commit_callbacks):
    document = kept(youth, counsellor)
    with django_capture_on_commit_callbacks(execute=True):
        withdraw(document, by=counsellor)
    assert server.held == {}


def test_what_has_no_row_is_swept_there(server, youth, counsellor):
    document = kept(youth, counsellor)
    orphan = default_storage.save(f"documents/{clock.today()}/{uuid.uuid4()}", ContentFile(b"%PDF"))
    with clock.at(datetime.datetime(2026, 11, 25, 8, 30, tzinfo=datetime.UTC)):
        sweep_files()
    assert set(server.held) == {document.file.name, orphan}
    with clock.at(datetime.datetime(2026, 11, 25, 9, 30, tzinfo=datetime.UTC)):
        sweep_files()
    assert set(server.held) == {document.file.name}


def test_a_file_that_is_lost_there_is_said_so(server, as_member, youth, counsellor):
    document = kept(youth, counsellor)
    server.held.clear()
    assert as_member(counsellor).get(document.get_absolute_url()).status_code == 410


def away(server):
    server.shutdown()
    server.server_close()


def closed(server):
    server.is_open = False


@pytest.mark.parametrize("fault", [away, closed])
def test_where_it_is_away_nothing_is_half_done_and_it_is_said(fault, server, as_member, youth, counsellor):
    document = kept(youth, counsellor)
    files()
    fault(server)
    with pytest.raises(OSError, match="storage"):
        files()
    answer = as_member(counsellor).get(document.get_absolute_url())
    assert answer.status_code == 503
    assert answer["Retry-After"]
    with pytest.raises(NoRoom):
        kept(youth, counsellor, papers.PNG)
    typed = {"record_id": str(uuid.uuid4()), "kind": "cv", "audience": "structure", "title": "Autre"}
    page = as_member(counsellor).post(
        f"/youths/{youth.pk}/documents/new/", typed | {"file": papers.sent(papers.PNG)}
    )
    assert page.status_code == 422
    assert page.context["form"]["title"].value() == "Autre"
    assert list(Document.objects.all()) == [document]
    server.is_open = True


@pytest.mark.parametrize("url", ["s3://host/bucket", "s3://k:s@host", "ftp://k:s@host/bucket", "bucket"])
def test_an_address_that_will_not_do_is_refused_at_the_start(url):
    with pytest.raises(ImproperlyConfigured, match="FILES_URL"):
        storage(url)


def test_without_an_address_files_lie_in_a_folder():
    assert storage("") == IN_A_FOLDER
    options = storage("s3://k%2F:s@host/bucket?region=gra")["OPTIONS"]
    assert (options["endpoint_url"], options["access_key"]) == ("https://host", "k/")


def test_an_export_goes_from_there_after_a_day(server, counsellor):
    asked = Export.objects.create(
        asked_by=counsellor, route="desk:caseload_export", language="fr", extension="csv"
    )
    job = Export.objects.claim(asked.pk)
    default_storage.save(f"exports/{job.pk}/of-a-worker-that-was-killed.csv", ContentFile(b"Benali"))
    assert job.deliver(ContentFile(b"Benali"), rows=1, shown={"youths.youth": []})
    assert set(server.held) == {job.file.name}
    with clock.at(clock.now() + datetime.timedelta(days=1, seconds=1)):
        sweep_exports()
    assert server.held == {}


def test_a_table_that_is_left_goes_from_there(server, director, django_capture_on_commit_callbacks):
    job = send(YouthImport(name="t.csv", status="ready"), ContentFile(b"Benali"), by=director)
    assert set(server.held) == {job.file.name}
    with django_capture_on_commit_callbacks(execute=True):
        leave(job)
    assert server.held == {}


def test_a_table_of_yesterday_goes_once_the_storage_answers_again(
    server, director, django_capture_on_commit_callbacks
):
    job = send(YouthImport(name="t.csv", status="ready", stage="write"), ContentFile(b"Benali"), by=director)
    with clock.at(clock.now() + datetime.timedelta(days=1, seconds=1)):
        server.is_open = False
        with pytest.raises(OSError, match="storage"), django_capture_on_commit_callbacks(execute=True):
            sweep_imports()
        server.is_open = True
        with django_capture_on_commit_callbacks(execute=True):
            sweep_imports()
    assert server.held == {}
    job.refresh_from_db()
    assert job.is_cleared
