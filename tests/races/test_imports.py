"""Two imports at once: each file is created once, by whichever comes first."""

import pytest

from exchange.imports.actor import importer_of
from exchange.imports.sheets import lines_of
from tests.races.at_once import at_once, errors
from youths.imports.importer import import_youths
from youths.models import ExternalId, Youth

pytestmark = pytest.mark.django_db(transaction=True)

TABLE = "external_id;last_name;first_name;birth_date\n" + "".join(
    f"old:{n};Nom{n};Lou;2007-03-05\n" for n in range(20)
)


def test_two_imports_at_once_create_each_file_once(mission_locale):
    def run():
        return import_youths(lines_of(TABLE.encode()), by=importer_of(mission_locale))

    outcomes = at_once(run, run, run)
    assert errors(outcomes) == []
    assert sorted(report.created for report in outcomes) == [0, 0, 20]
    assert Youth.objects.count() == ExternalId.objects.count() == 20
