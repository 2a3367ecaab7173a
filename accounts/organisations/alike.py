"""Which organisations that are known may be the one somebody is about to enter."""

import difflib
import re
import unicodedata

from accounts.models import Organisation

MOST_SHOWN = 10
NEAR = 0.85  # of difflib's 0 to 1
EMPTY_WORDS = frozenset({"de", "du", "des", "d", "la", "le", "les", "l", "et", "en", "pour"})


def alike(entered: Organisation, known) -> list[Organisation]:
    """Of those known, the ones whose name is nearly the same, then those of that kind in the same municipality."""
    words = words_of(entered.name)
    near, beside = [], []
    for one in known:
        if is_near(words, words_of(one.name)):
            near.append(one)
        elif (
            entered.commune_insee and entered.commune_insee == one.commune_insee and entered.kind == one.kind
        ):
            beside.append(one)
    return (near + beside)[:MOST_SHOWN]


def words_of(name: str) -> list[str]:
    """In lower case, without accents and small words, in alphabetical order."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return sorted(set(re.findall(r"[a-z0-9]+", plain.replace("’", " "))) - EMPTY_WORDS)


def is_near(one: list[str], other: list[str]) -> bool:
    """All words of the shorter one stand in the longer one, if it has two at least; or nearly the same letters."""
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) > 1 and set(shorter) <= set(longer):
        return True
    return difflib.SequenceMatcher(None, " ".join(one), " ".join(other)).ratio() >= NEAR
