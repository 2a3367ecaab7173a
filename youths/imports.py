"""Files of young people from another system's table: created and changed through the same verbs as on a page."""

import copy
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import changes
from accounts.models import Membership, Organisation
from common.errors import DomainError, NotPermitted
from exchange.imports.sheets import Line, Unreadable
from youths.actions import receive
from youths.cells import FIELDS, Cells
from youths.models import ExternalId, Youth

EXTERNAL_ID = "external_id"


@dataclass
class Report:
    """What an import did, or would do; sentences stand beside the numbers of their lines."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)
    resembling: list[tuple[int, Youth]] = field(default_factory=list)
    is_kept: bool = False


@transaction.atomic
def import_youths(lines: Iterable[Line], *, by: Membership, dry_run=False, skip_bad=False) -> Report:
    """Create what is new, change what differs; a file is known by its `external_id`, so that twice is once.

    All or nothing, unless `skip_bad` leaves the refused lines out. A dry run does it all and takes it back.
    Raises `Unreadable` for a table that is not one of young people, `NotPermitted` outside a Mission Locale.
    """
    if not by.is_mission_locale_staff:
        raise NotPermitted(_("Only a Mission Locale opens files."))
    # Two imports of one structure at once would each create what the other does.
    Organisation.objects.select_for_update(no_key=True).get(pk=by.organisation_id)
    run = Import(by=by, looks_for_duplicates=dry_run)
    for line in lines:
        run.take(line)
    ExternalId.objects.bulk_create(run.new_ids, batch_size=500)
    run.report.is_kept = not dry_run and (skip_bad or not run.report.refused)
    if not run.report.is_kept:
        transaction.set_rollback(True)
    return run.report


class Import:
    """One run over the lines of a table, under the lock of its structure."""

    def __init__(self, *, by: Membership, looks_for_duplicates: bool):
        self.by, self.looks_for_duplicates = by, looks_for_duplicates
        self.cells, self.report = Cells(by.organisation), Report()
        self.lines: dict[tuple, int] = {}
        self.new_ids: list[ExternalId] = []
        ids = ExternalId.objects.filter(organisation=by.organisation_id).select_related("youth")
        self.known = {(one.system, one.value): one.youth for one in ids}

    def take(self, line: Line):
        if not line.fault:
            check_headings(line)
        try:
            if line.fault:
                raise ValidationError(line.fault)
            key = self.key_of(line)
            values = self.cells.read(line.cells)
            if key in self.known:
                self.change(self.known[key], values)
            else:
                self.create(key, values, line)
        except ValidationError as error:
            self.report.refused.append((line.number, sentence_of(error)))
        except DomainError as error:
            self.report.refused.append((line.number, str(error)))

    def key_of(self, line: Line) -> tuple[str, str]:
        """Without an identifier, running the import again would create the person again."""
        system, _colon, value = (part.strip() for part in str(line.cells[EXTERNAL_ID]).partition(":"))
        if not (system and value):
            raise ValidationError(_("Write in external_id the system, a colon and its identifier."))
        first = self.lines.setdefault((system, value), line.number)
        if first != line.number:
            raise ValidationError(_("This identifier stands on line %(first)s already.") % {"first": first})
        return system, value

    def create(self, key, values, line):
        youth = Youth(organisation=self.by.organisation, **values)
        system, value = key
        external = ExternalId(organisation=self.by.organisation, youth=youth, system=system, value=value)
        external.clean_fields(exclude=["organisation", "youth"])
        alike = self.alike(youth) if self.looks_for_duplicates else []
        receive(youth, by=self.by)
        self.new_ids.append(external)
        self.report.created += 1
        self.report.resembling += [(line.number, other) for other in alike]

    def alike(self, youth) -> list[Youth]:
        names = {"first_name": youth.first_name, "last_name": youth.last_name}
        visible = Youth.objects.visible_to(self.by)
        return list(visible.resembling(**names, birth_date=youth.birth_date).order_by("pk")[:5])

    def change(self, youth, values):
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


def check_headings(line: Line):
    unknown = sorted(line.cells.keys() - {*FIELDS, EXTERNAL_ID})
    if unknown:
        raise Unreadable(_("No field is called %(names)s.") % {"names": ", ".join(unknown)})
    if EXTERNAL_ID not in line.cells:
        raise Unreadable(_("The column external_id is missing: by it a file is found again."))


def sentence_of(error: ValidationError) -> str:
    """All that is wrong with a line, each with the name of its column."""
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    said = [(name, " ".join(sentences)) for name, sentences in error.message_dict.items()]
    return " ".join(f"{name}: {sentence}" if name in FIELDS else sentence for name, sentence in said)
