"""The words for the parts of an indicator's table, and for frozen values of other apps' choices."""

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import Kind
from evaluations.indicators import Unit
from partnerships.models import AgreementKind, FieldOfAction, Practice
from referrals.models.choices import DeclineReason, Outcome

AGES = {
    "under_18": gettext_lazy("Under 18"),
    "18_21": gettext_lazy("18 to 21"),
    "22_25": gettext_lazy("22 to 25"),
    "over_25": gettext_lazy("26 and over"),
}
GENDERS = {
    "woman": gettext_lazy("Women"),
    "man": gettext_lazy("Men"),
    "other": gettext_lazy("Other, or not stated"),
}
DELAYS = {
    "2": gettext_lazy("Within 2 days"),
    "7": gettext_lazy("3 to 7 days"),
    "14": gettext_lazy("8 to 14 days"),
    "30": gettext_lazy("15 to 30 days"),
    "more": gettext_lazy("More than 30 days"),
}
PARTS = {
    "people_by_age": AGES,
    "people_by_gender": GENDERS,
    "answer_delays": DELAYS,
    "declines_by_reason": dict(DeclineReason.choices),
    "outcomes": dict(Outcome.choices),
    "referrals_by_theme": {"": gettext_lazy("No offer chosen")},
}
UNITS = {
    Unit.PEOPLE: gettext_lazy("people"),
    Unit.ACTS: gettext_lazy("acts"),
    Unit.DAYS: gettext_lazy("days"),
}
KINDS = dict(Kind.choices)
AGREEMENT_KINDS = dict(AgreementKind.choices)
FIELDS = dict(FieldOfAction.choices)
STATES = {**dict(Practice.State.choices), "": gettext_lazy("Not assessed")}
STATE_TONES = {"applied": "ok", "partly": "warn", "not_applied": "bad", "": "mute"}


def part_label(key: str, part: str) -> str:
    """A part without words of its own (an organisation, a theme) was frozen with its name."""
    return str(PARTS.get(key, {}).get(part, part))


def month_label(day) -> str:
    """Short, for the axis of a chart; the table beside it gives the day."""
    return date_format(day, "N")


def number_text(value, unit) -> str:
    """A single figure without its unit."""
    if value is None:
        return _("–") if unit == Unit.DAYS else _("not shown")
    return number_format(value, decimal_pos=1 if unit == Unit.DAYS else 0)


def suffix_text(value, unit) -> str:
    """The unit, where it stands behind the figure; French takes the plural from two on."""
    if unit != Unit.DAYS or value is None:
        return ""
    return ngettext("day", "days", 1 if value < 2 else 2)


def figure_text(value, unit) -> str:
    return f"{number_text(value, unit)}\u00a0{suffix_text(value, unit)}".rstrip()
