"""What the frame of every page offers to the person who reads it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Role
from exchange.deliveries.models import MOST_UNREAD, Notice

HOME = ("desk:home", _("Home"), "home")
CASELOAD = ("desk:caseload", _("My youths"), "users")
REFERRALS = ("referrals:referral_list", _("Referrals"), "arrows-right-left")
AGREEMENTS = ("partnerships:agreement_list", _("Agreements"), "document-text")
STAFF = ("exchange:staff_list", _("Team"), "user-group")
ORGANISATIONS = ("accounts:organisation_list", _("Organisations"), "building-office-2")
EVALUATIONS = ("evaluations:evaluation_list", _("Evaluations"), "chart-bar")

MISSION_LOCALE = (HOME, CASELOAD, REFERRALS, AGREEMENTS, EVALUATIONS)
PARTNER = (HOME, REFERRALS, AGREEMENTS, EVALUATIONS)
NETWORK = (HOME, AGREEMENTS, EVALUATIONS)
RECEPTION = (HOME, ("desk:caseload", _("Youths"), "users"))
ADMINISTRATOR = (HOME, ORGANISATIONS)
OTHERS = (HOME,)


@dataclass(frozen=True)
class Item:
    label: str | Promise
    url: str
    icon: str
    current: str  # of aria-current: "page", "true" on a page below it, "" elsewhere


@dataclass(frozen=True)
class Search:
    url: str
    label: str | Promise
    hint: str | Promise
    scope: str


def navigation(request) -> dict:
    """Context processor: what base.html offers, empty where nobody is signed in."""
    member = getattr(request, "member", None)
    if member is None:
        return {"navigation": [], "top_search": None, "contact_url": None}
    return {
        "unread": Notice.objects.visible_to(member).unread_count(),
        "most_unread": MOST_UNREAD,
        "navigation": _items(member, request.path),
        "top_search": _search(member),
        "contact_url": reverse("youths:contact_create") if member.is_mission_locale_staff else None,
    }


def _items(member, path: str) -> list[Item]:
    items = []
    for route, label, icon in entries(member):
        url = reverse(route)
        below = route != "desk:home" and path.startswith(url)
        items.append(Item(label, url, icon, "page" if path == url else "true" if below else ""))
    return items


def entries(member):
    """The pages that the reader has, each as route, label and icon."""
    return (*_of_the_role(member), *([STAFF] if member.roles_run else []))


def _of_the_role(member):
    if member.is_mission_locale_staff:
        return MISSION_LOCALE
    if member.is_partner_staff:
        return PARTNER
    if member.reads_as == Role.NETWORK:
        return NETWORK
    if member.reads_as == Role.ADMINISTRATOR:
        return ADMINISTRATOR
    return RECEPTION if member.reads_as == Role.RECEPTION else OTHERS


def _search(member) -> Search | None:
    caseload, referrals = reverse("desk:caseload"), reverse("referrals:referral_list")
    if member.is_mission_locale_staff:
        return Search(caseload, _("Search for a youth"), _("Name, mobile or referral number"), "structure")
    if member.reads_as == Role.RECEPTION:
        return Search(caseload, _("Search for a youth"), _("Name or mobile"), "structure")
    if member.is_partner_staff:
        return Search(referrals, _("Search in referrals"), _("Name or referral number"), "")
    return None
