"""Loads the demonstration, and says who can sign in and where to look first."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.invented import check_only_invented
from common.alone import alone
from demonstration import guide
from demonstration.load import empty, is_empty, load


class Command(BaseCommand):
    help = "Loads invented people and organisations into an empty database, and prints the accounts."

    def add_arguments(self, parser) -> None:
        choice = parser.add_mutually_exclusive_group()
        choice.add_argument("--reset", action="store_true", help="empty the database first")
        choice.add_argument("--if-empty", action="store_true", help="load only into an empty database")

    def handle(self, *, reset: bool, if_empty: bool, verbosity: int, **options) -> None:
        if not settings.FICTITIOUS:
            raise CommandError(_("The demonstration is only for places where DEMO or DEBUG is on."))
        check_only_invented()
        with alone():
            if reset:
                empty()
            if is_empty():
                load()
            elif not if_empty:
                raise CommandError(_("The database is not empty. Add --reset to empty it and start anew."))
        if verbosity:
            self.stdout.write("\n".join(guide.lines()))
