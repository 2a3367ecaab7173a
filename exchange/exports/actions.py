"""Asking for a list that takes longer than somebody waits."""

from functools import partial

from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import get_language

from common.queued import ring
from exchange.exports.files import FORMATS
from exchange.exports.listing import Listing
from exchange.exports.models import Export
from exchange.exports.tasks import write_export

NOT_A_FILTER = ("csrfmiddlewaretoken", "format")


def ask_for_export(listing: Listing, request: HttpRequest) -> tuple[Export, bool]:
    """The job, and whether it is new: one is open at a time for each person, so a second click gives the first's."""
    asked = request.asked.copy()
    for name in NOT_A_FILTER:
        asked.pop(name, None)
    chosen = request.POST.get("format")
    export = Export(
        asked_by=request.member,
        route=listing.route,
        asked=asked.urlencode(),
        language=get_language() or "fr",
        extension=chosen if chosen in FORMATS else "csv",
    )
    try:
        with transaction.atomic():
            export.save(force_insert=True)
            transaction.on_commit(partial(ring, write_export, export.pk))
    except IntegrityError:
        return Export.objects.open().get(asked_by=request.member), False
    return export, True
