"""The document: tagged, in French, with the frozen figures and nobody's name, the same each time it is made."""

import io
import time

import pytest
from django.utils import translation
from pypdf import PdfReader

from common import clock
from evaluations import rendering
from evaluations.actions import open_evaluation
from evaluations.layout import OurStaticFiles, OutOfReach
from evaluations.software import VERSION
from tests.evaluations.conftest import AFTER, FAMILY_NAME


@pytest.fixture
def french():
    with translation.override("fr"):
        yield


@pytest.fixture
def content(evaluation, french):
    return rendering.pdf_of(rendering.html_of(evaluation), evaluation)


@pytest.fixture
def document(content):
    return PdfReader(io.BytesIO(content))


def words(document):
    return " ".join(" ".join(page.extract_text() for page in document.pages).split())


def test_the_document_is_accessible(document, charter):
    assert document.trailer["/Root"]["/MarkInfo"]["/Marked"].value is True
    assert document.trailer["/Root"]["/Lang"] == "fr"
    assert "/StructTreeRoot" in document.trailer["/Root"]
    assert b"pdfuaid" in document.trailer["/Root"]["/Metadata"].get_data()
    assert charter.title in document.metadata.title
    assert len(document.outline) > 0


def test_its_figures_are_the_frozen_ones(document, evaluation):
    text = words(document)
    indicators = evaluation.figures["indicators"]
    assert f"{indicators['referrals_sent']['value']} " in text
    for key in ("referrals_by_theme", "shared_contacts"):
        for label, number in indicators[key]["value"]:
            assert f"{label} {number}".strip() in text
    assert evaluation.digest in text.replace(" ", "")
    assert f"Passerelle {VERSION}" in text


def test_nobody_is_named_in_it(document, a_year):
    text = words(document)
    assert FAMILY_NAME not in text
    assert not [youth.first_name for youth in a_year if f"{youth.first_name} " in text]


def test_it_is_full_but_not_long(document):
    assert 8 <= len(document.pages) <= 12
    assert all(len(page.extract_text()) > 150 for page in document.pages)


def test_made_again_it_is_the_same_to_the_byte(evaluation, content):
    time.sleep(1.1)  # embedded fonts tell the second
    assert rendering.pdf_of(rendering.html_of(evaluation), evaluation) == content


def test_a_year_without_referrals_has_no_empty_chapter(charter, director, french):
    with clock.at(AFTER):
        empty = open_evaluation(charter, 1, by=director)
    anchors = [section.anchor for section in rendering.sections_of(rendering.Figures(empty.figures))]
    assert anchors == ["agreement", "practices", "key", "method"]
    assert rendering.pdf_of(rendering.html_of(empty), empty).startswith(b"%PDF")


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/x.css",
        "file:///etc/passwd",
        "https://passerelle.invalid/static/../manage.py",
        "https://passerelle.invalid/static/%2e%2e/manage.py",
    ],
)
def test_a_document_reaches_our_static_files_only(address):
    with pytest.raises(OutOfReach):
        OurStaticFiles()(address)
    assert OurStaticFiles()("https://passerelle.invalid/static/pdf/pages.css").read()
