"""What the figures say, in sentences."""

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common import clock
from common.charts import percent


def brief(figures) -> list[str]:
    """The year in a few sentences, the most important first; only what was counted is told."""
    values = figures.values
    if not values["referrals_sent"]:
        return [_("No referral was sent under the agreement within the period.")]
    found = [sent(values), accepted(values)]
    if values["answer_days"] is not None:
        found.append(answered(values))
    if values["referrals_ended"]:
        found.append(ended(values))
    contacts = figures.total("shared_contacts")
    if contacts:
        found.append(
            ngettext(
                "%(count)s contact was noted by one side and shared with the other.",
                "%(count)s contacts were noted by one side and shared with the other.",
                contacts,
            )
            % {"count": number_format(contacts)}
        )
    return found


def sent(values) -> str:
    return ngettext(
        "%(count)s referral was sent under the agreement; young people concerned: %(people)s.",
        "%(count)s referrals were sent under the agreement; young people concerned: %(people)s.",
        values["referrals_sent"],
    ) % {
        "count": number_format(values["referrals_sent"]),
        "people": _("not shown") if values["people"] is None else number_format(values["people"]),
    }


def accepted(values) -> str:
    return ngettext(
        "%(count)s was accepted (%(share)s), %(declined)s declined.",
        "%(count)s were accepted (%(share)s), %(declined)s declined.",
        values["referrals_accepted"],
    ) % {
        "count": number_format(values["referrals_accepted"]),
        "share": percent(values["referrals_accepted"], values["referrals_sent"]),
        "declined": number_format(values["referrals_declined"]),
    }


def answered(values) -> str:
    """French counts one and a half in the singular; catalogues choose by whole numbers."""
    days = values["answer_days"]
    return ngettext(
        "Half of the answers came within %(days)s day.",
        "Half of the answers came within %(days)s days.",
        int(days),
    ) % {"days": number_format(days, decimal_pos=1)}


def ended(values) -> str:
    return ngettext(
        "%(count)s came to its end, %(positive)s with a positive outcome.",
        "%(count)s came to their end, %(positive)s with a positive outcome.",
        values["referrals_ended"],
    ) % {
        "count": number_format(values["referrals_ended"]),
        "positive": number_format(values["positive_outcomes"]),
    }


def limits(evaluation) -> list[str]:
    """What a reader should bear in mind; the last sentence only where the period was not over."""
    found = [
        _("Only what was recorded in Passerelle is counted: a step taken but not recorded does not appear."),
        _("Referrals by letter, made without an agreement, are not part of these figures."),
        _(
            "A referral sent late in the period may still have been waiting for its answer or under way when "
            "the figures were frozen; it is counted as it stood then."
        ),
        _("The figures describe; they do not show that one thing caused another."),
    ]
    if evaluation.computed_at.astimezone(clock.PARIS).date() <= evaluation.period_end:
        found.append(
            _("The figures were frozen before the end of the period: what came after %(day)s is not in them.")
            % {"day": date_format(evaluation.computed_at.astimezone(clock.PARIS))}
        )
    return found
