"""Steps: states as data, and the one function that applies them."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts import events
from common.errors import NotPermitted, Stale, WrongStatus

StrOrPromise = str | Promise  # lazy translations are promises of text


@dataclass(frozen=True)
class Step:
    """From which states, to which one, by which side; `label` is the button, `done` what is said afterwards.

    `in_words` marks a step that asks for something first (a reason, an outcome), so no single click takes it.
    """

    sources: frozenset[str]
    target: str
    side: str
    label: StrOrPromise
    done: StrOrPromise
    in_words: bool = False


def steps_open_to(record, member) -> list[str]:
    """Names of the steps this person could take now; buttons, API and tests read the same table."""
    sides = record.sides_of(member)
    return [
        name for name, step in record.STEPS.items() if step.side in sides and record.status in step.sources
    ]


def check(record, name, *, by) -> Step:
    """The step, if this person may take it from the present state.

    Raises `NotPermitted` for the wrong side, `WrongStatus` for the wrong state.
    """
    step = record.STEPS[name]
    if step.side not in record.sides_of(by):
        raise NotPermitted(_("This step is for the other side to take."))
    if record.status not in step.sources:
        raise WrongStatus(wrong_status_sentence(record))
    return step


def take(record, name, *, by, about=None, **changes):
    """Apply a step: an UPDATE filtered on the old status, and its event, in one transaction.

    Raises what `check` raises, and `WrongStatus` when someone else was faster.
    """
    step = check(record, name, by=by)
    before = record.status
    with transaction.atomic():
        try:
            # The filter is the lock: of two clicks at once, one matches no row.
            record.write(where={"status": before}, status=step.target, **changes)
        except Stale as stale:
            raise WrongStatus(wrong_status_sentence(stale.current or record)) from stale
        events.record(
            name,
            record,
            by=by,
            about=about,
            before={"status": before},
            after={"status": step.target, **changes},
        )


def wrong_status_sentence(record) -> str:
    return _("Someone has moved this on: it now stands at “%(status)s”. Reload the page to see it.") % {
        "status": record.get_status_display()
    }
