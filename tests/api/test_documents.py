"""Documents in the API: the same rights, sentences and files as on the pages."""

import uuid

import pytest
from django.core.files.storage import default_storage

from accounts.models import AuditEntry, Event
from exchange.models import Document
from referrals.workflow import Status
from tests import papers
from tests.api.described import ROOT
from tests.api.problems import assert_problem
from tests.factories import DocumentFactory, ReferralFactory


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def caller(as_caller, counsellor):
    return as_caller(counsellor)


@pytest.fixture
def referral(youth, agent, agreement):
    case = {"sender": youth.organisation, "recipient": agent.organisation, "agreement": agreement}
    return ReferralFactory(**case, youth=youth, status=Status.UNDER_WAY)


def upload(caller, body, content=papers.PDF, name="cv.pdf"):
    sent = {**body, **({"file": papers.sent(content, name)} if content is not None else {})}
    answer = caller.browser.post(f"{ROOT}documents/", sent, headers=caller.headers)
    return caller.as_described("post", "documents/", answer)


def of(youth, /, **changes) -> dict:
    return {"youth": str(youth.pk), "kind": "cv", "audience": "structure", "title": "CV"} | changes


def test_what_is_sent_is_kept_and_read_back(caller, counsellor, youth):
    answer = upload(caller, of(youth))
    assert answer.status_code == 201, answer.content
    body = answer.json()
    assert body["youth"] == str(youth.pk)
    assert body["referral"] is body["agreement"] is None
    assert (body["media_type"], body["pages"], body["size"]) == ("application/pdf", 1, len(papers.PDF))
    assert (body["author"], body["organisation"]) == (
        str(counsellor.user_id),
        str(counsellor.organisation_id),
    )
    assert answer["Location"].endswith(f"/api/v1/documents/{body['id']}/")
    read = caller.get(f"documents/{body['id']}/")
    assert read.json() == body
    assert read["ETag"] == answer["ETag"]
    assert caller.get(f"documents/{body['id']}/", If_None_Match=read["ETag"]).status_code == 304
    assert caller.rows(f"documents/?youth={youth.pk}") == [body]


def test_without_a_title_it_is_called_as_its_file(caller, youth):
    body = of(youth)
    del body["title"]
    assert upload(caller, body, name="Diplôme.pdf").json()["title"] == "Diplôme"


def test_with_the_same_id_it_is_kept_once(caller, youth):
    body = of(youth, id=str(uuid.uuid4()))
    assert [upload(caller, body).status_code for _ in range(2)] == [201, 200]
    assert_problem(upload(caller, body, papers.PNG), 409, "already_saved")
    assert Document.objects.count() == 1
    assert Event.objects.filter(subject_id=body["id"]).count() == 1


def test_a_newer_version_replaces_it(caller, youth):
    first = upload(caller, of(youth)).json()
    second = upload(caller, of(youth, replaces=first["id"])).json()
    assert second["series"] == first["series"]
    shown = caller.rows(f"documents/?youth={youth.pk}")
    assert [(row["id"], row["replaced_at"] is None) for row in shown] == [
        (second["id"], True),
        (first["id"], False),
    ]
    assert_problem(upload(caller, of(youth, replaces=first["id"])), 409, "wrong_status")


@pytest.mark.parametrize(
    ("changes", "content", "fields"),
    [
        ({"kind": "novel"}, papers.PDF, ["kind"]),
        ({"audience": "everybody"}, papers.PDF, ["audience"]),
        ({"title": "x" * 121}, papers.PDF, ["title"]),
        ({"id": "x"}, papers.PDF, ["id"]),
        ({"youth": "x"}, papers.PDF, ["youth"]),
        ({"youth": "5f6f0c5e-0000-4000-8000-000000000000"}, papers.PDF, ["youth"]),
        ({"replaces": "5f6f0c5e-0000-4000-8000-000000000000"}, papers.PDF, ["replaces"]),
        ({"sha256": "x"}, papers.PDF, ["sha256"]),
        ({"file": "a text"}, None, ["file"]),
        ({}, None, ["file"]),
        ({}, b"MZ a program", ["file"]),
        ({}, b"", ["file"]),
    ],
)
def test_what_will_not_do_is_refused_and_leaves_nothing(caller, youth, changes, content, fields):
    assert_problem(upload(caller, of(youth, **changes), content), 400, fields=fields)
    assert not Document.objects.exists()
    assert not default_storage.exists("documents")


def test_a_body_that_no_document_needs_is_refused_unread(caller):
    class Unread:
        def read(self, *arguments):
            raise AssertionError("the body was read")

        readline = read

    long = {"CONTENT_LENGTH": str(200 * 1024 * 1024), "wsgi.input": Unread()}
    answer = caller.browser.post(f"{ROOT}documents/", content_type="multipart/form-data; boundary=x", **long)
    assert_problem(caller.as_described("post", "documents/", answer), 413)


def test_one_record_is_named(caller, youth, agreement):
    nowhere = of(youth)
    del nowhere["youth"]
    assert_problem(upload(caller, nowhere), 400)
    assert_problem(upload(caller, of(youth, agreement=str(agreement.pk))), 400)


def test_what_is_no_form_is_refused(caller, youth):
    assert_problem(caller.post("documents/", of(youth)), 415)


def test_who_sees_the_record_only_reads(as_caller, referral, agent, counsellor):
    """The single referral whose access is closed, an agreement for whom does not act on it."""
    body = {"agreement": str(referral.agreement_id), "kind": "annex", "audience": "parties", "title": "A"}
    assert_problem(upload(as_caller(counsellor), body), 403, "not_permitted")
    referral.share.close()
    body = {"referral": str(referral.pk), "kind": "report", "audience": "both", "title": "B"}
    assert_problem(upload(as_caller(agent), body), 403, "not_permitted")


@pytest.mark.parametrize("who", ["reception", "agent", "stranger_counsellor", "network", "administrator"])
def test_others_neither_find_nor_send(request, as_caller, counsellor, youth, who):
    document = DocumentFactory(to=youth, author=counsellor)
    caller = as_caller(request.getfixturevalue(who))
    assert caller.rows(f"documents/?youth={youth.pk}") == caller.rows("documents/") == []
    for more in ("", "file/"):
        assert_problem(caller.get(f"documents/{document.pk}/{more}"), 404)
    answer = caller.browser.post(f"{ROOT}documents/{document.pk}/withdraw/")
    assert answer.status_code == 404
    assert upload(caller, of(youth)).status_code in {400, 403}
    assert Document.objects.count() == 1


def test_a_token_that_only_reads_sends_nothing(with_token, counsellor, youth):
    caller = with_token(counsellor.organisation, scopes={"read"})
    assert_problem(upload(caller, of(youth)), 403)
    document = DocumentFactory(to=youth, author=counsellor)
    assert caller.ids(f"documents/?youth={youth.pk}") == {str(document.pk)}


def test_without_a_record_one_finds_ones_own(caller, as_caller, colleague, youth):
    mine = upload(caller, of(youth)).json()
    upload(as_caller(colleague), of(youth, title="Autre"))
    assert caller.ids("documents/") == {mine["id"]}
    assert len(caller.ids(f"documents/?youth={youth.pk}")) == 2


# The file.


def test_the_file_is_given_once_it_is_written_down_who_reads_it(as_caller, agent, referral):
    document = DocumentFactory(to=referral, author=agent, kind="report", audience="both")
    answer = as_caller(agent).get(f"documents/{document.pk}/file/")
    assert papers.content_of(answer) == papers.PDF
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    entries = AuditEntry.objects.filter(by=agent, route="api:document-file")
    assert {(entry.subject_type, *entry.subject_ids) for entry in entries} == {
        ("exchange.document", str(document.pk)),
        ("youths.youth", str(referral.youth_id)),
    }


def test_a_file_that_is_lost_is_said_so(caller, counsellor, youth):
    document = DocumentFactory(to=youth, author=counsellor)
    default_storage.delete(document.file.name)
    assert_problem(caller.get(f"documents/{document.pk}/file/"), 410, "file_lost")
    assert not AuditEntry.objects.filter(route="api:document-file").exists()


def test_it_is_withdrawn(caller, as_caller, colleague, counsellor, youth):
    document = DocumentFactory(to=youth, author=counsellor)
    path = f"documents/{document.pk}/withdraw/"
    assert_problem(as_caller(colleague).post(path, {}), 403, "not_permitted")
    assert caller.post(path, {}).status_code == 204
    assert_problem(caller.post(path, {}), 404)
    assert_problem(caller.get(f"documents/{document.pk}/"), 404)
    assert caller.rows(f"documents/?youth={youth.pk}") == []
