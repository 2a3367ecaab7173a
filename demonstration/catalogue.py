"""Themes, and what the partners propose to young people."""

from demonstration.story import World
from partnerships.models import ServiceOffer, Theme

THEMES = {
    "orientation": "Orientation",
    "apprenticeship": "Apprentissage",
    "training": "Formation",
    "work": "Emploi",
    "employers": "Lien avec les employeurs",
    "enterprise": "Création d’activité",
    "mobility": "Mobilité",
    "housing": "Logement",
    "digital": "Numérique",
    "rights": "Accès aux droits",
    "commitment": "Engagement et bénévolat",
}

# key, organisation, theme, places, title, description
OFFERS = [
    (
        *("trades", "auteuil", "orientation", 12, "Semaine de découverte des métiers"),
        "Cinq jours, cinq plateaux techniques : cuisine, bâtiment, espaces verts, vente, numérique. "
        "Une restitution en présence du conseiller clôt la semaine.",
    ),
    (
        *("skolae", "auteuil", "training", 15, "Skol’Avenir, formation aux savoirs de base et au projet"),
        "Quatre mois à temps plein, en petit groupe : remise à niveau, ateliers et deux stages.",
    ),
    (
        *("prepa", "auteuil", "apprenticeship", 10, "Prépa-apprentissage"),
        "Huit semaines pour choisir un métier, rencontrer des maîtres d’apprentissage et signer un contrat.",
    ),
    (
        *("kitchen", "auteuil", "work", 8, "Chantier d’insertion Les Cuisines du Levant"),
        "Contrat de six mois en restauration collective, avec un accompagnement vers l’emploi.",
    ),
    (
        *("enterprise", "auteuil", "enterprise", 6, "Atelier des entrepreneurs"),
        "De l’idée à la première facture : un accompagnement individuel et six ateliers collectifs.",
    ),
    (
        *("logistics", "interim", "work", 10, "Missions en logistique et préparation de commandes"),
        "Premières missions d’une à quatre semaines, avec une demi-journée d’intégration à l’agence.",
    ),
    (
        *("building", "interim", "work", 6, "Parcours bâtiment : habilitations puis missions"),
        "Deux semaines de formation financées par la branche, suivies de missions de gros œuvre.",
    ),
    (
        *("cdi", "interim", "employers", None, "Rencontre avec un recruteur et simulation d’entretien"),
        "Chaque mercredi matin à l’agence. Le recruteur remet un retour écrit au jeune et à son conseiller.",
    ),
    (
        *("cfa", "cfa-gier", "apprenticeship", 20, "Mercredis de l’apprentissage"),
        "Visite des ateliers, aide à la recherche d’un employeur, positionnement sur les places restantes.",
    ),
    (
        *("insertion", "plateau-insertion", "work", 4, "Contrat d’insertion en espaces verts"),
        "Vingt-six heures par semaine, quatre mois renouvelables.",
    ),
    (
        *("crafts", "cma-paca", "apprenticeship", 15, "Bourse de l’apprentissage artisanal"),
        "Mise en relation avec les artisans qui recrutent et préparation à l’entretien.",
    ),
    (
        *("garage", "roue-libre", "mobility", 5, "Location solidaire d’un deux-roues"),
        "Un scooter ou un vélo électrique pour trois mois, le temps d’un contrat ou d’une formation.",
    ),
    (
        *("welding", "atelier-metiers", "training", 8, "Titre professionnel d’installateur thermique"),
        "Huit mois en alternance, entrée en septembre et en février.",
    ),
]


def propose(world: World) -> None:
    for slug, name in THEMES.items():
        world.themes[slug], _created = Theme.objects.get_or_create(slug=slug, defaults={"name": name})
    for key, short_name, theme, places, title, description in OFFERS:
        offer = ServiceOffer(
            organisation=world.organisations[short_name],
            theme=world.themes[theme],
            places=places,
            title=title,
            description=description,
        )
        offer.save()
        world.offers[key] = offer
