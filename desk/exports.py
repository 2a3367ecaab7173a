"""The caseload as a file."""

from django.utils.translation import gettext_lazy as _

from desk.caseload import narrowed, order_of
from exchange.exports.listing import Listing
from youths.exports import COLUMNS, IMPORT_COLUMNS

CASELOAD = Listing(
    title=_("youths"),
    route="desk:caseload_export",
    page="desk:caseload",
    columns=COLUMNS,
    subject="youths.youth",
    is_for=lambda member: member.is_mission_locale_staff,
    filterset=narrowed,
    ordering=order_of,
    load=lambda youths, request: youths.ranked(request.named).for_list(request.member),
)

# Whole files, to be entered in another structure or system: the direction's alone.
IMPORT_SHEET = Listing(
    title=_("youths to import"),
    route="desk:caseload_sheet",
    page="desk:caseload",
    columns=IMPORT_COLUMNS,
    subject="youths.youth",
    is_for=lambda member: member.is_director,
    filterset=narrowed,
    ordering=lambda youths, request: youths.best_first,
    load=lambda youths, request: youths.ranked(request.named).with_external_id().select_related("site"),
)
