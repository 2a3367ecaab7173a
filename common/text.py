"""Names as people type them: without accents, capitals or ligatures."""

import unicodedata

LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "’": "'", "‘": "'"})


def normalised(*parts: str) -> str:
    """Fold words for searching and sorting; 'LŒIL Zoë' becomes 'loeil zoe'."""
    joined = unicodedata.normalize("NFKD", " ".join(parts))
    unmarked = "".join(c for c in joined if not unicodedata.combining(c))
    folded = unmarked.casefold().translate(LIGATURES)
    return " ".join(folded.split())  # last: a lone accent leaves a space behind
