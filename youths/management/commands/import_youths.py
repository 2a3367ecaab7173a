"""Files of young people from a table, by command."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from accounts.models import Organisation
from common.errors import DomainError
from exchange.imports.actor import importer_of
from exchange.imports.sheets import table_of
from youths.imports.columns import Mapping
from youths.imports.importer import import_youths
from youths.models import ColumnMapping


class Command(BaseCommand):
    help = (
        "Creates and updates files of young people from CSV or XLSX. Its headings are the API’s field names."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--organisation", required=True, help="identifier or short name")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and leave it")
        parser.add_argument(
            "--skip-bad", action="store_true", help="leave refused lines out, take the others"
        )

        parser.add_argument("--mapping", help="name under which the structure keeps what its columns are")

    def handle(self, file, organisation, dry_run, skip_bad, mapping=None, **options):
        found = Organisation.objects.called(organisation).first()
        if found is None:
            raise CommandError(f"No organisation is called {organisation}.")
        if not found.is_mission_locale:
            raise CommandError(f"{found} is no Mission Locale: it has no files.")
        try:
            lines = self.mapped(file.read_bytes(), mapping, found)
            report = import_youths(lines, by=importer_of(found), dry_run=dry_run, skip_bad=skip_bad)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except DomainError as error:
            raise CommandError(str(error)) from error
        for number, _names, pk in report.resembling:
            self.stdout.write(f"line {number}: may be the same person as file {pk}")
        for number, sentence in report.refused:
            self.stdout.write(f"line {number}: {sentence}")
        told = report.is_kept or dry_run
        created, changed = (report.created, report.changed) if told else (0, 0)
        self.stdout.write(
            f"created {created}, changed {changed}, unchanged {report.unchanged}, refused {len(report.refused)}"
        )
        if not told:
            sys.exit(1)  # nothing was written

    def mapped(self, content, name, organisation):
        """The lines in our names: as they are, or by the columns kept under that name."""
        headings, lines = table_of(content)
        if name is None:
            return lines
        kept = ColumnMapping.objects.filter(organisation=organisation, name=name).first()
        if kept is None:
            raise CommandError(f"{organisation} keeps no columns under the name {name}.")
        mapping = Mapping(**kept.content)
        mapping.check_headings(headings)
        return map(mapping.line, lines)
