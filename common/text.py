"""Names and telephone numbers as people type them: without accents, capitals, ligatures or signs between digits."""

import re
import unicodedata

MOST_WORDS = 20
MOST_LETTERS = 400  # of a word: more than any name has, and some fewer than SQLite takes
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "’": "'", "‘": "'"})
WITHIN_NAMES = str.maketrans({"-": " ", "'": ""})
# Digits with what people write between them; nothing that is part of a word.
NUMBER = re.compile(r"(?<!\w)[+(]{0,2}[0-9](?:[0-9 ./()-]*[0-9])?(?!\w)")
SIGNS = re.compile(r"[^\w'-]")
ABROAD = r"^(?:\+|00(?=[0-9]{9}))"
FRANCE = re.compile(
    rf"{ABROAD}(?:33|262|590|594|596)0?"
)  # and the overseas departments, which dial as it does


def normalised(*parts: str) -> str:
    """Fold words for searching and sorting; 'LŒIL Zoë' becomes 'loeil zoe'."""
    joined = unicodedata.normalize("NFKD", " ".join(parts))
    unmarked = "".join(c for c in joined if not unicodedata.combining(c))
    folded = unmarked.casefold().translate(LIGATURES)
    return " ".join(folded.split())  # last: a lone accent leaves a space behind


def searchable(text: str) -> str:
    """A normalised text with a space around each word, so that ' be' finds what begins so and ' o ' all of it.

    'n'diaye-le goff' becomes ' ndiaye le goff '.
    """
    return f" {text.translate(WITHIN_NAMES)} "


def digits_of(number: str) -> str:
    """A telephone number as it is dialled within France: '+33 6 39 98 01 02' becomes '0639980102'."""
    dialled = re.sub(r"[^+0-9]", "", number)
    return re.sub(ABROAD, "", FRANCE.sub("0", dialled)).replace("+", "")


def words_of(typed: str) -> list[str]:
    """What to look for: each word is a condition, and a thousand are more than SQLite takes, as is a very long one.

    A number is one word, however its digits are set apart.
    """
    joined = NUMBER.sub(lambda number: digits_of(number[0]), normalised(typed))
    words = searchable(SIGNS.sub(" ", joined)).split()[:MOST_WORDS]
    return [word[:MOST_LETTERS] for word in words]


def fits(word: str) -> tuple[str, str]:
    """What a searchable text holds where the word fits best, and where it fits at all.

    A single letter is a whole word, or begins one; digits and longer words begin one, or stand anywhere.
    """
    return (f" {word} ", f" {word}") if len(word) == 1 and not word.isdigit() else (f" {word}", word)
