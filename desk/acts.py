"""What each reader can do from anywhere: the pages of its navigation, and the acts of its role. Data."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership
from desk.navigation import entries


@dataclass(frozen=True)
class Act:
    route: str
    label: str | Promise
    icon: str
    is_for: Callable[[Membership], bool] = lambda member: True
    part: str = ""  # of the page, where the act is

    @property
    def url(self) -> str:
        return reverse(self.route) + self.part


def is_staff(member) -> bool:
    return member.is_mission_locale_staff


def binds(member) -> bool:
    return member.is_director or member.reads_as == "lead"


def reads_the_directory(member) -> bool:
    """The administrator has it among the pages; a volunteer sees no organisation but the own one."""
    return member.reads_as not in {"administrator", "volunteer"}


def runs_staff(member) -> bool:
    return bool(member.roles_run)


ACTS = (
    Act("youths:contact_create", _("Log a contact"), "plus", is_staff),
    Act("youths:youth_create", _("Open a file"), "user-plus", is_staff),
    Act("desk:caseload", _("Refer a young person: choose whom"), "arrows-right-left", is_staff),
    Act("desk:caseload", _("Export a list of young people"), "arrow-down-tray", is_staff, "#results"),
    Act("youths:import_create", _("Import files"), "arrow-up-tray", lambda member: member.is_director),
    Act("desk:interim_create", _("Propose an interim accord"), "document-plus", binds),
    Act("exchange:invitation_create", _("Invite a colleague"), "envelope", runs_staff),
    Act(
        "accounts:organisation_list",
        _("Organisations and partners"),
        "building-office-2",
        reads_the_directory,
    ),
    Act("exchange:notice_list", _("What I was told"), "bell"),
    Act("exchange:account", _("My account"), "user-circle"),
    Act("exchange:calendar", _("My calendar"), "calendar"),
    Act("mfa_index", _("Sign-in and security"), "lock-closed"),
)


def acts_of(member) -> list[Act]:
    """Its pages first, as the navigation has them."""
    return [Act(*entry) for entry in entries(member)] + [act for act in ACTS if act.is_for(member)]


@dataclass(frozen=True)
class Shortcut:
    """`keys` as static/js/keyboard.js binds them."""

    keys: str
    words: str | Promise
    is_for: Callable[[Membership], bool] = lambda member: True


def searches(member) -> bool:
    return is_staff(member) or member.is_partner_staff or member.reads_as == "reception"


SHORTCUTS = (
    Shortcut("Ctrl+K", _("Find anything")),
    Shortcut("/", _("Go to the search"), searches),
    Shortcut("N", _("Log a contact"), is_staff),
    Shortcut("1–9", _("Choose the kind of contact"), is_staff),
    Shortcut("Ctrl+Enter", _("Send the form")),
    Shortcut("?", _("Show these shortcuts")),
)


def shortcuts(request) -> dict:
    """Context processor: those of the reader, for the dialog of every page."""
    member = getattr(request, "member", None)
    return {"shortcuts": [one for one in SHORTCUTS if one.is_for(member)] if member else []}
