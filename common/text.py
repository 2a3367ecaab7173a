"""Names as people type them: without accents, capitals or ligatures."""

import unicodedata

MOST_WORDS = 20
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "’": "'", "‘": "'"})


def normalised(*parts: str) -> str:
    """Fold words for searching and sorting; 'LŒIL Zoë' becomes 'loeil zoe'."""
    joined = unicodedata.normalize("NFKD", " ".join(parts))
    unmarked = "".join(c for c in joined if not unicodedata.combining(c))
    folded = unmarked.casefold().translate(LIGATURES)
    return " ".join(folded.split())  # last: a lone accent leaves a space behind


def words_of(typed: str) -> list[str]:
    """What to look for: each word is a condition, and a thousand are more than SQLite takes."""
    return normalised(typed).split()[:MOST_WORDS]
