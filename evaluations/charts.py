"""The charts of an evaluation, drawn by the components that pages and PDF share."""

from collections import Counter
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from common.charts import bar_chart, donut_chart, funnel_chart, line_chart
from evaluations import labels
from evaluations.indicators import BY_KEY


def of(figures) -> SimpleNamespace:
    """All of them; a table without a single row to show gives None, and its place is left out."""
    return SimpleNamespace(
        funnel=funnel(figures),
        answers=answers(figures),
        delays=bars(figures, "answer_delays", _("Time to answer"), _("Answers")),
        declines=bars(figures, "declines_by_reason", _("Reason"), _("Referrals declined")),
        months=months(figures),
        themes=bars(figures, "referrals_by_theme", _("Theme"), _("Referrals sent")),
        contacts=bars(figures, "shared_contacts", _("Noted by"), _("Shared contacts")),
        outcomes=bars(figures, "outcomes", _("Outcome"), _("Referrals ended")),
        ages=bars(figures, "people_by_age", _("Age"), _("Young people")),
        genders=bars(figures, "people_by_gender", _("Gender"), _("Young people")),
        practices=practices(figures),
    )


def funnel(figures):
    stages = [
        "referrals_sent",
        "referrals_answered",
        "referrals_accepted",
        "referrals_ended",
        "positive_outcomes",
    ]
    if not figures.values["referrals_sent"]:
        return None
    return funnel_chart(
        _("From referral to outcome"),
        [(str(BY_KEY[key].label), figures.values[key]) for key in stages],
        columns=(_("Stage"), _("Referrals"), _("Share of those sent")),
    )


def answers(figures):
    parts = ["referrals_accepted", "referrals_declined", "referrals_unanswered", "referrals_cancelled"]
    if not figures.values["referrals_sent"]:
        return None
    return donut_chart(
        _("Answers to the referrals sent"),
        [(str(BY_KEY[key].label), figures.values[key]) for key in parts],
        columns=(_("Answer"), _("Referrals"), _("Share")),
    )


def bars(figures, key: str, row: str, column: str):
    rows = figures.table(key)
    if all(count == 0 for _label, count in rows):
        return None
    return bar_chart(str(BY_KEY[key].label), rows, columns=(row, column))


def months(figures):
    """Months that had not begun when the figures were frozen are noughts, as they were counted."""
    sent, accepted = figures.values["referrals_by_month"], figures.values["accepted_by_month"]
    if not figures.values["referrals_sent"]:
        return None
    days = [date.fromisoformat(first) for first, _count in sent]
    chart = line_chart(
        str(BY_KEY["referrals_by_month"].label),
        [labels.month_label(day) for day in days],
        [
            (str(BY_KEY["referrals_sent"].label), [count for _first, count in sent]),
            (str(BY_KEY["referrals_accepted"].label), [count for _first, count in accepted]),
        ],
        column=_("Month beginning on"),
    )
    rows = [
        replace(row, label=date_format(day, "SHORT_DATE_FORMAT"))
        for row, day in zip(chart.rows, days, strict=True)
    ]
    return replace(chart, rows=tuple(rows))


def practices(figures):
    states = Counter(row["state"] for row in figures.frozen["practices"])
    if not states:
        return None
    return donut_chart(
        _("State of the practices"),
        [(str(label), states[state]) for state, label in labels.STATES.items()],
        columns=(_("State"), _("Practices"), _("Share")),
    )
