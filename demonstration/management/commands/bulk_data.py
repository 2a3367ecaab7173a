"""Fictitious data at the size of the network, for benchmarks."""

import random
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from accounts.invented import holds_real_people
from accounts.models import Organisation
from common import clock
from demonstration.bulk.aside import set_aside
from demonstration.bulk.days import Days
from demonstration.bulk.files import Writer
from demonstration.bulk.places import NETWORK, Founder
from demonstration.bulk.rows import TABLES, Ids, Rows


class Command(BaseCommand):
    help = (
        "Loads fictitious structures, people, files and contacts. Refuses a database that holds real people."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("--youths", type=int, required=True, help="how many files")
        parser.add_argument(
            "--missions-locales", type=int, help="spread over so many structures (431 for a million files)"
        )
        parser.add_argument("--contacts", type=int, default=6, help="in a file, on average (6)")
        parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same data (1)")
        parser.add_argument("--if-absent", action="store_true", help="do nothing where the seed’s data is")

    def handle(self, *, youths, missions_locales, contacts, seed, if_absent, verbosity, **options) -> None:
        if missions_locales is None:
            missions_locales = max(1, round(youths / NETWORK))
        if not 1 <= missions_locales <= youths or contacts < 1:
            raise CommandError("Ask for one file at least in each structure, with one contact at least.")
        if holds_real_people():
            raise CommandError("This database holds real people: no fictitious data beside them.")
        label = f"bulk-{seed}"
        if Organisation.objects.filter(short_name__startswith=f"{label}-").exists():
            if if_absent:
                return
            raise CommandError(f"The data of seed {seed} is here already. Choose another --seed.")
        begun, chance, days = time.monotonic(), random.Random(seed), Days(clock.today())
        rows = Rows(Ids(chance))
        writer = Writer(rows, chance, days, contacts)
        # All of it or nothing: who cuts this command finds the database as it was.
        with connection.constraint_checks_disabled(), transaction.atomic():
            founder = Founder(rows.ids, chance, days, label)
            places = founder.found(youths, missions_locales)
            founder.save()
            with set_aside(TABLES):
                written = self.load(rows, writer.batches(places))
            connection.check_constraints([model._meta.db_table for model in TABLES])
            with connection.cursor() as cursor:
                for table in connection.introspection.table_names(cursor):
                    cursor.execute(f'ANALYZE "{table}"')  # the planner must know what has come
        if verbosity:
            told = ", ".join(f"{number} {model._meta.label}" for model, number in written.items())
            self.stdout.write(f"{told} in {time.monotonic() - begun:.0f} s")

    def load(self, rows: Rows, batches) -> Counter:
        """The database takes one batch in while the next one is made. Returns how many rows each table got."""
        written: Counter = Counter()
        with ThreadPoolExecutor(1) as maker:
            coming = maker.submit(next, batches, None)
            while batch := coming.result():
                coming = maker.submit(next, batches, None)
                written.update(rows.fill(batch))
        return written
