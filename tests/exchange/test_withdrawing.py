"""A document that is withdrawn: shown and served to nobody, its file gone after its row, unless it is signed."""

import datetime

import pytest
from django.core.files.storage import default_storage

from accounts.models import Event, Role
from common import clock
from common.errors import NotPermitted, Stale, WrongStatus
from exchange.documents.actions import add, withdraw
from exchange.documents.tasks import UPLOADING, sweep_files
from exchange.models import Document
from referrals.workflow import Status
from tests import papers
from tests.factories import DocumentFactory, MembershipFactory, ReferralFactory


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """`committed(withdraw, …)`: the act, and what follows it once it is in the database."""

    def call(act, *arguments, **options):
        with django_capture_on_commit_callbacks(execute=True):
            act(*arguments, **options)

    return call


def newer(document, by, title="CV revu") -> Document:
    newer = Document(title=title, kind="cv", audience="structure")
    return add(newer, papers.sent(papers.PDF), to=document.record, by=by, replaces=document)


def lies(document) -> bool:
    return default_storage.exists(document.file.name)


def test_it_is_shown_and_served_to_nobody_and_its_file_is_gone(
    committed, as_member, youth, counsellor, director
):
    document = DocumentFactory(to=youth, author=counsellor, title="Mauvais fichier")
    assert lies(document)
    committed(withdraw, document, by=counsellor)
    for member in (counsellor, director):
        browser = as_member(member)
        assert not Document.objects.visible_to(member).exists()
        for more in ("file", "replace", "withdraw"):
            assert browser.get(f"/documents/{document.pk}/{more}/").status_code == 404
        assert "Mauvais" not in browser.get(f"/youths/{youth.pk}/documents/").content.decode()
    assert not lies(document)


def test_that_it_was_is_written_down(committed, youth, counsellor):
    document = DocumentFactory(to=youth, author=counsellor)
    committed(withdraw, document, by=counsellor)
    event = Event.objects.get(subject_id=document.pk, verb="withdrawn")
    assert (event.by, event.about_id, event.before["title"]) == (counsellor, youth.pk, document.title)


def test_its_author_and_the_head_withdraw_it_and_nobody_else(
    youth, counsellor, colleague, director, agent, lead, agreement
):
    case = {"sender": youth.organisation, "recipient": agent.organisation, "agreement": agreement}
    referral = ReferralFactory(**case, youth=youth, status=Status.UNDER_WAY)
    other_agent = MembershipFactory(organisation=agent.organisation, role=Role.AGENT)
    paper = {"to": referral, "kind": "report", "audience": "both"}
    ours, theirs = DocumentFactory(**paper, author=counsellor), DocumentFactory(**paper, author=agent)
    for document, others in (
        (ours, (colleague, agent, lead)),
        (theirs, (counsellor, director, other_agent)),
    ):
        for member in others:
            with pytest.raises(NotPermitted):
                withdraw(document, by=member)
    withdraw(ours, by=director)
    withdraw(theirs, by=lead)
    assert not Document.objects.visible_to(counsellor).exists()


def test_once_the_access_is_closed_the_partner_withdraws_nothing(youth, agent, agreement):
    case = {"sender": youth.organisation, "recipient": agent.organisation, "agreement": agreement}
    referral = ReferralFactory(**case, youth=youth, status=Status.COMPLETED)
    document = DocumentFactory(to=referral, author=agent, kind="report", audience="both")
    with pytest.raises(NotPermitted):
        withdraw(document, by=agent)


def test_the_version_before_stands_again(committed, youth, counsellor):
    first = DocumentFactory(to=youth, author=counsellor)
    second = newer(first, counsellor)
    third = newer(second, counsellor)
    committed(withdraw, Document.objects.get(pk=second.pk), by=counsellor)
    assert list(Document.objects.on(youth).current()) == [third]
    committed(withdraw, third, by=counsellor)
    first.refresh_from_db()
    assert list(Document.objects.on(youth).current()) == [first]
    assert [lies(one) for one in (first, second, third)] == [True, False, False]
    assert newer(first, counsellor) in Document.objects.on(youth).current()


def test_what_was_replaced_meanwhile_is_not_withdrawn_unseen(youth, counsellor, colleague):
    document = DocumentFactory(to=youth, author=counsellor)
    second = newer(document, colleague)
    document = Document.objects.get(pk=document.pk)
    document.version -= 1  # as it was read
    with pytest.raises(Stale):
        withdraw(document, by=counsellor)
    assert list(Document.objects.on(youth).current()) == [second]


def test_what_was_withdrawn_meanwhile_is_replaced_by_a_new_one_of_its_own(committed, youth, counsellor):
    first = DocumentFactory(to=youth, author=counsellor)
    second = newer(first, counsellor)
    committed(withdraw, Document.objects.get(pk=second.pk), by=counsellor)
    with pytest.raises(WrongStatus):
        newer(second, counsellor)
    assert list(Document.objects.on(youth).current()) == [first]


def test_of_what_is_signed_the_file_stays(committed, as_member, youth, counsellor):
    document = DocumentFactory(to=youth, author=counsellor, kind="commitment")
    page = as_member(counsellor).get(f"/documents/{document.pk}/withdraw/")
    assert "signature" in page.content.decode()
    committed(withdraw, document, by=counsellor)
    with clock.at(clock.now() + UPLOADING + datetime.timedelta(minutes=1)):
        sweep_files()
    assert lies(document)
    assert as_member(counsellor).get(document.get_absolute_url()).status_code == 404


def test_what_a_crash_leaves_is_swept(youth, counsellor):
    """The row is written, what follows never runs."""
    document = DocumentFactory(to=youth, author=counsellor)
    withdraw(document, by=counsellor)
    assert lies(document)
    with clock.at(clock.now() + UPLOADING + datetime.timedelta(minutes=1)):
        sweep_files()
    assert not lies(document)


def test_a_storage_that_is_away_keeps_nobody_from_withdrawing(committed, youth, counsellor, monkeypatch):
    document = DocumentFactory(to=youth, author=counsellor)

    def away(name):
        raise OSError("no route to the storage")

    monkeypatch.setattr(default_storage, "delete", away)
    committed(withdraw, document, by=counsellor)
    assert Document.objects.get().withdrawn_at


def test_by_a_click_that_is_asked_once_more(as_member, youth, counsellor, colleague):
    document = DocumentFactory(to=youth, author=counsellor)
    listed = f"/youths/{youth.pk}/documents/"
    url = f"/documents/{document.pk}/withdraw/"
    assert url in as_member(counsellor).get(listed).content.decode()
    assert url not in as_member(colleague).get(listed).content.decode()
    assert as_member(colleague).post(url).status_code == 403
    assert as_member(counsellor).get(url).status_code == 200
    assert Document.objects.get().withdrawn_at is None
    assert as_member(counsellor).post(url).url == listed
    assert as_member(counsellor).post(url).status_code == 404
