"""The organisations: real kinds of organisation, invented local ones, no address of anyone."""

from accounts.models import Kind, Level, Organisation, Site
from demonstration.story import World

# short name, kind, name, network, municipality, INSEE code, region, level
ORGANISATIONS = [
    ("passerelle", "other", "Passerelle", "", "Paris", "75056", "Île-de-France", "national"),
    ("unml", "national_union", "UNML", "", "Paris", "75056", "Île-de-France", "national"),
    ("dgefp", "state_service", "DGEFP", "", "Paris", "75056", "Île-de-France", "national"),
    ("prism-emploi", "employer", "Prism’emploi", "", "Paris", "75056", "Île-de-France", "national"),
    ("faf-tt", "funder", "FAF.TT", "", "Paris", "75056", "Île-de-France", "national"),
    ("cma-france", "chamber", "CMA France", "", "Paris", "75056", "Île-de-France", "national"),
    ("urml-paca", "regional_union", "URML Provence-Alpes-Côte d’Azur", "unml", "Marseille", "13055", "PACA", "regional"),
    ("urml-aura", "regional_union", "URML Auvergne-Rhône-Alpes", "unml", "Lyon", "69123", "AURA", "regional"),
    ("urml-pdl", "regional_union", "URML Pays de la Loire", "unml", "Nantes", "44109", "PDL", "regional"),
    ("urml-bretagne", "regional_union", "URML Bretagne", "unml", "Rennes", "35238", "Bretagne", "regional"),
    ("dreets-pdl", "state_service", "DREETS Pays de la Loire", "", "Nantes", "44109", "PDL", "regional"),
    ("prism-emploi-pdl", "employer", "Prism’emploi Pays de la Loire", "prism-emploi", "Nantes", "44109", "PDL", "regional"),
    ("ml-marseille", "mission_locale", "Mission Locale de Marseille", "urml-paca", "Marseille", "13055", "PACA", "local"),
    ("ml-saint-etienne", "mission_locale", "Mission Locale de Saint-Étienne", "urml-aura", "Saint-Étienne", "42218", "AURA", "local"),
    ("ml-estuaire", "mission_locale", "Mission Locale de l’Estuaire", "urml-pdl", "Saint-Nazaire", "44184", "PDL", "local"),
    ("ml-anjou", "mission_locale", "Mission Locale de l’Anjou", "urml-pdl", "Angers", "49007", "PDL", "local"),
    ("ml-mayenne", "mission_locale", "Mission Locale de la Mayenne", "urml-pdl", "Laval", "53130", "PDL", "local"),
    ("ml-bocage", "mission_locale", "Mission Locale du Bocage vendéen", "urml-pdl", "La Roche-sur-Yon", "85191", "PDL", "local"),
    ("auteuil", "foundation", "Apprentis d’Auteuil", "", "Marseille", "13055", "PACA", "regional"),
    ("cma-paca", "chamber", "Chambre de métiers et de l’artisanat PACA", "cma-france", "Marseille", "13055", "PACA", "regional"),
    ("interim-port", "temp_agency", "Agence d’emploi du Vieux-Port", "", "Marseille", "13202", "PACA", "local"),
    ("atelier-metiers", "training_body", "Atelier des métiers de la Méditerranée", "", "Marseille", "13215", "PACA", "local"),
    ("roue-libre", "foundation", "Garage solidaire La Roue libre", "", "Marseille", "13214", "PACA", "local"),
    ("interim", "temp_agency", "Agence d’emploi du Furan", "", "Saint-Étienne", "42218", "AURA", "local"),
    ("cfa-gier", "training_body", "CFA du Gier", "", "Saint-Chamond", "42207", "AURA", "local"),
    ("plateau-insertion", "employer", "Le Plateau, entreprise d’insertion", "", "Firminy", "42095", "AURA", "local"),
]  # fmt: skip

REGIONS = {"PACA": "Provence-Alpes-Côte d’Azur", "AURA": "Auvergne-Rhône-Alpes", "PDL": "Pays de la Loire"}

SITES = {
    "ml-marseille": {"centre": "Centre", "nord": "Nord", "est": "Est"},
    "ml-saint-etienne": {"ville": "Saint-Étienne ville", "ondaine": "Vallée de l’Ondaine"},
    "auteuil": {"auteuil-13": "Établissement Saint-Joseph"},
}


def found(world: World) -> None:
    """Organisations and their sites, in the order that lets each find its network."""
    for short_name, kind, name, network, commune, insee, region, level in ORGANISATIONS:
        organisation = Organisation(
            short_name=short_name,
            kind=Kind(kind),
            level=Level(level),
            name=name,
            parent=world.organisations.get(network),
            commune=commune,
            commune_insee=insee,
            region=REGIONS.get(region, region),
        )
        organisation.save()
        world.organisations[short_name] = organisation
    for short_name, sites in SITES.items():
        owner = world.organisations[short_name]
        for key, name in sites.items():
            world.sites[key] = Site.objects.create(organisation=owner, name=name, commune=owner.commune)
