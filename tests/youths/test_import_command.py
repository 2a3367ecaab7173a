"""`manage.py import_youths`: a line for each refusal, and one that counts, whoever reads it."""

import contextlib
import io

import pytest
from django.core.management import CommandError, call_command

from youths.models import ColumnMapping, Youth

HEAD = "external_id,last_name,first_name,birth_date\n"
GOOD, BAD = "old:1,Benali,Yanis,2007-03-05\n", "old:2,Martin,Lou,1899-01-01\n"


@pytest.fixture
def command(tmp_path, mission_locale):
    def run(text, organisation="port-haut", **options) -> list[str]:
        path, out = tmp_path / "youths.csv", io.StringIO()
        path.write_text(text)
        with contextlib.suppress(SystemExit):  # after its last line, where nothing was written
            call_command("import_youths", path, organisation=organisation, stdout=out, **options)
        return out.getvalue().splitlines()

    return run


def test_it_counts_in_its_last_line(command, mission_locale):
    assert command(HEAD + GOOD) == ["created 1, changed 0, unchanged 0, refused 0"]
    assert command(HEAD + GOOD, str(mission_locale.pk)) == ["created 0, changed 0, unchanged 1, refused 0"]


def test_all_or_nothing_unless_the_bad_are_skipped(command):
    said, last = command(HEAD + GOOD + BAD)
    assert said.startswith("line 3: birth_date\u00a0: ")
    assert last == "created 0, changed 0, unchanged 0, refused 1"
    assert not Youth.objects.exists()
    assert command(HEAD + GOOD + BAD, skip_bad=True)[-1] == "created 1, changed 0, unchanged 0, refused 1"


def test_a_refusal_ends_with_a_code_that_scripts_see(tmp_path, mission_locale):
    path = tmp_path / "youths.csv"
    path.write_text(HEAD + BAD)
    with pytest.raises(SystemExit, match="1"):
        call_command("import_youths", path, organisation="port-haut", stdout=io.StringIO())


def test_a_dry_run_names_possible_doubles_by_their_file_alone(command):
    command(HEAD + GOOD)
    known = Youth.objects.get()
    again = HEAD + GOOD.replace("old:1", "new:1")
    assert command(again, dry_run=True) == [
        f"line 2: may be the same person as file {known.pk}",
        "created 1, changed 0, unchanged 0, refused 0",
    ]
    assert Youth.objects.count() == 1


@pytest.mark.parametrize("organisation", ["nobody", "maison-des-metiers"])
def test_files_are_a_mission_locales(command, partner, organisation):
    with pytest.raises(CommandError):
        command(HEAD + GOOD, organisation)


def test_columns_are_read_as_the_structure_keeps_them(command, mission_locale):
    columns = {"N°": "external_id", "Nom": "last_name", "Prénom": "first_name", "Né le": "birth_date"}
    content = {"columns": columns, "words": {}, "system": "imilo"}
    ColumnMapping.objects.create(organisation=mission_locale, name="i-milo", content=content)
    table = "N°;Nom;Prénom;Né le;Remarque\n1;Benali;Yanis;05/03/2007;x\n"
    assert command(table, mapping="i-milo") == ["created 1, changed 0, unchanged 0, refused 0"]
    with pytest.raises(CommandError, match="Né le"):
        command(table.replace("Né le", "Naissance"), mapping="i-milo")
    with pytest.raises(CommandError, match="unknown"):
        command(table, mapping="unknown")


def test_a_file_that_is_not_there_is_said_so(mission_locale):
    with pytest.raises(CommandError, match="nowhere"):
        call_command("import_youths", "nowhere.csv", organisation="port-haut")
