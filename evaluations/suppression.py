"""Which counts of people may be shown. Pure: lists in, lists out.

A count from 1 to the threshold less one could let someone be recognised: it is suppressed, and with it the
smallest of the others, so that it cannot be computed back from the total. Where a reader who knows this rule
could compute it all the same, the whole table is. A nought counts nobody and is shown beside shown counts.
"""

from collections.abc import Sequence

BETWEEN_PARTIES = 5
BEYOND_THEM = 11

Cells = list[int | None]


def suppressed(cells: Sequence[int], threshold: int) -> Cells:
    """The cells of a table whose total is shown, None in place of those that may not be."""
    small = {i for i, count in enumerate(cells) if 0 < count < threshold}
    if not small:
        return list(cells)
    others = sorted((count, i) for i, count in enumerate(cells) if count >= threshold)
    if not others or not is_ambiguous(cells, small, others, threshold):
        return [None for _ in cells]
    hidden = {*small, others[0][1]}
    return [None if i in hidden else count for i, count in enumerate(cells)]


def is_ambiguous(
    cells: Sequence[int], small: set[int], others: list[tuple[int, int]], threshold: int
) -> bool:
    """Whether the small counts and the smallest other could add up in more than one way.

    The reader knows the sum of what is hidden, that each small count lies between 1 and the threshold less
    one, and that the other lies between the threshold and the smallest count shown.
    """
    left = sum(cells[i] for i in small) + others[0][0]
    highest_other = others[1][0] - 1 if len(others) > 1 else left
    least = max(len(small), left - highest_other)
    most = min(len(small) * (threshold - 1), left - threshold)
    return most > least


def total_shown(total: int) -> int | None:
    """A count of people that is not crossed with anything, as it may leave the parties."""
    return None if 0 < total < BEYOND_THEM else total


def beyond(cells: Sequence[int]) -> Cells:
    """The cells for readers beyond the parties, who never see what the parties do not."""
    nothing: Cells = [None for _ in cells]
    if total_shown(sum(cells)) is None or suppressed(cells, BETWEEN_PARTIES) == nothing:
        return nothing
    return suppressed(cells, BEYOND_THEM)
