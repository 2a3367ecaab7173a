"""Django's own, one at a time: two at once would both make the same table."""

from django.core.management.commands import migrate

from common.alone import alone


class Command(migrate.Command):
    def handle(self, *args, **options):
        with alone():
            return super().handle(*args, **options)
