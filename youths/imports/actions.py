"""What the direction does with a table: send it, name its columns, have it tried, have it written, leave it."""

from functools import partial

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import Membership
from common import clock
from common.errors import DomainError, NotPermitted, WrongStatus
from common.folders import empty
from common.queued import JobStatus, ring
from youths.imports.columns import Mapping
from youths.imports.tasks import take_table
from youths.models import ColumnMapping, YouthImport
from youths.models.youth_import import FOLDER, Stage


class NoRoom(DomainError):
    code = "no_room"
    http_status = 507


def send(job: YouthImport, file: File, *, by: Membership) -> YouthImport:
    """Keep the table. A double click gives back the first one's. Raises `NotPermitted` outside the direction."""
    if not by.is_director:
        raise NotPermitted(_("Only the direction imports files."))
    sent = YouthImport.objects.visible_to(by).filter(pk=job.pk).first()
    if sent:
        return sent
    job.organisation, job.asked_by = by.organisation, by
    file.seek(0)
    try:
        job.file.save("", file, save=False)
        with transaction.atomic():
            job.save(force_insert=True)
    except OSError as error:
        empty(job.file.storage, f"{FOLDER}/{job.pk}")
        raise NoRoom(_("There is no room for this file at the moment. Nothing was kept.")) from error
    except IntegrityError as error:
        job.file.storage.delete(job.file.name)
        sent = YouthImport.objects.visible_to(by).filter(pk=job.pk).first()
        if sent is None:  # the id is another structure's
            raise WrongStatus(_("This could not be done. Reload the page and try again.")) from error
        return sent
    return job


def check(job: YouthImport, mapping: Mapping, *, save_as: str = "") -> None:
    """Have the table tried; keep the columns, where a name is given. Raises `WrongStatus` while it is read."""
    with transaction.atomic():
        values = {"stage": Stage.CHECK, "mapping": mapping.as_json(), "result": {}, "choices": {}, "done": 1}
        if save_as:
            values["saved_as"] = save(mapping, save_as, organisation=job.organisation)
        start(job, **values)


def save(mapping: Mapping, name: str, *, organisation) -> ColumnMapping:
    content = {"content": mapping.as_json()}
    return ColumnMapping.objects.update_or_create(organisation=organisation, name=name, defaults=content)[0]


def check_again(job: YouthImport, words: dict[str, dict[str, str]]) -> None:
    """The structure's words are known now; under the name of the columns, too."""
    save_as = job.saved_as.name if job.saved_as else ""
    check(job, Mapping(**job.mapping).with_words(words), save_as=save_as)


def write(job: YouthImport, choices: dict[str, str], *, by: Membership) -> None:
    """Have the table written, but for the lines that are refused. One at a time in a structure."""
    if not job.waits_for_an_answer:
        raise WrongStatus(_("This table is not waiting to be written."))
    try:
        with transaction.atomic():
            start(job, stage=Stage.WRITE, choices=choices, done=1, asked_by=by, started_at=clock.now())
    except IntegrityError as error:
        raise WrongStatus(
            _("Another table of your structure is being written. Wait for its end, then try again.")
        ) from error


def start(job: YouthImport, **values) -> None:
    if not job.start(**values):
        raise WrongStatus(_("This table is being read. Wait for the end."))
    transaction.on_commit(partial(ring, take_table, job.pk))


def leave(job: YouthImport) -> None:
    """Stop what runs: what was written stays. A table that was not written is deleted with its row."""
    job.cancel(_("You stopped this import. What was written until then stays."))
    job.clear()
    if job.stage != Stage.WRITE:
        job.delete()


def continue_writing(job: YouthImport, *, by: Membership) -> None:
    """After five tries, a full disk: go on where it stopped."""
    if not (job.stage == Stage.WRITE and job.status == JobStatus.FAILED and job.file):
        raise WrongStatus(_("This table is not waiting to be written."))
    start(job, asked_by=by)
