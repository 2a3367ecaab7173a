"""Giving a list away as a file: at once, or by a job where it is long."""

from contextlib import ExitStack
from tempfile import TemporaryFile

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.audit import audited, in_use, showing
from common import clock
from common.http import reads, searches, wants_fragment
from common.outage import unavailable
from common.queued import JobStatus
from exchange.exports.actions import ask_for_export
from exchange.exports.files import FORMATS, Csv
from exchange.exports.listing import AT_ONCE, Listing
from exchange.exports.models import Export, named

MOST = 5000  # rows that somebody waits for


class TooLong(Exception):
    """More rows than somebody waits for."""


def exported(listing: Listing):
    """The view of one list. The words that it was searched by travel in the body, its filters in the address."""

    @audited
    @searches
    def at_once(request):
        if not listing.is_for(request.member):
            raise PermissionDenied
        filterset = listing.filterset(request)
        if is_too_long(filterset.qs):
            raise TooLong
        return give(request, listing, filterset)

    @require_POST
    def export(request):
        try:
            return at_once(request)
        except TooLong:
            job, is_new = ask_for_export(listing, request)
        if not is_new:
            messages.info(request, _("One long list at a time: this one is still being written."))
        return redirect(job)

    export.listing = listing  # by which a worker finds it again
    return export


def is_too_long(rows) -> bool:
    return rows.order_by().values("pk")[: MOST + 1].count() > MOST


def give(request, listing: Listing, filterset) -> FileResponse:
    """Written whole before its first byte leaves: the audit knows who is in it, and a fault cuts nothing in two."""
    chosen = FORMATS.get(request.POST.get("format"), Csv)
    shown: dict[str, list] = {listing.subject: []}

    def lines():
        for rows in listing.rows(filterset.qs, request):
            for row in rows:
                for subject, pk in listing.named(row):
                    shown.setdefault(subject, []).append(pk)
                yield listing.cells(row, request.member)

    with ExitStack() as held:
        file = held.enter_context(TemporaryFile())
        chosen.write(file, [str(column.heading) for column in listing.columns], lines())
        held.pop_all()  # from here on the answer closes it
    file.seek(0)
    for subject, ids in shown.items():
        showing(request, subject, ids, in_use(filterset.filters, request.asked))
    return answer_with(file, named(listing, clock.today(), chosen.extension), chosen)


def answer_with(file, name: str, chosen) -> FileResponse:
    return FileResponse(file, as_attachment=True, filename=name, content_type=chosen.content_type)


def get_export(request, pk) -> Export:
    """Absent, expired and somebody else's look the same from outside: 404."""
    return get_object_or_404(Export.objects.visible_to(request.member).defer("shown"), pk=pk)


@reads
def export_detail(request, pk):
    """A page that can be reloaded by hand; htmx asks each second for the fragment alone."""
    export = get_export(request, pk)
    template = "exchange/_export.html" if wants_fragment(request) else "exchange/export_detail.html"
    context = {"export": export, "back_url": reverse(export.listing.page)}
    return render(request, template, context)


@audited
@reads
def export_file(request, pk):
    """Rights are asked again: who has lost sight of one row meanwhile asks for the list anew."""
    export = get_export(request, pk)
    if export.status != JobStatus.READY:
        raise Http404
    listing, asked = export.listing, export.request
    if not (listing.is_for(request.member) and still_shows(export)):
        messages.error(request, _("You no longer see all that stands in this file. Ask for the list again."))
        return redirect(reverse(listing.page))
    try:
        file = export.file.open("rb")
    except OSError:
        return unavailable(request)
    for subject, ids in export.shown.items():
        showing(request, subject, ids, in_use(listing.filterset(asked).filters, asked.asked))
    return answer_with(file, export.filename, FORMATS[export.extension])


def still_shows(export: Export) -> bool:
    """Whether each record in the file is still one that its reader may see."""
    listing, member = export.listing, export.asked_by
    left = {(subject, pk) for subject, pks in export.shown.items() for pk in pks}
    ids = export.shown[listing.subject]
    for start in range(0, len(ids), AT_ONCE):
        seen = listing.visible_among(ids[start : start + AT_ONCE], member)
        left -= {(subject, str(pk)) for subject, pk in seen}
    return not left


@require_POST
def export_cancel(request, pk):
    export = get_export(request, pk)
    export.cancel(_("You stopped this export."))
    return redirect(export)
