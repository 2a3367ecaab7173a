"""Which column of a structure's table is which of our fields, and which of its words which of ours."""

import re
from dataclasses import asdict, dataclass, field, replace

from django.utils.translation import gettext as _

from common.text import normalised
from exchange.imports.sheets import Line, Unreadable
from youths.imports.cells import FIELDS

EXTERNAL_ID = "external_id"
NEEDED = ("last_name", "first_name", "birth_date")
NOTHING = "-"  # a word that says nothing, unlike one that nobody has looked at
# What other systems and people's own tables write above these columns.
HEADINGS = {
    EXTERNAL_ID: "identifiant, id, numero dossier, n dossier, no dossier, num dossier, dossier, id imilo, numero imilo",
    "last_name": "nom, nom de famille, nom de naissance, nom patronymique, lastname, surname",
    "first_name": "prenom, prenoms, firstname, given name",
    "usual_name": "nom d usage, nom usuel, nom marital",
    "birth_date": "date naissance, ne le, nee le, ne e le, naissance, ddn, birthdate, date of birth",
    "gender": "sexe, genre, civilite",
    "phone": "telephone, tel, tel portable, telephone portable, portable, mobile, numero de telephone",
    "email": "mail, courriel, adresse mail, e mail, adresse e mail, adresse electronique",
    "commune": "ville, commune, commune de residence",
    "commune_insee": "code insee, insee, code commune",
    "schooling": "niveau scolaire, niveau de formation, niveau d etudes, niveau",
    "situation": "situation actuelle, statut",
    "housing": "logement, hebergement",
    "mobility": "mobilite, permis, moyen de transport",
    "languages": "langue, langues, langues parlees",
    "priority_district": "qpv, quartier prioritaire",
    "first_met": "origine, prescripteur, mode d arrivee",
    "site": "antenne, site, lieu d accueil",
}


@dataclass(frozen=True)
class Mapping:
    """`columns`: our field by their heading; `words`: our value by their word, by field.

    `system` is what an identifier without one comes from.
    """

    columns: dict[str, str] = field(default_factory=dict)
    words: dict[str, dict[str, str]] = field(default_factory=dict)
    system: str = ""

    def line(self, line: Line) -> Line:
        """The same line in our names. Columns and words that mean nothing here are left out."""
        if line.fault:
            return line
        cells = {
            name: self.value(name, line.cells[heading])
            for heading, name in self.columns.items()
            if name and heading in line.cells
        }
        return replace(line, cells=cells)

    def value(self, name: str, cell):
        if name == EXTERNAL_ID and self.system and cell and ":" not in str(cell):
            return f"{self.system}:{cell}"
        word = self.words.get(name, {}).get(plain(str(cell)), cell)
        return "" if word == NOTHING else word

    def with_words(self, words: dict[str, dict[str, str]]) -> "Mapping":
        both = {
            name: self.words.get(name, {}) | words.get(name, {}) for name in self.words.keys() | words.keys()
        }
        return replace(self, words=both)

    def as_json(self) -> dict:
        return asdict(self)

    def check_headings(self, headings: list[str]) -> None:
        """Raises `Unreadable` for a table that lacks columns of this mapping's identifiers and names."""
        missing = [heading for heading, name in self.columns.items() if name in (EXTERNAL_ID, *NEEDED)]
        missing = [heading for heading in missing if heading not in headings]
        if missing:
            raise Unreadable(_("These columns are missing: %(names)s.") % {"names": ", ".join(missing)})


def plain(heading: str) -> str:
    """Without accents, capitals and signs: 'Né(e) le' is 'ne e le'."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", normalised(heading)).split())


def guessed(headings: list[str]) -> dict[str, str]:
    """The likely field of each heading, "" where there is none; no field twice."""
    known = {plain(str(f.verbose_name)): name for name, f in FIELDS.items()}
    known |= {plain(word): name for name, words in HEADINGS.items() for word in words.split(",")}
    known |= {plain(name): name for name in (*FIELDS, EXTERNAL_ID)}
    found: dict[str, str] = {}
    for heading in headings:
        name = known.get(plain(heading), "")
        found[heading] = "" if name in found.values() else name
    return found
