"""Giving a list away as a file."""

from contextlib import ExitStack
from tempfile import TemporaryFile

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.audit import audited, in_use, showing
from common import clock
from common.http import searches
from exchange.exports.files import FORMATS, Csv
from exchange.exports.listing import Listing

MOST = 5000  # rows that somebody waits for


def exported(listing: Listing):
    """The view of one list. The words that it was searched by travel in the body, its filters in the address."""

    @audited
    @require_POST
    @searches
    def export(request):
        if not listing.is_for(request.member):
            raise PermissionDenied
        filterset = listing.filterset(request)
        if is_too_long(filterset.qs):
            messages.error(
                request, _("More than 5,000 rows are too many for one file: narrow the list down first.")
            )
            return redirect(reverse(listing.page, query=request.GET or None))
        return give(request, listing, filterset)

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
                for subject, pk in filter(None, ((listing.subject, row.pk), listing.beside(row))):
                    shown.setdefault(subject, []).append(pk)
                yield listing.cells(row, request.member)

    with ExitStack() as held:
        file = held.enter_context(TemporaryFile())
        chosen.write(file, [str(column.heading) for column in listing.columns], lines())
        held.pop_all()  # from here on the answer closes it
    file.seek(0)
    for subject, ids in shown.items():
        showing(request, subject, ids, in_use(filterset.filters, request.asked))
    name = f"{slugify(str(listing.title))}-{clock.today():%Y-%m-%d}.{chosen.extension}"
    return FileResponse(file, as_attachment=True, filename=name, content_type=chosen.content_type)
