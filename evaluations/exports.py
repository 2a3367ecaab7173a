"""Which evaluations there are, as a file. Their figures are in their documents, where small counts are suppressed."""

from django.utils.translation import gettext_lazy as _

from evaluations.filters import narrowed, sorting
from exchange.exports.listing import Column, Listing, column
from partnerships.models.agreement_queryset import READERS

COLUMNS = (
    column(_("Agreement"), "agreement"),
    column(_("Year"), "number"),
    column(_("First day"), "period_start"),
    column(_("Last day"), "period_end"),
    Column(_("State"), lambda evaluation, member: evaluation.get_status_display()),
    column(_("Figures frozen on"), "computed_at"),
)

EVALUATIONS = Listing(
    title=_("evaluations"),
    route="evaluations:evaluation_export",
    page="evaluations:evaluation_list",
    columns=COLUMNS,
    subject="evaluations.evaluation",
    is_for=lambda member: member.reads_as in READERS,
    filterset=narrowed,
    ordering=lambda evaluations, request: sorting(request).by,
)
