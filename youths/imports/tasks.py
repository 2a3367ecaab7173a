"""Trying and writing a table. The row is the job; a message only rings, may be lost and may come twice."""

import io
import logging

from celery import shared_task
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import Membership
from common import clock
from common.errors import DomainError, NotPermitted
from common.queued import TRIES, ring
from exchange.exports.files import FORMATS
from exchange.imports.sheets import Line, Unreadable, is_workbook, table_of
from youths.imports.columns import Mapping
from youths.imports.importer import AT_ONCE, Importer, Report, parts
from youths.models import YouthImport
from youths.models.youth_import import Stage

logger = logging.getLogger(__name__)


class Stopped(Exception):
    """Another worker has taken over, or somebody stopped the job."""


@shared_task(name="youths.imports.tasks.take_table")
def take_table(import_id: str) -> None:
    """Safe to run twice or to be killed: each part is written with the line where it ends, and the next one goes on."""
    job = YouthImport.objects.claim(import_id)
    if job is None:
        return
    with translation.override(job.asked_by.user.language or "fr"):
        try:
            with job.held():
                work_on(job)
        except Stopped:
            return
        except DomainError as error:  # the file as a whole, or who asked
            job.fail(str(error)[:300])
        except (SystemExit, KeyboardInterrupt):  # the worker is asked to end; another one takes over at once
            job.put_back(sentence_after(job.tries))
            raise
        except Exception:
            logger.exception("Import %s failed on try %s.", job.pk, job.tries)
            job.put_back(sentence_after(job.tries))


def work_on(job: YouthImport) -> None:
    headings, below = table_of(job.content())
    lines = list(below)
    if not lines:
        raise Unreadable(_("This file has no line below its headings."))
    mapping = Mapping(**job.mapping)
    mapping.check_headings(headings)
    mapped = [mapping.line(line) for line in lines]
    if job.stage == Stage.CHECK:
        importer = Importer(by=job.asked_by, choices={})
        for number, some in enumerate(parts(mapped)):
            tried(job, importer, some, done=min((number + 1) * AT_ONCE, len(mapped)), of=len(mapped))
        job.finish(result=importer.report.as_json(), finished_at=clock.now())
        return
    report = written(job, mapped)
    ended(job, report, headings, lines)


def tried(job: YouthImport, importer: Importer, some: list[Line], *, done: int, of: int) -> None:
    """A part of a dry run: all is done, and taken back."""
    check_may(job)
    with transaction.atomic():
        importer.take(some)
        transaction.set_rollback(True)
    advance(job, done=done, of=of)


def advance(job: YouthImport, *, done: int, of: int, line: int = 1, **values) -> None:
    sentence = _("%(done)s lines of %(of)s are read.") % {"done": done, "of": of}
    if not job.advance(99 * done // of, sentence, done=line, **values):
        raise Stopped


def written(job: YouthImport, mapped: list[Line]) -> Report:
    """Part by part, each with the line where it ends: others write in between, and a cut loses and doubles nothing."""
    report = Report(**job.result) if job.done > 1 else Report()
    importer = Importer(by=job.asked_by, choices=job.choices, report=report, began=job.started_at)
    for line in mapped:
        if line.number <= job.done and not line.fault:
            importer.pass_over(line)
    left = [line for line in mapped if line.number > job.done]
    done = len(mapped) - len(left)
    for some in parts(left):
        check_may(job)
        done += len(some)
        with transaction.atomic():
            importer.take(some)
            advance(job, done=done, of=len(mapped), result=report.as_json(), line=some[-1].number)
    return report


def check_may(job: YouthImport) -> None:
    """Who left or has another role meanwhile writes nothing more."""
    still = Membership.objects.able_to_read_files().filter(pk=job.asked_by_id, role=job.asked_by.role)
    if not (still.exists() and job.asked_by.is_director):
        raise NotPermitted(_("Only the direction imports files; the person who asked may no longer."))


def ended(job: YouthImport, report: Report, headings: list[str], lines: list[Line]) -> None:
    """The refused lines as a sheet of the same columns; what was sent goes."""
    sheet = refused_sheet(report, headings, lines, in_excel=is_workbook(job.content()))
    sent, storage = job.file.name, job.file.storage
    kept = job.keep_refused(sheet) if sheet else ""
    if job.finish(result=report.as_json(), refused=kept, file="", finished_at=clock.now()):
        storage.delete(sent)
    elif kept:
        storage.delete(kept)


def refused_sheet(report: Report, headings: list[str], lines: list[Line], *, in_excel: bool) -> bytes:
    reasons: dict[int, str] = {}
    for number, sentence in report.refused:
        reasons[number] = " ".join(filter(None, (reasons.get(number), sentence)))
    if not reasons:
        return b""
    width, sheet = len(headings), io.BytesIO()
    rows = (
        [*line.row[:width], *[""] * (width - len(line.row)), reasons[line.number]]
        for line in lines
        if line.number in reasons
    )
    FORMATS["xlsx" if in_excel else "csv"].write(sheet, [*headings, _("Reason of the refusal")], rows)
    return sheet.getvalue()


def sentence_after(tries: int) -> str:
    if tries < TRIES:
        return _("The table could not be read to its end. It goes on in a moment.")
    return _("The table could not be read to its end after five tries. You can ask for it again.")


@shared_task(name="youths.imports.tasks.sweep_imports")
def sweep_imports() -> None:
    """Ring for what waits or was left behind, give up what five workers left, and delete what is a day old."""
    with translation.override("fr"):
        YouthImport.objects.give_up(sentence_after(TRIES))
    for job in YouthImport.objects.stale()[:100]:
        job.clear()
        if not job.is_written:
            job.delete()
    for pk in YouthImport.objects.claimable().values_list("pk", flat=True)[:100]:
        ring(take_table, pk)
