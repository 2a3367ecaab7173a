"""Agreements as a file. They name organisations and nobody else."""

from django.utils.translation import gettext_lazy as _

from exchange.exports.listing import Column, Listing, column
from partnerships.filters import narrowed, sorting
from partnerships.life_cycle import LifeCycle
from partnerships.models.agreement_queryset import READERS

COLUMNS = (
    column(_("Title"), "title"),
    column(_("Reference"), "reference"),
    Column(_("Kind"), lambda agreement, member: agreement.get_kind_display()),
    Column(_("Level"), lambda agreement, member: agreement.get_level_display()),
    column(_("Led by"), "lead_organisation"),
    Column(_("Parties"), lambda agreement, member: LifeCycle(agreement).parties),
    column(_("Implements"), "implements"),
    Column(_("State"), lambda agreement, member: LifeCycle(agreement).label),
    column(_("Signed on"), "signed_on"),
    column(_("In force from"), "starts_on"),
    column(_("Until"), "ends_on"),
    column(_("Ended early on"), "closed_on"),
    Column(_("Next step"), lambda agreement, member: LifeCycle(agreement).next_step),
)

AGREEMENTS = Listing(
    title=_("agreements"),
    route="partnerships:agreement_export",
    page="partnerships:agreement_list",
    columns=COLUMNS,
    subject="partnerships.agreement",
    is_for=lambda member: member.reads_as in READERS,
    filterset=narrowed,
    ordering=lambda agreements, request: sorting(request).by,
)
