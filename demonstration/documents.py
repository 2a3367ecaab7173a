"""Papers on some files: for the structure, for the team, shared with a partner; one with an older version."""

import io

from django.core.files.base import ContentFile
from django.db.models import Model
from PIL import Image, ImageDraw

from demonstration.plans import Plan
from demonstration.story import Strand, World, office_hour
from exchange.documents.actions import add
from exchange.models import Document
from youths.models.choices import Audience, Paper

A4 = (595, 842)  # points
LONG = "Attestation de fin de formation aux gestes et postures de manutention, délivrée par l’organisme"
# Title, kind, readers, and how many days after the follow-up began.
PAPERS = [
    ("Contrat d’engagement signé", Paper.COMMITMENT, Audience.STRUCTURE, 6),
    ("CV", Paper.CV, Audience.SHARED, 8),
    ("Justificatif d’identité", Paper.IDENTITY, Audience.TEAM, 9),
    (LONG, Paper.DIPLOMA, Audience.STRUCTURE, 11),
]
NEWER = 14  # days until the CV is replaced
EACH = 6  # one file in so many


def documents(world: World, plans: list[Plan]) -> list[Strand]:
    followed = [plan for plan in plans if plan.begun is not None and plan.begun > NEWER]
    return [papers_of(world, plan) for plan in followed[::EACH]]


def papers_of(world: World, plan: Plan) -> Strand:
    by = world.members[plan.former or plan.referent]
    kept = {}
    for title, kind, audience, days in PAPERS:
        yield office_hour(world.ago(plan.begun - days), plan.chance)
        kept[kind] = put_on(plan.youth, title, kind, audience, by=by)
    yield office_hour(world.ago(plan.begun - NEWER), plan.chance)
    put_on(plan.youth, "CV relu ensemble", Paper.CV, Audience.SHARED, by=by, replaces=kept[Paper.CV])


def put_on(record: Model, title, kind, audience, *, by, replaces=None) -> Document:
    document = Document(title=title, kind=kind, audience=audience)
    return add(document, paper(title), to=record, by=by, replaces=replaces)


def paper(title: str) -> ContentFile:
    """One page that says what it stands for, and nobody's name."""
    page, made = Image.new("L", A4, "white"), io.BytesIO()
    ImageDraw.Draw(page).text((60, 80), title[:70], fill="black")
    page.save(made, "PDF")
    return ContentFile(made.getvalue())
