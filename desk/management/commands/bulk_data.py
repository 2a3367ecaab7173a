"""Fictitious data at the size of the network, for benchmarks."""

import random
import time

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from accounts.invented import holds_real_people
from accounts.models import Organisation
from desk.demonstration.bulk.aside import set_aside
from desk.demonstration.bulk.files import TABLES, Writer
from desk.demonstration.bulk.places import Ids, found


class Command(BaseCommand):
    help = (
        "Loads fictitious structures, people, files and contacts. Refuses a database that holds real people."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("--youths", type=int, required=True, help="how many files")
        parser.add_argument(
            "--missions-locales", type=int, default=1, help="spread over so many structures (1)"
        )
        parser.add_argument("--contacts", type=int, default=6, help="in a file, on average (6)")
        parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same data (1)")

    def handle(self, *, youths, missions_locales, contacts, seed, verbosity, **options) -> None:
        if not 1 <= missions_locales <= youths or contacts < 1:
            raise CommandError("Ask for one file at least in each structure, with one contact at least.")
        if holds_real_people():
            raise CommandError("This database holds real people: no fictitious data beside them.")
        label = f"bulk-{seed}"
        if Organisation.objects.filter(short_name__startswith=f"{label}-").exists():
            raise CommandError(f"The data of seed {seed} is here already. Choose another --seed.")
        begun, chance = time.monotonic(), random.Random(seed)  # noqa: S311 (repeatable, no secret)
        writer = Writer(ids := Ids(chance), chance, contacts)
        # All of it or nothing: who cuts this command finds the database as it was.
        with connection.constraint_checks_disabled(), transaction.atomic():
            places = found(youths, missions_locales, ids, chance, label)
            with set_aside(TABLES):
                for place in places:
                    writer.write(place)
                    if verbosity > 1:
                        self.stdout.write(f"{place.organisation}: {place.files} files")
            connection.check_constraints([model._meta.db_table for model in TABLES])
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # the planner must know what has come
        if verbosity:
            rows = ", ".join(f"{number} {model._meta.label}" for model, number in writer.written.items())
            self.stdout.write(f"{rows} in {time.monotonic() - begun:.0f} s")
