"""Files from another system: created once, changed where they differ, refused with a sentence."""

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Event
from common.errors import NotPermitted
from exchange.imports.sheets import Unreadable, lines_of
from tests.factories import SiteFactory, YouthFactory
from youths.api.youth import YouthSerializer
from youths.imports.cells import FIELDS
from youths.imports.importer import import_youths
from youths.models import ExternalId, Youth

HEAD = "external_id;last_name;first_name;birth_date;phone;situation\n"
TWO = HEAD + "old:1;Benali;Yanis;2007-03-05;0639980102;seeking\nold:2;LŒIL;Zoë;05/03/2006;;En emploi\n"


@pytest.fixture
def run(counsellor):
    def import_text(text, *, by=counsellor, **options):
        return import_youths(lines_of(text.encode()), by=by, **options)

    return import_text


def counts(report) -> tuple[int, int, int, int]:
    return report.created, report.changed, report.unchanged, len(report.refused)


def refusal_of(report) -> str:
    ((_line, sentence),) = report.refused
    return sentence


def test_what_is_new_is_created_by_the_usual_verb(run, counsellor):
    assert counts(run(TWO)) == (2, 0, 0, 0)
    youth = Youth.objects.get(last_name="Benali")
    assert (youth.organisation, youth.phone, youth.waits) == (
        counsellor.organisation,
        "06 39 98 01 02",
        True,
    )
    assert Youth.objects.search("oeil").get().situation == "work"
    assert Event.objects.get(subject_id=youth.pk).by == counsellor


def test_run_again_it_changes_nothing(run):
    run(TWO)
    before = Event.objects.count()
    assert counts(run(TWO)) == (0, 0, 2, 0)
    assert (Youth.objects.count(), Event.objects.count()) == (2, before)


def test_what_differs_is_changed_and_an_empty_cell_says_nothing(run):
    run(TWO)
    assert counts(run(TWO.replace("0639980102", "").replace("En emploi", "training"))) == (0, 1, 1, 0)
    benali, oeil = Youth.objects.order_by("search")
    assert (benali.phone, benali.version) == ("06 39 98 01 02", 1)
    assert (oeil.situation, oeil.version) == ("training", 2)


def test_another_structure_has_identifiers_of_its_own(run, stranger_counsellor):
    run(TWO)
    assert counts(run(TWO, by=stranger_counsellor)) == (2, 0, 0, 0)
    assert ExternalId.objects.count() == 4


@pytest.mark.parametrize("who", ["agent", "lead", "reception", "network", "volunteer", "administrator"])
def test_nobody_else_imports(run, request, who):
    with pytest.raises(NotPermitted):
        run(TWO, by=request.getfixturevalue(who))


BAD = {
    "old:3;;Lou;2007-01-01;;": "last_name",
    "old:3;Martin;Lou;;;": "birth_date",
    "old:3;Martin;Lou;1899-12-31;;": "birth_date",
    "old:3;Martin;Lou;soon;;": "birth_date",
    "old:3;=HYPERLINK(1);Lou;2007-01-01;;": "last_name",
    "old:3;Martin;Lou;2007-01-01;12;": "phone",
    "old:3;Martin;Lou;2007-01-01;;on the moon": "situation",
    "old:3;´;´;2007-01-01;;": "last_name",
    f"old:3;{'x' * 101};Lou;2007-01-01;;": "last_name",
    ";Martin;Lou;2007-01-01;;": "external_id",
    "old;Martin;Lou;2007-01-01;;": "external_id",
    f"old:{'3' * 121};Martin;Lou;2007-01-01;;": "120",
    "old:1;Martin;Lou;2007-01-01;;": "2",  # the line where it stands first
    "old:3;Martin;Lou": "6",
}


@pytest.mark.parametrize("line", BAD)
def test_a_bad_line_is_named_and_nothing_is_half_done(run, line):
    report = run(TWO + line)
    assert report.refused[0][0] == 4
    assert BAD[line] in refusal_of(report)
    assert not report.is_kept
    assert not Youth.objects.exists()
    assert not Event.objects.exists()
    assert counts(run(TWO + line, skip_bad=True)) == (2, 0, 0, 1)  # the same lines, without the bad one
    assert Youth.objects.count() == ExternalId.objects.count() == 2


@pytest.mark.parametrize("text", ["external_id;nom\nold:1;Benali\n", "last_name\nBenali\n"])
def test_a_table_of_something_else_is_refused_as_a_whole(run, text):
    with pytest.raises(Unreadable):
        run(text)


def test_a_dry_run_says_what_would_be_and_leaves_it(run, mission_locale):
    known = YouthFactory(organisation=mission_locale, first_name="Yanis", last_name="Benali")
    YouthFactory(first_name="Yanis", last_name="Benali")  # another structure's
    report = run(TWO, dry_run=True)
    assert counts(report) == (2, 0, 0, 0)
    assert report.resembling == [(2, "BENALI Yanis", str(known.pk))]
    assert not ExternalId.objects.exists()


def test_an_erased_file_is_not_filled_again(run):
    run(TWO)
    Youth.objects.filter(last_name="Benali").update(erased_at="2026-01-01T00:00Z")
    report = run(TWO.replace("0639980102", "0639980103"))
    assert [line for line, _sentence in report.refused] == [2]


def test_only_the_sites_of_the_structure_are_known(run, mission_locale):
    site, foreign = SiteFactory(organisation=mission_locale), SiteFactory()
    text = (
        "external_id;last_name;first_name;birth_date;site;interpreter\nold:1;Benali;Yanis;2007-03-05;{};oui\n"
    )
    assert foreign.name in refusal_of(run(text.format(foreign.name)))
    run(text.format(site.name))
    assert (Youth.objects.get().site, Youth.objects.get().interpreter) == (site, True)


def test_the_headings_are_the_names_of_the_api():
    read_only = {*YouthSerializer.Meta.read_only_fields, "follow_up", "referent", "last_contact_at"}
    assert set(FIELDS) == set(YouthSerializer.Meta.fields) - read_only


def test_a_name_without_letters_is_no_name(mission_locale):
    with pytest.raises(ValidationError, match="last_name"):
        YouthFactory.build(organisation=mission_locale, first_name="´", last_name="´").clean()
