"""What the organisations promised each other: invented texts of the real kinds."""

from dataclasses import dataclass, field
from typing import Literal

from accounts.models import Level
from partnerships.models import AgreementKind, FieldOfAction


@dataclass(frozen=True)
class Side:
    """A party: its single contact, the sites it brings, who signs for it in which capacity, how many days late."""

    organisation: str
    contact: str
    signatory: str
    capacity: str
    sites: tuple[str, ...] = ()
    how: Literal["inside", "outside"] = "inside"


@dataclass(frozen=True)
class Text:
    """An agreement and how far it has come; `signed` is in days before today."""

    key: str
    kind: AgreementKind
    title: str
    reference: str
    purpose: str
    sides: tuple[Side, ...]
    signed: int
    term_months: int
    reaches: Literal["draft", "co_construction", "to_sign", "signed"] = "signed"
    lead: str = ""  # the first side, unless another one leads
    level: Level = Level.LOCAL
    implements: str = ""
    themes: tuple[str, ...] = ()
    theme_referents: tuple[tuple[str, str], ...] = ()
    fields_of_action: tuple[str, ...] = ()
    adhesions: tuple[tuple[str, int], ...] = field(default=())


SHARED = [
    "birth_date",
    "phone",
    "email",
    "preferred_channel",
    "commune",
    "situation",
    "schooling",
    "mobility",
]

CHARTER = Text(
    key="charter",
    kind=AgreementKind.CHARTER,
    title="Charte de bonnes pratiques Mission Locale de Marseille – Apprentis d’Auteuil",
    reference="CH-13-01",
    purpose="Mettre en commun les pratiques des deux équipes pour repérer les jeunes les plus éloignés de "
    "l’emploi, leur faire découvrir des métiers, soutenir leurs projets d’activité et les mener jusqu’à une "
    "qualification. La charte vaut deux ans ; une évaluation à la fin de la première année ajuste les "
    "pratiques, et les signataires souhaitent en faire ensuite une convention de partenariat.",
    sides=(
        Side("ml-marseille", "conseillere@ml-marseille", "Odile Marchetti", "Présidente", ("centre", "nord")),
        Side(
            *("auteuil", "camille.rouveyre@auteuil", "Bertrand Costes", "Directeur régional adjoint"),
            ("auteuil-13",),
        ),
    ),
    signed=0,  # one year and some weeks ago, to the day: see agreements.py
    term_months=24,
    themes=("orientation", "training", "apprenticeship", "enterprise"),
    theme_referents=(
        ("orientation", "conseillere@ml-marseille"),
        ("orientation", "camille.rouveyre@auteuil"),
        ("enterprise", "ines.carvalho@ml-marseille"),
        ("training", "conseiller2@ml-marseille"),
        ("training", "agent@auteuil"),
        ("apprenticeship", "leila.benhadou@ml-marseille"),
    ),
    fields_of_action=tuple(FieldOfAction),
)

OTHERS = [
    Text(
        key="framework",
        kind=AgreementKind.FRAMEWORK,
        title="Accord-cadre national Mission Jeunes",
        reference="AC-NAT-07",
        purpose="Faire de l’intérim un chemin vers l’emploi durable : chaque agence et chaque Mission Locale "
        "volontaires signent une convention locale, désignent un interlocuteur unique et présentent ensemble "
        "les métiers et les droits des intérimaires.",
        sides=(
            Side("unml", "reseau@unml", "Françoise Delattre", "Présidente", how="outside"),
            Side("prism-emploi", "", "Rémi Castelnau", "Président", how="outside"),
            Side("dgefp", "", "Laure Fabrègues", "Déléguée générale", how="outside"),
        ),
        signed=430,
        term_months=36,
        level=Level.NATIONAL,
        themes=("work", "employers", "training"),
    ),
    Text(
        key="pays-de-la-loire",
        kind=AgreementKind.CONVENTION,
        title="Convention régionale Mission Jeunes en Pays de la Loire",
        reference="CR-PDL-02",
        purpose="Décliner l’accord-cadre dans la région : quatre Missions Locales volontaires, un financement "
        "complémentaire des formations, un bilan annuel partagé avec les services de l’État.",
        sides=(
            Side("urml-pdl", "reseau@urml-pdl", "Gilles Hardouin", "Président"),
            Side("dreets-pdl", "", "Mireille Tanguy", "Directrice régionale", how="outside"),
            Side("prism-emploi-pdl", "", "Éric Moreteau", "Délégué régional"),
            Side("faf-tt", "", "Hugues Lamyre", "Délégué régional", how="outside"),
        ),
        signed=310,
        term_months=24,
        level=Level.REGIONAL,
        implements="framework",
        themes=("work", "training"),
        adhesions=(("ml-estuaire", 300), ("ml-anjou", 280), ("ml-mayenne", 190), ("ml-bocage", 75)),
    ),
    Text(
        key="saint-etienne",
        kind=AgreementKind.CONVENTION,
        title="Convention Mission Jeunes Saint-Étienne – Agence d’emploi du Furan",
        reference="CL-42-03",
        purpose="Présenter aux jeunes les métiers et les droits des intérimaires, les rencontrer avant "
        "l’ouverture des offres, suivre ensemble leurs missions, et organiser des immersions d’équipe dans "
        "les deux sens.",
        sides=(
            Side("ml-saint-etienne", "conseiller@ml-saint-etienne", "Solange Verrier", "Présidente"),
            Side("interim", "agent@interim", "Sandrine Peyrot", "Directrice d’agence"),
        ),
        signed=243,
        term_months=24,
        implements="framework",
        themes=("work", "employers"),
        theme_referents=(
            ("work", "conseiller@ml-saint-etienne"),
            ("employers", "elodie.grangier@ml-saint-etienne"),
            ("work", "agent@interim"),
        ),
        fields_of_action=(FieldOfAction.TRADES, FieldOfAction.TRAINING),
    ),
    Text(
        key="cma",
        kind=AgreementKind.CONVENTION,
        title="Convention apprentissage avec la Chambre de métiers et de l’artisanat",
        reference="CL-13-11",
        purpose="Rapprocher les deux offres de service : orientation, accès à l’apprentissage, emploi dans "
        "l’artisanat. Un référent par thème est nommé de chaque côté.",
        sides=(
            Side("cma-paca", "", "Henri Brunelet", "Président", how="outside"),
            Side("ml-marseille", "ines.carvalho@ml-marseille", "Odile Marchetti", "Présidente"),
        ),
        signed=9,
        term_months=36,
        reaches="to_sign",
        lead="ml-marseille",
        themes=("orientation", "apprenticeship", "work"),
        theme_referents=(("apprenticeship", "leila.benhadou@ml-marseille"),),
        fields_of_action=(FieldOfAction.TRADES, FieldOfAction.TRAINING),
    ),
    Text(
        key="port",
        kind=AgreementKind.CONVENTION,
        title="Convention Mission Jeunes Marseille – Agence d’emploi du Vieux-Port",
        reference="CL-13-12",
        purpose="Décliner l’accord-cadre à Marseille avec une première agence, puis ouvrir la convention aux "
        "agences voisines sur le même modèle.",
        sides=(
            Side("ml-marseille", "conseiller2@ml-marseille", "Odile Marchetti", "Présidente"),
            Side("interim-port", "", "Nora Santini", "Directrice d’agence"),
        ),
        signed=12,
        term_months=24,
        reaches="co_construction",
        implements="framework",
        themes=("work", "employers"),
    ),
    Text(
        key="atelier",
        kind=AgreementKind.CONVENTION,
        title="Convention de partenariat avec l’Atelier des métiers de la Méditerranée",
        reference="CL-13-06",
        purpose="Réserver des places de formation aux métiers du bâtiment aux jeunes suivis par la Mission Locale.",
        sides=(
            Side("ml-marseille", "conseillere@ml-marseille", "Odile Marchetti", "Présidente"),
            Side("atelier-metiers", "", "Luc Bessède", "Directeur"),
        ),
        signed=825,
        term_months=24,
        themes=("training",),
        fields_of_action=(FieldOfAction.TRAINING,),
    ),
    Text(
        key="cfa",
        kind=AgreementKind.CONVENTION,
        title="Convention apprentissage avec le CFA du Gier",
        reference="CL-42-05",
        purpose="Accueillir chaque mercredi les jeunes qui cherchent un contrat d’apprentissage et suivre "
        "ensemble leurs démarches auprès des employeurs.",
        sides=(
            Side("ml-saint-etienne", "aminata.kane@ml-saint-etienne", "Solange Verrier", "Présidente"),
            Side("cfa-gier", "", "Agnès Collomb", "Directrice adjointe"),
        ),
        signed=620,
        term_months=36,
        themes=("apprenticeship",),
        fields_of_action=(FieldOfAction.TRAINING,),
    ),
    Text(
        key="insertion",
        kind=AgreementKind.CONVENTION,
        title="Convention avec Le Plateau, entreprise d’insertion",
        reference="",
        purpose="Préparer ensemble l’entrée en contrat d’insertion et la suite du parcours.",
        sides=(
            Side("ml-saint-etienne", "aminata.kane@ml-saint-etienne", "Solange Verrier", "Présidente"),
            Side("plateau-insertion", "", "Pascale Thévenon", "Gérante"),
        ),
        signed=4,
        term_months=36,
        reaches="draft",
        themes=("work",),
    ),
]
