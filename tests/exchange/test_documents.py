"""The row and the file of a document: written together, replaced, served, and never one without the other."""

import datetime
import errno
import uuid
from functools import partial
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage

from accounts.models import AuditEntry, Event
from common import clock
from common.errors import NotPermitted, Stale, WrongStatus
from exchange.documents.actions import NoRoom, add
from exchange.documents.tasks import UPLOADING, sweep_files
from exchange.models import Document
from referrals.models import Referral
from tests import papers
from tests.factories import DocumentFactory, ReferralFactory


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def lying() -> list[str]:
    if not default_storage.exists("documents"):
        return []
    days = default_storage.listdir("documents")[0]
    return [
        f"documents/{day}/{name}" for day in days for name in default_storage.listdir(f"documents/{day}")[1]
    ]


def described(**changes) -> Document:
    return Document(**{"title": "CV", "kind": "cv", "audience": "structure"} | changes)


def kept(youth, by, content=papers.PDF, replaces=None, **changes) -> Document:
    return add(described(**changes), papers.sent(content), to=youth, by=by, replaces=replaces)


def test_a_document_is_kept_with_what_its_content_tells(youth, counsellor):
    document = kept(youth, counsellor)
    document.refresh_from_db()
    assert (document.media_type, document.pages, document.size) == ("application/pdf", 1, len(papers.PDF))
    with document.file.open() as file:
        assert file.read() == papers.PDF
    assert lying() == [document.file.name]
    event = Event.objects.get(subject_id=document.pk)
    assert (event.verb, event.about_id, event.after["title"]) == ("created", youth.pk, "CV")
    assert "file" not in event.after


def test_a_double_click_keeps_one(youth, counsellor):
    pk = uuid.uuid4()
    first, second = kept(youth, counsellor, id=pk), kept(youth, counsellor, id=pk)
    assert first == second == Document.objects.get()
    assert lying() == [first.file.name]
    with pytest.raises(Stale):
        kept(youth, counsellor, id=pk, content=papers.PNG)
    assert lying() == [first.file.name]


def test_a_newer_version_replaces_it(youth, counsellor, colleague):
    first = kept(youth, counsellor)
    second = kept(youth, colleague, papers.PNG, replaces=first, title="CV revu")
    assert list(Document.objects.on(youth).current()) == [second]
    assert set(Document.objects.visible_to(counsellor)) == {first, second}
    assert first.series == second.series


def test_of_two_newer_versions_the_second_is_told(youth, counsellor, colleague):
    first = kept(youth, counsellor)
    second = kept(youth, colleague, replaces=first)
    with pytest.raises(WrongStatus):
        kept(youth, counsellor, replaces=first)
    assert list(Document.objects.current()) == [second]
    assert len(lying()) == 2


def test_replacing_by_a_double_click_replaces_once(youth, counsellor):
    first, pk = kept(youth, counsellor), uuid.uuid4()
    second = kept(youth, counsellor, replaces=first, id=pk)
    assert kept(youth, counsellor, replaces=first, id=pk) == second
    assert Document.objects.count() == 2


def test_only_who_works_with_the_file_adds(
    youth, reception, stranger_counsellor, agent, network, administrator
):
    for outsider in (reception, stranger_counsellor, agent, network, administrator):
        with pytest.raises(NotPermitted):
            kept(youth, outsider)
    assert lying() == []


@pytest.mark.parametrize(
    "wrong", [{"kind": "novel"}, {"audience": "everybody"}, {"title": ""}, {"title": "x" * 121}]
)
def test_wrong_words_are_refused_and_leave_nothing(wrong, youth, counsellor):
    with pytest.raises(ValidationError):
        kept(youth, counsellor, **wrong)
    assert lying() == []


def test_a_full_disk_is_told_and_leaves_nothing(youth, counsellor, monkeypatch):
    def full(storage, name, content):
        half = Path(storage.path(name))
        half.parent.mkdir(parents=True, exist_ok=True)
        half.write_bytes(content.read(9))
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", full)
    with pytest.raises(NoRoom):
        kept(youth, counsellor)
    assert not Document.objects.exists()
    assert lying() == []


def test_a_row_that_cannot_be_written_leaves_no_file(youth, counsellor, monkeypatch):
    def breaks(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("accounts.changes.create", breaks)
    with pytest.raises(RuntimeError):
        kept(youth, counsellor)
    assert lying() == []


def test_files_without_a_row_are_swept_once_no_upload_can_be_under_way(youth, counsellor):
    sweep_files()  # nothing was ever kept
    document = kept(youth, counsellor)
    orphan = default_storage.save(f"documents/{clock.today()}/{uuid.uuid4()}", ContentFile(b"%PDF"))
    sweep_files()
    assert set(lying()) == {document.file.name, orphan}
    with clock.at(clock.now() + UPLOADING + datetime.timedelta(minutes=1)):
        sweep_files()
    assert lying() == [document.file.name]


def test_a_file_is_saved_by_the_browser_and_never_shown_in_it(as_member, youth, counsellor):
    document = DocumentFactory(to=youth, author=counsellor, title="Diplôme « CAP »")
    answer = as_member(counsellor).get(document.get_absolute_url())
    assert papers.content_of(answer) == papers.PDF
    assert answer["Content-Disposition"] == 'attachment; filename="diplome-cap.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "private, no-store"


def test_who_downloads_is_written_down_before(as_member, youth, counsellor):
    document = DocumentFactory(to=youth, author=counsellor)
    papers.content_of(as_member(counsellor).get(document.get_absolute_url()))
    shown = AuditEntry.objects.filter(by=counsellor, route="exchange:document_file")
    assert {(one.subject_type, *one.subject_ids) for one in shown} == {
        ("exchange.document", str(document.pk)),
        ("youths.youth", str(youth.pk)),
    }


def test_a_file_that_the_disk_lost_is_said_so(as_member, youth, counsellor):
    document = DocumentFactory(to=youth, author=counsellor)
    default_storage.delete(document.file.name)
    answer = as_member(counsellor).get(document.get_absolute_url())
    assert answer.status_code == 410
    assert "perdu" in answer.content.decode()


def test_a_storage_that_does_not_answer_is_said_so(as_member, youth, counsellor, monkeypatch):
    document = DocumentFactory(to=youth, author=counsellor)

    def away(storage, name, mode="rb"):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(FileSystemStorage, "_open", away)
    answer = as_member(counsellor).get(document.get_absolute_url())
    assert answer.status_code == 503
    assert answer["Retry-After"]


def test_a_body_that_no_document_needs_is_refused_unread(as_member, youth, counsellor):
    class Unread:
        def read(self, *args):
            raise AssertionError("the body was read")

        readline = read

    url = f"/youths/{youth.pk}/documents/new/"
    long = {"CONTENT_LENGTH": str(200 * 1024 * 1024), "wsgi.input": Unread()}
    answer = as_member(counsellor).post(url, content_type="multipart/form-data; boundary=x", **long)
    assert answer.status_code == 413
    assert "10" in answer.content.decode()


def test_what_is_refused_leaves_nothing_on_the_disk(as_member, youth, counsellor, settings, tmp_path):
    """Large enough to be laid on the disk while it arrives."""
    settings.FILE_UPLOAD_TEMP_DIR = arriving = tmp_path / "arriving"
    arriving.mkdir()
    program = papers.sent(b"MZ" + b"\0" * 3_000_000, "CV.pdf")
    typed = {"record_id": str(uuid.uuid4()), "kind": "cv", "audience": "structure", "title": "CV"}
    page = as_member(counsellor).post(f"/youths/{youth.pk}/documents/new/", typed | {"file": program})
    assert page.status_code == 422
    assert page.context["form"]["title"].value() == "CV"
    assert list(arriving.iterdir()) == []
    assert lying() == []


def test_whose_access_ends_while_the_file_is_looked_at_adds_nothing(youth, agreement, agent, monkeypatch):
    case = {"sender": youth.organisation, "recipient": agent.organisation, "agreement": agreement}
    referral = ReferralFactory(**case, youth=youth, status="under_way")
    ends = partial(referral.complete, by=agent, outcome="work")
    monkeypatch.setattr("exchange.documents.actions.scan", lambda file: ends())
    document = described(kind="other", audience="both")
    with pytest.raises(NotPermitted):
        add(document, papers.sent(papers.PDF), to=Referral.objects.get(pk=referral.pk), by=agent)
    assert not Document.objects.exists()
    assert lying() == []
