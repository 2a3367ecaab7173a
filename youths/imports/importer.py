"""Lines of a table become files of young people: created and changed through the same verbs as on a page."""

import copy
import datetime
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from itertools import islice

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import changes, events
from accounts.models import Membership, Organisation
from common import clock
from common.errors import DomainError, NotPermitted
from common.text import normalised
from exchange.imports.sheets import Line, Unreadable
from youths.actions import receive
from youths.imports.cells import FIELDS, Cells
from youths.imports.columns import EXTERNAL_ID
from youths.imports.duplicates import Known
from youths.models import ExternalId, Youth

AT_ONCE = 200  # lines
MOST_SHOWN = 50  # of each kind, beside the counts
LABELS = {name: f.verbose_name for name, f in FIELDS.items()}
ANOTHER = "another"  # the answer that somebody alike is somebody else


@dataclass
class Report:
    """What an import did, or would do; sentences stand beside the numbers of their lines."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)
    resembling: list[tuple[int, str, str]] = field(default_factory=list)  # line, its names, the file's id
    shown: dict[str, list[tuple[int, str, str]]] = field(default_factory=dict)  # line, names, fields
    words: dict[str, dict[str, int]] = field(default_factory=dict)  # unknown ones, by field
    is_kept: bool = False

    def as_json(self) -> dict:
        return asdict(self)

    def show(self, kind: str, line: Line, youth: Youth, told: str = "") -> None:
        rows = self.shown.setdefault(kind, [])
        if len(rows) < MOST_SHOWN:
            rows.append((line.number, str(youth), told))


@transaction.atomic
def import_youths(lines: Iterable[Line], *, by: Membership, dry_run=False, skip_bad=False) -> Report:
    """Create what is new, change what differs; a file is known by its `external_id`, so that twice is once.

    All or nothing, unless `skip_bad` leaves the refused lines out. A dry run does it all and takes it back.
    Raises `Unreadable` for a table that is not one of young people, `NotPermitted` outside a Mission Locale.
    """
    if not by.is_mission_locale_staff:
        raise NotPermitted(_("Only a Mission Locale opens files."))
    importer = Importer(by=by, looks_for_duplicates=dry_run)
    for some in parts(lines):
        importer.take(some)
    report = importer.report
    report.is_kept = not dry_run and (skip_bad or not report.refused)
    if not report.is_kept:
        transaction.set_rollback(True)
    return report


def parts(lines: Iterable[Line]) -> Iterator[list[Line]]:
    remaining = iter(lines)
    while some := list(islice(remaining, AT_ONCE)):
        yield some


class Importer:
    """One run over the lines of a table; each part of them in a transaction, under the lock of the structure.

    `choices` tells by line who somebody is that resembles a file: its id, or `ANOTHER`. Without an answer the line
    is left out. None: nobody is asked, and all are others.
    """

    def __init__(self, *, by: Membership, looks_for_duplicates=True, choices=None, report=None, began=None):
        self.by, self.looks_for_duplicates, self.choices = by, looks_for_duplicates, choices
        self.cells, self.report = Cells(by.organisation), report or Report()
        self.began: datetime.datetime = began or clock.now()  # what is created since is no other's file
        self.lines: dict[tuple, int] = {}
        self.people: dict[tuple, int] = {}

    def take(self, lines: list[Line]) -> None:
        # Two imports of one structure at once would each create what the other does.
        Organisation.objects.select_for_update(no_key=True).get(pk=self.by.organisation_id)
        read = self.read(lines)
        self.known = self.found_again([key for _line, key, _values in read])
        new = [Youth(**values) for _line, key, values in read if key not in self.known]
        self.resembling = Known(new, by=self.by, before=self.began) if self.looks_for_duplicates else None
        self.new_ids: list[ExternalId] = []
        for line, key, values in read:
            with self.refusals(line):
                self.take_one(line, key, values)
        ExternalId.objects.bulk_create(self.new_ids)
        self.report.refused.sort()
        self.report.words = {name: dict(words) for name, words in self.cells.unknown.items()}

    def pass_over(self, line: Line) -> None:
        """A line that was taken before the work was cut: only that it stood there matters."""
        with Refusals(Report(), line):
            self.key_of(line)
            self.check_alone(line, Youth(**self.cells.read(line.cells)))

    def refusals(self, line: Line) -> "Refusals":
        return Refusals(self.report, line, speaks_to_people=self.choices is not None)

    def read(self, lines: list[Line]) -> list[tuple[Line, tuple[str, str], dict]]:
        """Each line that can be read, with its identifier and its values."""
        found = []
        for line in lines:
            with self.refusals(line):
                if line.fault:
                    raise ValidationError(line.fault)
                check_headings(line)
                found.append((line, self.key_of(line), self.cells.read(line.cells)))
        return found

    def key_of(self, line: Line) -> tuple[str, str]:
        """Without an identifier, running the import again would create the person again."""
        system, _colon, value = (part.strip() for part in str(line.cells[EXTERNAL_ID]).partition(":"))
        if not (system and value):
            raise ValidationError(_("Write in external_id the system, a colon and its identifier."))
        first = self.lines.setdefault((system, value), line.number)
        if first != line.number:
            raise ValidationError(_("This identifier stands on line %(first)s already.") % {"first": first})
        return system, value

    def found_again(self, keys: list[tuple[str, str]]) -> dict[tuple[str, str], Youth]:
        ids = ExternalId.objects.filter(
            organisation=self.by.organisation_id,
            system__in={system for system, _value in keys},
            value__in=[value for _system, value in keys],
        )
        return {(one.system, one.value): one.youth for one in ids.select_related("youth")}

    def take_one(self, line: Line, key: tuple[str, str], values: dict) -> None:
        if key in self.known:
            self.change(line, self.known[key], values)
            return
        youth = Youth(organisation=self.by.organisation, **values)
        external = self.external_id(key)
        same = self.chosen(line, youth) if self.resembling else None
        if same is None:
            self.check_alone(line, youth)
            receive(youth, by=self.by)
            self.report.created += 1
            self.report.show("created", line, youth)
        else:
            self.change(line, same, values)
            events.record("identifier_added", same, by=self.by, after={"identifier": str(external)})
        external.youth = same or youth
        self.new_ids.append(external)

    def external_id(self, key: tuple[str, str]) -> ExternalId:
        external = ExternalId(organisation=self.by.organisation, system=key[0], value=key[1])
        external.clean_fields(exclude=["organisation", "youth"])
        return external

    def check_alone(self, line: Line, youth: Youth) -> None:
        """Two lines about one person under two identifiers: which one counts is not for us to say."""
        person = normalised(youth.last_name, youth.first_name), youth.birth_date
        first = self.people.setdefault(person, line.number)
        if self.choices is not None and first != line.number:
            raise ValidationError(_("This person stands on line %(first)s already.") % {"first": first})

    def chosen(self, line: Line, youth: Youth) -> Youth | None:
        """Whose file this is, None for somebody new. Raises `ValidationError` where that is still to be said."""
        alike = self.resembling.like(youth)
        answer = (self.choices or {}).get(str(line.number))
        for other in alike:
            if answer == str(other.pk):
                return Youth.objects.visible_to(self.by).get(pk=other.pk)
        if alike and answer != ANOTHER:
            self.report.resembling += [(line.number, str(youth), str(other.pk)) for other in alike]
            if self.choices is not None:
                raise ValidationError(_("May have a file already: say first whether it is the same person."))
        return None

    def change(self, line: Line, youth: Youth, values: dict) -> None:
        if youth.erased_at:
            raise DomainError(_("This person’s file was erased."))
        changed = {name: value for name, value in values.items() if getattr(youth, name) != value}
        if not changed:
            self.report.unchanged += 1
            return
        would_be = copy.copy(youth)
        for name, value in changed.items():
            setattr(would_be, name, value)
        would_be.check_values()
        changes.change(youth, by=self.by, **changed)
        self.report.changed += 1
        self.report.show(
            "changed", line, youth, ", ".join(str(FIELDS[name].verbose_name) for name in changed)
        )


@dataclass
class Refusals:
    """What is wrong with a line stands in the report, and the next one is taken."""

    report: Report
    line: Line
    speaks_to_people: bool = False  # by the names that pages give to fields

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace) -> bool:
        if not isinstance(error, ValidationError | DomainError) or isinstance(error, Unreadable):
            return False
        if isinstance(error, DomainError):
            sentence = str(error)
        else:
            sentence = sentence_of(error, LABELS if self.speaks_to_people else {})
        self.report.refused.append((self.line.number, sentence))
        return True


def check_headings(line: Line):
    unknown = sorted(line.cells.keys() - {*FIELDS, EXTERNAL_ID})
    if unknown:
        raise Unreadable(_("No field is called %(names)s.") % {"names": ", ".join(unknown)})
    if EXTERNAL_ID not in line.cells:
        raise Unreadable(_("The column external_id is missing: by it a file is found again."))


def sentence_of(error: ValidationError, labels: dict) -> str:
    """All that is wrong with a line, each with the name of its column."""
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    said = [(name, " ".join(sentences)) for name, sentences in error.message_dict.items()]
    return " ".join(
        _("%(field)s: %(sentence)s") % {"field": labels.get(name, name), "sentence": sentence}
        if name in FIELDS
        else sentence
        for name, sentence in said
    )
