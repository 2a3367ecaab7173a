"""Referrals as a file: the case for both sides, the person only while the share is open to who asks."""

from django.utils.translation import gettext_lazy as _

from exchange.exports.listing import Column, Listing, column
from referrals.filters import narrowed, sorting
from referrals.models import Referral
from referrals.reading import Reading
from youths.models.share import fields_shareable_of

NAMES = {"last_name", "first_name"}


def of_the_person(heading, name: str) -> Column:
    """Names are told with the person, anything else to outsiders only where their share lists it."""

    def value(referral: Referral, member):
        if not referral.person_shown:
            return None
        told = NAMES.union(fields_shareable_of(referral.youth))
        if not referral.is_own:
            told &= NAMES.union(referral.open_share.fields)
        return getattr(referral.youth, name) if name in told else None

    return Column(heading, value)


COLUMNS = (
    column(_("Number"), "number"),
    of_the_person(_("Last name"), "last_name"),
    of_the_person(_("First name"), "first_name"),
    of_the_person(_("Date of birth"), "birth_date"),
    of_the_person(_("Mobile"), "phone"),
    of_the_person(_("E-mail"), "email"),
    of_the_person(_("Municipality"), "commune"),
    column(_("Sender"), "sender"),
    column(_("Partner"), "recipient"),
    column(_("Agreement"), "agreement"),
    column(_("Offer"), "offer"),
    column(_("Sent on"), "sent_at"),
    column(_("Answer wanted by"), "answer_by"),
    Column(_("State"), lambda referral, member: Reading(referral, member).wording),
    column(_("Answered on"), "answered_at"),
    column(_("Ended on"), "ended_at"),
    Column(_("Outcome"), lambda referral, member: referral.get_outcome_display()),
)

REFERRALS = Listing(
    title=_("referrals"),
    route="referrals:referral_export",
    page="referrals:referral_list",
    columns=COLUMNS,
    subject="referrals.referral",
    is_for=lambda member: member.is_mission_locale_staff or member.is_partner_staff,
    filterset=narrowed,
    ordering=lambda referrals, request: sorting(request).by,
    beside=lambda referral: ("youths.youth", referral.youth_id) if referral.person_shown else None,
    visible=lambda member: Referral.objects.visible_to(member).for_reader(member),
)
