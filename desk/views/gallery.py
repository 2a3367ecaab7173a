"""Every component in its states, for those who draw pages. Where only invented people are."""

from types import SimpleNamespace as Sample

from django import forms
from django.conf import settings
from django.http import Http404
from django.shortcuts import render

from common import clock
from common.charts import bar_chart, donut_chart, funnel_chart, line_chart, stacked_chart
from common.http import reads
from common.ordering import Order, Sorting

LONG = (
    "Association départementale pour l’accompagnement et l’insertion des jeunes de Saint-Étienne-du-Rouvray"
)
LONG_WORD = "VANDENBROUCKE-DELLA-ROCCHETTA-ANDRIAMANANTENASOA Marie-Françoise"


class GalleryForm(forms.Form):
    name = forms.CharField(label="Nom", help_text="Tel qu’il est écrit sur la pièce d’identité.")
    born_on = forms.DateField(label="Date de naissance", widget=forms.DateInput(attrs={"type": "date"}))
    commune = forms.ChoiceField(
        label="Commune", choices=[("", "Choisir"), ("13055", "Marseille"), ("1", LONG)]
    )
    channel = forms.ChoiceField(
        label="Canal préféré",
        choices=[("sms", "SMS"), ("call", "Appel"), ("mail", "Courriel")],
        widget=forms.RadioSelect,
    )
    themes = forms.MultipleChoiceField(
        label="Thèmes",
        choices=[("jobs", "Emploi"), ("home", "Logement"), ("move", "Mobilité")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    note = forms.CharField(label="Note", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    informed = forms.BooleanField(label="Le jeune a été informé de ce qui sera partagé")


class QuickLogForm(forms.Form):
    kind = forms.ChoiceField(
        label="Type de contact",
        choices=[
            ("call", "Appel"),
            ("interview", "Entretien"),
            ("message", "Message"),
            ("no_answer", "N’a pas répondu"),
        ],
        initial="call",
        widget=forms.RadioSelect,
    )
    text = forms.CharField(label="Note", widget=forms.Textarea(attrs={"rows": 2}), required=False)


@reads
def gallery(request):
    """Where people's data is real, the page does not exist."""
    if not (settings.DEMO or settings.DEBUG):
        raise Http404
    if "job" in request.GET:
        return render(request, "desk/_gallery_job.html", {"progress": int(clock.now().timestamp()) % 100})
    return render(
        request, "desk/gallery.html", samples() | {"progress": 40, "sorting": Sorting(request, ORDERS)}
    )


def samples() -> dict:
    return {
        "long": LONG,
        "long_word": LONG_WORD,
        "tones": [
            ("ok", "En accompagnement"),
            ("warn", "Sans contact depuis 34 j"),
            ("bad", "Orientation refusée"),
            ("info", "Réponse reçue"),
            ("mute", "En attente"),
            ("violet", "Référent"),
            ("mute", LONG),
        ],
        "tabs": [Sample(url="#", label=label, current=label == "Suivi") for label in TABS],
        "steps": [Sample(label=label, state=state, detail=detail) for label, state, detail in STEPS],
        "steps_stopped": [Sample(label=label, state=state, detail="") for label, state in STEPS_STOPPED],
        "youths": YOUTHS,
        "facts": [
            ("Mobile", "06 00 00 00 00"),
            ("Commune", "13015 Marseille"),
            ("Établissement", LONG),
            ("Vide", ""),
        ],
        "toasts": [
            Sample(level_tag="success", message="Contact noté."),
            Sample(level_tag="error", message=LONG),
        ],
        "form": GalleryForm(initial={"channel": "sms"}),
        "form_with_errors": GalleryForm({"born_on": "hier", "themes": ["other"]}, prefix="bad"),
        "quick_log": QuickLogForm(prefix=None, auto_id="log_%s"),
        "tiles": [
            Sample(name="Bretagne", text="12 / 17", level="some"),
            Sample(name="Pays de la Loire", text="19 / 20", level="most"),
            Sample(name="Provence-Alpes-Côte d’Azur", text="0 / 29", level=""),
        ],
        **charts(),
    }


def charts() -> dict:
    return {
        "bars": bar_chart(
            "Orientations par partenaire",
            [("Apprentis d’Auteuil", 42), (LONG, 17), ("Chambre de métiers et de l’artisanat", None)],
            columns=("Partenaire", "Orientations"),
        ),
        "stacked": stacked_chart(
            "Réponses par trimestre",
            [("1er trimestre", [12, 4, 2]), ("2e trimestre", [18, 3, 0]), ("3e trimestre", [9, 5, 4])],
            series=("Acceptées", "Refusées", "Sans réponse"),
            column="Trimestre",
        ),
        "funnel": funnel_chart(
            "De l’orientation à l’issue",
            [("Envoyées", 63), ("Acceptées", 48), ("En cours", 31), ("Menées à terme", 22)],
            columns=("Étape", "Orientations", "Part"),
        ),
        "donut": donut_chart(
            "Accompagnements par type",
            [("Appel", 310), ("Entretien", 220), ("Message", 140), ("Atelier", 75)],
            columns=("Type", "Nombre", "Part"),
        ),
        "lines": line_chart(
            "Conventions en vigueur",
            ["2021", "2022", "2023", "2024", "2025", "2026"],
            [("Agences", [40, 92, 180, 260, 330, 372]), ("Missions Locales", [8, 21, 35, 48, 61, 68])],
            column="Année",
        ),
    }


ORDERS = [
    Order("name", "Nom, de A à Z", ("name",), "youth"),
    Order("-contact", "Dernier contact d’abord", ("-contact",), "contact"),
]
TABS = ["Suivi", "Parcours", "Emploi", "Situation", "Documents", "Accès au dossier"]
STEPS = [
    ("Brouillon", "done", "12/01/2026"),
    ("Co-construction", "done", "03/02/2026"),
    ("À signer", "current", "1 signature sur 2"),
    ("En vigueur", "next", ""),
    ("Évaluation", "next", "03/2027"),
]
STEPS_STOPPED = [("Envoyée", "done"), ("Refusée", "stopped")]
YOUTHS = [
    (
        "BENALI Yanis",
        "19 ans · CEJ",
        "warn",
        "Sans contact depuis 34 j",
        "12/10/2026",
        "Appeler",
        "Aujourd’hui",
        False,
    ),
    (
        "FERREIRA Léo",
        "24 ans",
        "bad",
        "Orientation refusée",
        "06/11/2026",
        "Autre solution",
        "En retard de 3 j",
        True,
    ),
    (
        LONG_WORD,
        "17 ans",
        "mute",
        "Proposée, en attente",
        "17/11/2026",
        f"Relancer {LONG}",
        "25/11/2026",
        False,
    ),
]
