"""What one more contact of a list of the API costs beside the driver and orjson alone on the same rows: `make bench`

In CPU of this process. The limit is PostgreSQL's: SQLite's driver knows no ids and moments, which Django makes of text.
"""

import os
import statistics
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
ROUNDS = 25
FEW, MANY = 1, 500
MOST = 3
COLUMNS = [
    "id",
    "organisation_id",
    "kind",
    "happened_at",
    "minutes",
    "place",
    "made",
    "text",
    "audience",
    "next_step",
    "next_on",
    "next_done_at",
    "created_at",
    "updated_at",
]
ROWS = """
    SELECT {columns}, m.user_id FROM youths_accompaniment a JOIN accounts_membership m ON m.id = a.author_id
    WHERE a.structure_id = {mark} AND a.audience <> 'team' ORDER BY a.happened_at DESC, a.id LIMIT {number}
"""
YOUTHS = "SELECT accompaniment_id, youth_id FROM youths_participation WHERE accompaniment_id IN ({marks})"
THEMES = """
    SELECT l.accompaniment_id, t.slug FROM youths_accompaniment_themes l
    JOIN partnerships_theme t ON t.id = l.theme_id WHERE l.accompaniment_id IN ({marks})
"""


def raw(structure, number: int) -> bytes:
    """The same rows with their young people and themes, as directly as Python can."""
    import orjson
    from django.db import connection

    mark = "%s" if connection.vendor == "postgresql" else "?"
    cursor = connection.connection.cursor()
    columns = ", ".join(f"a.{column}" for column in COLUMNS)
    cursor.execute(ROWS.format(columns=columns, mark=mark, number=number), [structure])
    rows = [dict(zip([*COLUMNS, "author"], row, strict=True)) for row in cursor.fetchall()]
    ids = [row["id"] for row in rows]
    for name, statement in (("youths", YOUTHS), ("themes", THEMES)):
        found: dict = {}
        for pk, value in cursor.execute(statement.format(marks=", ".join([mark] * len(ids))), ids):
            found.setdefault(pk, []).append(value)
        for row in rows:
            row[name] = found.get(row["id"], [])
    return orjson.dumps({"results": rows})


def cpu_of(work) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def one_more(work) -> float:
    """Seconds for a further row: medians of a long and a short list, taken in turns."""
    few, many = [], []
    for _ in range(ROUNDS):
        few.append(cpu_of(lambda: work(FEW)))
        many.append(cpu_of(lambda: work(MANY)))
    return (statistics.median(many) - statistics.median(few)) / (MANY - FEW)


def main() -> int:
    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.test import Client

    from accounts.models import Membership
    from youths.models import Accompaniment

    directors = Membership.objects.active().filter(role="director").select_related("user")
    director = max(directors, key=lambda one: Accompaniment.objects.visible_to(one).count(), default=None)
    if director is None or Accompaniment.objects.visible_to(director).count() < MANY:
        print(f"No director with {MANY} contacts here: load the demonstration first.")
        return 1
    caller = Client(headers={"host": settings.ALLOWED_HOSTS[0]})
    caller.force_login(director.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    structure = Accompaniment._meta.get_field("structure").get_db_prep_value(
        director.organisation_id, connection
    )

    def listed(number):
        answer = caller.get(f"/api/v1/accompaniments/?page_size={number}")
        assert answer.content.count(b'"happened_at"') == number, answer.content[:200]

    for number in (FEW, MANY):
        listed(number)
    ours, bare = one_more(listed), one_more(lambda number: raw(structure, number))
    first = statistics.median(cpu_of(lambda: listed(FEW)) for _ in range(ROUNDS))
    print(
        f"contacts by the API: {first * 1000:.1f} ms for the first, {ours * 1e6:.0f} µs for each further one"
    )
    print(
        f"raw driver and orjson {bare * 1e6:.1f} µs: ratio {ours / bare:.1f} (at most {MOST}, on PostgreSQL)"
    )
    return int(connection.vendor == "postgresql" and ours / bare > MOST)


if __name__ == "__main__":
    sys.exit(main())
