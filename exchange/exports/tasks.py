"""Writing long lists. The row is the job; a message only rings, may be lost and may come twice."""

import logging
from collections.abc import Iterator
from tempfile import TemporaryFile

from celery import shared_task
from django.core.files import File
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import Membership
from common.queued import TRIES, ring
from exchange.exports.files import FORMATS
from exchange.exports.models import Export

logger = logging.getLogger(__name__)
WRITTEN = 95  # percent; what is left is putting the file away


class Stopped(Exception):
    """Another worker has taken over, or somebody stopped the job."""


class MayNoLonger(Exception):
    """Who asked has lost the right meanwhile."""


@shared_task(name="exchange.exports.tasks.write_export")
def write_export(export_id: str) -> None:
    """Safe to run twice or to be killed: what is written before the end is nobody's file."""
    export = Export.objects.claim(export_id)
    if export is None:
        return
    with translation.override(export.language):
        try:
            with export.held():
                make(export)
        except Stopped:
            return
        except MayNoLonger:
            export.fail(_("You may no longer take this list away."))
        except OSError:
            logger.exception("Export %s finds no room.", export.pk)
            export.fail(_("There is no room for this file at the moment. Try again later."))
        except (SystemExit, KeyboardInterrupt):  # the worker is asked to end; another one takes over at once
            export.put_back(sentence_after(export.tries))
            raise
        except Exception:
            logger.exception("Export %s failed on try %s.", export.pk, export.tries)
            export.put_back(sentence_after(export.tries))


def make(export: Export) -> None:
    listing = export.listing
    shown: dict[str, list[str]] = {listing.subject: []}
    with TemporaryFile() as file:
        headings = [str(column.heading) for column in listing.columns]
        FORMATS[export.extension].write(file, headings, lines(export, shown))
        file.seek(0)
        export.deliver(File(file), rows=len(shown[listing.subject]), shown=shown)


def lines(export: Export, shown: dict[str, list[str]]) -> Iterator[list]:
    """The cells of all rows; fills in `shown`. Rights are those of the moment at which each part is read."""
    listing, request, member, done = export.listing, export.request, export.asked_by, 0
    check_may(export)
    found = listing.filterset(request).qs
    total = found.order_by().values("pk").count()
    for rows in listing.rows(found, request):
        check_may(export)
        for row in rows:
            for subject, pk in listing.named(row):
                shown.setdefault(subject, []).append(str(pk))
            yield listing.cells(row, member)
        done += len(rows)
        said = _("%(done)s rows of %(total)s are written.") % {"done": done, "total": max(done, total)}
        if not export.advance(WRITTEN * done // max(done, total, 1), said):
            raise Stopped


def check_may(export: Export) -> None:
    """Asked of the rows: the person may have left, or have another role, since the work began."""
    member = export.asked_by
    still = Membership.objects.able_to_read_files().filter(pk=member.pk, role=member.role)
    if not (still.exists() and export.listing.is_for(member)):
        raise MayNoLonger


def sentence_after(tries: int) -> str:
    if tries < TRIES:
        return _("The file could not be written. It is tried again in a moment.")
    return _("The file could not be written after five tries. You can ask for it again.")


@shared_task(name="exchange.exports.tasks.sweep_exports")
def sweep_exports() -> None:
    """Ring for what waits or was left behind, give up what five workers left, and delete what is a day old."""
    with translation.override("fr"):
        Export.objects.give_up(sentence_after(TRIES))
    for export in Export.objects.stale().defer("shown")[:100]:
        export.clear()
        export.delete()
    for pk in Export.objects.claimable().values_list("pk", flat=True)[:100]:
        ring(write_export, pk)
