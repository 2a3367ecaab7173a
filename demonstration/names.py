"""Invented people: first names, family names and municipalities, put together by chance."""

import random
from typing import NamedTuple

WOMEN = """Léa Manon Chloé Camille Inaya Yasmine Sarah Lina Océane Jade Maëlle Anaïs Fatoumata Aïcha Mariam Kenza Nour
Salomé Clara Lucie Romane Eva Assia Hawa Célia Noémie Louna Margaux Solène Amina Jeanne Zoé Marwa Lilou Éléonore
Samira Naïma Coralie Perrine Thuy-Linh Ioana Rosalie Djamila Violette Awa Eugénie Nolwenn Katarina""".split()
MEN = """Lucas Enzo Hugo Mathis Nathan Rayan Mehdi Adam Théo Ibrahim Moussa Yanis Sofiane Axel Kévin Dylan Noah Samuel
Bilal Amadou Gabin Tom Ethan Ilyès Valentin Maxence Quentin Jordan Loïc Ousmane Anthony Bastien Corentin Nassim
Issa Elias Léo Florian Gaëtan Milan Tuan Andrei João Malo Évan Karim Boubacar Sacha""".split()
EITHER = ["Alix", "Charlie", "Lou", "Sasha"]
FAMILIES = """Garnier-Blin Chabert Roumégas Belkacemi Diabaté Nguyen-Huu Tavares Morvan Lachaume Benyamina Ferrero Sissoko
Pellegrin Zerrouki Cordonnier Mhadjou Bouzidi Rambaud Delacourt Oliveira Kaddour Traversier Vidalenc Soilihi Arfaoui
Jourdan-Pic Bensalem Marchal Konaté Poncelet Hamidou Escoffon Tissier Barbazan Rahmouni Lafargue Coutinho Dembélé-Roux
Peyrache Mansouri Vernhes Abdallah-Petit Grousset Chauveau Ouattara Bonnefoy Meziane Fouchard Ibanez Rakotoarisoa Saadi
Malbranque Touré-Vidal Petrosyan Cazals Boukhari Lemonnier Faucheux Camara-Lopez Dufraisse Hadjadj Serrano Popescu
Blanchot Kouyaté Rivoire Amrani Guichard Nsimba Valette Chouvet Moindjié Bréchet Yilmaz Montagnon Gourdon Sahraoui
Teyssier Baldé-Simon Escalier Mokrani Lorenzi Tran-Dupuy Charreyron Haddad-Noël Fontvieille Kebaili Marliac Drici""".split()
VERY_LONG = ("Marie-Élisabeth Anne-Charlotte", "de La Rochefontaine-Vandenbergh d’Andrianampoinimerina")

MARSEILLE = {
    "Marseille 3e": "13203",
    "Marseille 4e": "13204",
    "Marseille 10e": "13210",
    "Marseille 11e": "13211",
    "Marseille 13e": "13213",
    "Marseille 14e": "13214",
    "Marseille 15e": "13215",
    "Marseille 16e": "13216",
    "Septèmes-les-Vallons": "13106",
    "Allauch": "13002",
}
SAINT_ETIENNE = {
    "Saint-Étienne": "42218",
    "Firminy": "42095",
    "Saint-Chamond": "42207",
    "Le Chambon-Feugerolles": "42044",
    "La Ricamarie": "42183",
    "Roche-la-Molière": "42189",
    "Unieux": "42316",
    "Sorbiers": "42302",
}


class Name(NamedTuple):
    first: str
    last: str
    gender: str


class Register:
    """Gives each young person a name of their own, and a telephone in the range kept for fiction."""

    def __init__(self, chance: random.Random):
        self.chance = chance
        self.families = chance.sample(FAMILIES, len(FAMILIES))
        self.given: set[tuple[str, str]] = set()
        self.calls = 0

    def name(self) -> Name:
        gender = self.chance.choices(["woman", "man", "other"], weights=[48, 46, 6])[0]
        firsts = {"woman": WOMEN, "man": MEN, "other": EITHER}[gender]
        while True:
            self.calls += 1
            last = self.families[self.calls % len(self.families)]
            first = self.chance.choice(firsts)
            if (first, last) not in self.given:
                self.given.add((first, last))
                return Name(first, last, gender)

    def phone(self) -> str:
        """06 39 98 00 00 to 06 39 98 99 99: ARCEP gives these to nobody."""
        number = f"{self.calls * 61 % 10_000:04}"
        return f"06 39 98 {number[:2]} {number[2:]}"
