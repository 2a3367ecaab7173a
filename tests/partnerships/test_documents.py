"""Documents on an agreement: read by those whom it covers, added by those who act for a party."""

import uuid

import pytest

from exchange.models import Document
from tests import papers
from tests.factories import AgreementFactory, DocumentFactory


@pytest.fixture
def document(agreement, director):
    return DocumentFactory(
        to=agreement, author=director, kind="annex", audience="parties", title="Annexe financière"
    )


def typed():
    return {
        "record_id": str(uuid.uuid4()),
        "kind": "signed",
        "audience": "parties",
        "title": "Texte signé",
        "file": papers.sent(papers.JPEG),
    }


def test_those_whom_it_covers_read_and_nobody_else(
    document,
    counsellor,
    director,
    agent,
    lead,
    reception,
    volunteer,
    stranger_agent,
    stranger_counsellor,
    network,
):
    def reads(member):
        return Document.objects.visible_to(member).filter(pk=document.pk).exists()

    assert all(map(reads, (counsellor, director, agent, lead)))
    assert not any(map(reads, (reception, volunteer, stranger_agent, stranger_counsellor, network)))


def test_who_reads_the_agreement_from_below_reads_none_of_its_papers(
    as_member, document, agreement, stranger_agent
):
    below = AgreementFactory(between=[stranger_agent.organisation], implements=agreement)
    assert below.implements == agreement
    browser = as_member(stranger_agent)
    page = browser.get(agreement.get_absolute_url())
    assert page.status_code == 200
    assert "Annexe financière" not in page.content.decode()
    assert browser.get(document.get_absolute_url()).status_code == 404


def test_either_side_adds_and_the_other_downloads(as_member, agreement, director, lead, counsellor):
    url = f"/agreements/{agreement.pk}/documents/new/"
    assert as_member(lead).post(url, typed()).url == agreement.get_absolute_url()
    page = as_member(director).get(agreement.get_absolute_url())
    assert [one.title for one in page.context["documents"]] == ["Texte signé"]
    file = as_member(counsellor).get(page.context["documents"][0].get_absolute_url())
    assert papers.content_of(file) == papers.JPEG


def test_who_only_reads_adds_nothing(as_member, agreement, document, counsellor, agent):
    for member in (counsellor, agent):
        browser = as_member(member)
        page = browser.get(agreement.get_absolute_url())
        assert "Annexe financière" in page.content.decode()
        assert "documents/new/" not in page.content.decode()
        assert browser.post(f"/agreements/{agreement.pk}/documents/new/", typed()).status_code == 403
        assert browser.post(f"/documents/{document.pk}/replace/", typed()).status_code == 403
    assert Document.objects.count() == 1
