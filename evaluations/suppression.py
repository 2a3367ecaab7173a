"""Which counts of people may be shown. Pure: lists in, lists out.

A count from 1 to the threshold less one could let someone be recognised: it is suppressed, and with it the
next smallest, until what is left hidden cannot be computed back from the total and the other cells. A nought
counts nobody and is shown, unless it is needed to hide the only cell that is not one.
"""

from collections.abc import Sequence

BETWEEN_PARTIES = 5
BEYOND_THEM = 11

Cells = list[int | None]


def suppressed(cells: Sequence[int | None], total: int, threshold: int) -> Cells:
    """The cells with None in place of those that may not be shown beside their total.

    Cells that are None already stay so; the total is shown, so it must not be below a threshold that
    holds for totals too (see `total_shown`).
    """
    hidden = {i for i, count in enumerate(cells) if count is None or 0 < count < threshold}
    candidates = sorted(
        (i for i in range(len(cells)) if i not in hidden), key=lambda i: (cells[i] == 0, cells[i], i)
    )
    while hidden and candidates and not is_safe(cells, total, hidden, threshold):
        hidden.add(candidates.pop(0))
    return [None if i in hidden else count for i, count in enumerate(cells)]


def is_safe(cells: Sequence[int | None], total: int, hidden: set[int], threshold: int) -> bool:
    """Whether each hidden cell might, for all that a reader can compute, hold the threshold or more.

    The reader knows what the hidden cells add up to, and that none of them is a nought.
    """
    left = total - sum(count or 0 for i, count in enumerate(cells) if i not in hidden)
    return len(hidden) > 1 and left - (len(hidden) - 1) >= threshold


def total_shown(total: int | None, threshold: int) -> int | None:
    """A total of people, as it may leave the parties."""
    return None if total is None or 0 < total < threshold else total


def seen_from_outside(cells: Sequence[int | None], total: int | None) -> tuple[int | None, Cells]:
    """Total and cells for readers beyond the parties: noughts are all that small totals leave."""
    shown = total_shown(total, BEYOND_THEM)
    if shown is None:
        return None, [None for _ in cells]
    return shown, suppressed(cells, shown, BEYOND_THEM)
