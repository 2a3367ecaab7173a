"""What a reader sees of frozen figures: the same on screen and in the PDF."""

import datetime
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from common.charts import percent
from evaluations import charts, labels
from evaluations.indicators import BY_KEY, INDICATORS, Unit
from evaluations.suppression import BETWEEN_PARTIES, BEYOND_THEM

KEY_FIGURES = [
    "referrals_sent",
    "referrals_accepted",
    "people",
    "answer_days",
    "shared_contacts",
    "referrals_under_way",
    "referrals_ended",
    "positive_outcomes",
]


@dataclass(frozen=True)
class KeyFigure:
    """A figure in words. `share` says of what it is a part, `earlier` and `change` what it was a year before."""

    label: str
    text: str
    definition: str
    unit: str
    version: int
    number: str = ""
    suffix: str = ""
    share: str = ""
    earlier: str = ""
    change: str = ""


@dataclass(frozen=True)
class PracticeLine:
    how: str
    who: str
    state: str
    tone: str
    adjustment: str


@dataclass(frozen=True)
class PracticeField:
    label: str
    practices: list[PracticeLine]


class Figures:
    """Frozen figures, less what the reader may not see: beyond the parties more counts are hidden."""

    def __init__(self, frozen: dict, *, outside: bool = False):
        self.frozen = frozen
        self.threshold = BEYOND_THEM if outside else BETWEEN_PARTIES
        self.outside = outside
        self.values = {key: self.seen(entry) for key, entry in frozen["indicators"].items()}
        earlier = frozen["earlier"] or {"indicators": {}}
        self.earlier = {
            key: self.seen(entry)
            for key, entry in earlier["indicators"].items()
            if self.comparable(key, entry)
        }

    def seen(self, entry):
        return entry.get("beyond", entry["value"]) if self.outside else entry["value"]

    def comparable(self, key, entry) -> bool:
        """Two years are compared where both were counted by the same definition."""
        return entry["version"] == self.frozen["indicators"][key]["version"]

    def total(self, key: str):
        value = self.values[key]
        return sum(count for _part, count in value) if isinstance(value, list) else value

    def table(self, key: str) -> list[tuple[str, int | None]]:
        """Rows in words; those of months and organisations are as they were frozen."""
        return [(labels.part_label(key, part), count) for part, count in self.values[key]]

    @property
    def has_hidden(self) -> bool:
        tables = [self.values[i.key] for i in INDICATORS if i.about_people]
        return any(count is None for table in tables for _part, count in table)

    # Key figures.

    def key_figures(self) -> list[KeyFigure]:
        return [self.key_figure(key) for key in KEY_FIGURES]

    def key_figure(self, key: str) -> KeyFigure:
        indicator, value = BY_KEY[key], self.total(key)
        before = self.earlier.get(key)
        return KeyFigure(
            label=str(indicator.label),
            text=labels.figure_text(value, indicator.unit),
            definition=str(indicator.definition),
            unit=str(labels.UNITS[indicator.unit]),
            version=self.frozen["indicators"][key]["version"],
            number=labels.number_text(value, indicator.unit),
            suffix=labels.suffix_text(value, indicator.unit),
            share=self.share(key, value),
            earlier="" if before is None else labels.figure_text(before, indicator.unit),
            change="" if before is None or value is None else change_text(value - before, indicator.unit),
        )

    def share(self, key: str, value) -> str:
        wholes = {
            "referrals_accepted": ("referrals_sent", _("%(share)s of the referrals sent")),
            "referrals_under_way": ("referrals_accepted", _("%(share)s of the referrals accepted")),
            "referrals_ended": ("referrals_accepted", _("%(share)s of the referrals accepted")),
            "positive_outcomes": ("referrals_ended", _("%(share)s of the referrals ended")),
        }
        if key not in wholes or not self.values[wholes[key][0]]:
            return ""
        whole, sentence = wholes[key]
        return sentence % {"share": percent(value, self.values[whole])}

    # Charts, each with its table.

    def charts(self) -> SimpleNamespace:
        return charts.of(self)

    # What surrounds the figures.

    def practices(self) -> list[PracticeField]:
        groups: dict[str, list[PracticeLine]] = {}
        for row in self.frozen["practices"]:
            line = PracticeLine(
                row["how"],
                row["who"],
                str(labels.STATES[row["state"]]),
                labels.STATE_TONES[row["state"]],
                row["adjustment"],
            )
            groups.setdefault(row["field"], []).append(line)
        return [
            PracticeField(str(labels.FIELDS[field]), groups[field])
            for field in labels.FIELDS
            if field in groups
        ]

    def definitions(self) -> list[KeyFigure]:
        return [
            KeyFigure(str(i.label), "", str(i.definition), str(labels.UNITS[i.unit]), i.version)
            for i in INDICATORS
        ]

    def day(self, *path) -> datetime.date:
        value: Any = self.frozen
        for name in path:
            value = value[name]
        return datetime.date.fromisoformat(value)


def change_text(difference, unit) -> str:
    """With its sign, so that a change is never taken for a figure."""
    decimals = 1 if unit == Unit.DAYS else 0
    if not round(difference, 1):
        return _("no change")
    sign = "+" if difference > 0 else "−"
    return f"{sign} {number_format(abs(difference), decimal_pos=decimals)}"
