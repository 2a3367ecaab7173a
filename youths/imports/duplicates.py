"""Who of a structure's files may be the person on a line: two files of one person are worse than a question."""

import datetime
from difflib import SequenceMatcher

from django.db.models import Q

from common.text import normalised
from youths.models import Youth

NEAR = 0.85  # of 1; a letter more, less or another, and names the other way round
MOST = 5


class Known:
    """The files that may be these young people's, found for some hundred lines at a time."""

    def __init__(self, youths: list[Youth], *, by, before: datetime.datetime):
        names = {normalised(youth.last_name, youth.first_name) for youth in youths}
        born = {youth.birth_date for youth in youths if youth.birth_date}
        found = Youth.objects.visible_to(by).filter(
            Q(search__in=names) | Q(birth_date__in=born), created_at__lt=before
        )
        self.by_words: dict[str, list[Youth]] = {}
        self.by_day: dict[datetime.date, list[Youth]] = {}
        for one in found.only("pk", "first_name", "last_name", "birth_date").order_by("pk"):
            self.by_words.setdefault(words(one), []).append(one)
            self.by_day.setdefault(one.birth_date, []).append(one)

    def like(self, youth: Youth) -> list[Youth]:
        """The same names in any order, or near ones or the same family name and the same day."""
        same = self.by_words.get(words(youth), [])
        near = [one for one in self.by_day.get(youth.birth_date, []) if is_near(youth, one)]
        return list(dict.fromkeys([*same, *near]))[:MOST]


def is_near(youth: Youth, other: Youth) -> bool:
    if normalised(youth.last_name) == normalised(other.last_name):
        return True
    pairs = ((words(youth), words(other)), (letters(youth), letters(other)))
    return any(SequenceMatcher(None, *pair).ratio() >= NEAR for pair in pairs)


def words(youth: Youth) -> str:
    return " ".join(sorted(normalised(youth.last_name, youth.first_name).split()))


def letters(youth: Youth) -> str:
    return normalised(youth.last_name, youth.first_name).replace(" ", "")
