"""From an evaluation to its HTML, and from that HTML to a tagged PDF. Same figures and state, same bytes."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from common import clock
from evaluations import labels, layout, sentences
from evaluations.models import Evaluation
from evaluations.presentation import Figures
from evaluations.software import VERSION

CHART_STYLE = settings.BASE_DIR / "static" / "pdf" / "charts.css"
SVG = re.compile(r"<svg\b[^>]*>")


@dataclass(frozen=True)
class Section:
    """A chapter: its anchor, its title, and the template templates/pdf/_<anchor>.html."""

    anchor: str
    title: str

    @property
    def template(self) -> str:
        return f"pdf/_{self.anchor}.html"


def html_of(evaluation: Evaluation) -> str:
    """The whole document in the active language; its figures are the frozen ones, nothing is counted again."""
    figures = Figures(evaluation.figures)
    context = {
        "evaluation": evaluation,
        "figures": figures,
        "frozen": evaluation.figures,
        "language": get_language(),
        "kind": labels.AGREEMENT_KINDS[evaluation.figures["agreement"]["kind"]],
        "parties": [{**p, "kind": labels.KINDS[p["kind"]]} for p in evaluation.figures["parties"]],
        "fields": [labels.FIELDS[field] for field in evaluation.figures["agreement"]["fields_of_action"]],
        "dates": {name: figures.day("agreement", name) for name in ("signed_on", "starts_on", "ends_on")},
        "sections": sections_of(figures),
        "charts": figures.charts(),
        "brief": sentences.brief(figures),
        "limits": sentences.limits(evaluation),
        "computed_on": evaluation.computed_at.astimezone(clock.PARIS),
        "version": VERSION,
    }
    html = render_to_string("pdf/evaluation.html", context)
    # WeasyPrint styles an inline SVG by what stands inside it, not by the document's stylesheets.
    style = f"<style>{CHART_STYLE.read_text()}</style>"
    return SVG.sub(lambda tag: tag[0] + style, html)


def sections_of(figures: Figures) -> list[Section]:
    """The chapters that have something to tell; none is announced that would be empty."""
    sections = [Section("agreement", _("The agreement and its parties"))]
    if figures.frozen["practices"]:
        sections.append(Section("practices", _("The practices and their state")))
    sections.append(Section("key", _("Key figures")))
    if figures.values["referrals_sent"]:
        sections += [
            Section("path", _("From referral to outcome")),
            Section("activity", _("The year’s activity")),
            Section("people", _("The young people")),
        ]
    return [*sections, Section("method", _("Method, definitions and limits"))]


def pdf_of(html: str, evaluation: Evaluation) -> bytes:
    """Lay the pages out as PDF/UA-1. The identifier comes from the figures, so that two makings are equal."""
    return layout.pdf(html, identifier=bytes.fromhex(evaluation.digest)[:16])
