"""What is counted, in which words, and by which definition. A changed definition gets a new version.

All that can be counted by conditions is counted in ONE statement, so that the figures agree with each other
whatever is written meanwhile.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from evaluations.parts import ACCEPTED, Parts, ages, answer_delays, each, genders, months, one
from referrals.models.choices import POSITIVE_OUTCOMES, DeclineReason, Outcome
from referrals.workflow import ANSWERED, ENDED, Status


class Unit(StrEnum):
    PEOPLE = "people"
    ACTS = "acts"
    DAYS = "days"


@dataclass(frozen=True)
class Indicator:
    """One figure, or one table whose rows are the `parts`.

    `about_people` crosses people with a personal characteristic: small counts are suppressed. Without
    `parts` the figure comes from a statement of its own (evaluations/figures.py).
    """

    key: str
    version: int
    label: str | Promise
    definition: str | Promise
    unit: Unit
    parts: Parts | None = None
    is_table: bool = False
    about_people: bool = False


INDICATORS = [
    Indicator(
        "referrals_sent",
        1,
        _("Referrals sent"),
        _("Referrals made under the agreement and sent within the period, those withdrawn later included."),
        Unit.ACTS,
        one(Q()),
    ),
    Indicator(
        "referrals_answered",
        1,
        _("Referrals answered"),
        _("Of the referrals sent, those that the partner accepted or declined."),
        Unit.ACTS,
        one(Q(status__in=sorted(ANSWERED))),
    ),
    Indicator(
        "referrals_accepted",
        1,
        _("Referrals accepted"),
        _("Of the referrals sent, those that the partner accepted, whatever came of them."),
        Unit.ACTS,
        one(Q(status__in=ACCEPTED)),
    ),
    Indicator(
        "referrals_declined",
        1,
        _("Referrals declined"),
        _("Of the referrals sent, those that the partner declined, always with a reason."),
        Unit.ACTS,
        one(Q(status=Status.DECLINED)),
    ),
    Indicator(
        "referrals_unanswered",
        1,
        _("No answer yet"),
        _("Of the referrals sent, those that had no answer when the figures were frozen."),
        Unit.ACTS,
        one(Q(status=Status.SENT)),
    ),
    Indicator(
        "referrals_cancelled",
        1,
        _("Referrals withdrawn"),
        _("Of the referrals sent, those that the sender withdrew before they were answered."),
        Unit.ACTS,
        one(Q(status=Status.CANCELLED)),
    ),
    Indicator(
        "referrals_under_way",
        1,
        _("Under way"),
        _("Of the referrals accepted, those that had not come to an end when the figures were frozen."),
        Unit.ACTS,
        one(Q(status__in=[Status.ACCEPTED, Status.UNDER_WAY])),
    ),
    Indicator(
        "referrals_ended",
        1,
        _("Referrals ended"),
        _("Of the referrals accepted, those completed or stopped, always with an outcome."),
        Unit.ACTS,
        one(Q(status__in=sorted(ENDED))),
    ),
    Indicator(
        "positive_outcomes",
        1,
        _("Positive outcomes"),
        _(
            "Of the referrals ended, those that led to work, apprenticeship, training, a business or the step planned."
        ),
        Unit.ACTS,
        one(Q(outcome__in=POSITIVE_OUTCOMES)),
    ),
    Indicator(
        "declines_by_reason",
        1,
        _("Reasons for declining"),
        _("Referrals declined, by the reason that the partner gave."),
        Unit.ACTS,
        each("decline_reason", DeclineReason.values),
        is_table=True,
    ),
    Indicator(
        "outcomes",
        1,
        _("Outcomes"),
        _("Referrals ended, by the outcome that the partner recorded."),
        Unit.ACTS,
        each("outcome", Outcome.values),
        is_table=True,
    ),
    Indicator(
        "answer_delays",
        1,
        _("Time to answer"),
        _("Referrals answered, by the time between sending and answer."),
        Unit.ACTS,
        answer_delays,
        is_table=True,
    ),
    Indicator(
        "answer_days",
        1,
        _("Median answer time"),
        _("Half of the answers came within this many days of the sending; days of 24 hours, to one decimal."),
        Unit.DAYS,
    ),
    Indicator(
        "referrals_by_month",
        1,
        _("Referrals by month"),
        _(
            "Referrals sent, by month of the agreement’s year; a month begins on the day the agreement took effect."
        ),
        Unit.ACTS,
        months,
        is_table=True,
    ),
    Indicator(
        "accepted_by_month",
        1,
        _("Referrals accepted, by month of sending"),
        _(
            "Of the referrals sent in a month of the agreement’s year, those that the partner accepted later on."
        ),
        Unit.ACTS,
        lambda period: {name: sent & Q(status__in=ACCEPTED) for name, sent in months(period).items()},
        is_table=True,
    ),
    Indicator(
        "referrals_by_theme",
        1,
        _("Referrals by theme"),
        _("Referrals sent, by the theme of the service offer chosen."),
        Unit.ACTS,
        is_table=True,
    ),
    Indicator(
        "shared_contacts",
        1,
        _("Shared contacts"),
        _(
            "Contacts that took place within the period with people referred under the agreement in it, noted "
            "by either side and shared with the other; by organisation."
        ),
        Unit.ACTS,
        is_table=True,
    ),
    Indicator(
        "people",
        1,
        _("Young people concerned"),
        _("People referred at least once under the agreement within the period, each counted once."),
        Unit.PEOPLE,
        one(Q()),
    ),
    Indicator(
        "people_by_age",
        1,
        _("Young people by age"),
        _("Young people concerned, by completed years on the last day of the period."),
        Unit.PEOPLE,
        ages,
        is_table=True,
        about_people=True,
    ),
    Indicator(
        "people_by_gender",
        1,
        _("Young people by gender"),
        _(
            "Young people concerned, by the gender noted in their file; those who stated none are with “other”."
        ),
        Unit.PEOPLE,
        genders,
        is_table=True,
        about_people=True,
    ),
]
BY_KEY = {indicator.key: indicator for indicator in INDICATORS}
