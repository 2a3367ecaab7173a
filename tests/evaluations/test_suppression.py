"""No reader computes a hidden count from what is shown beside it."""

from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluations.suppression import BETWEEN_PARTIES, BEYOND_THEM, beyond, suppressed, total_shown

tables = st.lists(st.integers(0, 40), min_size=2, max_size=7)
thresholds = st.sampled_from([BETWEEN_PARTIES, BEYOND_THEM])
soundly = settings(derandomize=True, deadline=None, max_examples=400)


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        ([12, 30, 8], [12, 30, 8]),
        ([0, 30, 8], [0, 30, 8]),
        ([0, 0], [0, 0]),
        ([3, 30, 8], [None, 30, None]),
        ([3, 4, 30, 40], [None, None, None, 40]),
        ([3, 0, 30], [None, 0, None]),
        ([3, 0, 0], [None, None, None]),
        ([4, 4], [None, None]),
        ([5, 4, 4], [None, None, None]),
        ([1, 5, 6, 40], [None, None, None, None]),
    ],
)
def test_between_the_parties(cells, shown):
    assert suppressed(cells, BETWEEN_PARTIES) == shown


@given(tables, thresholds)
@soundly
def test_no_small_count_is_shown(cells, threshold):
    shown = suppressed(cells, threshold)
    assert not [count for count in shown if count is not None and 0 < count < threshold]
    assert all(count is None or count == true for count, true in zip(shown, cells, strict=True))


@given(tables, thresholds)
@soundly
def test_a_count_is_never_hidden_alone(cells, threshold):
    assert suppressed(cells, threshold).count(None) != 1


def every_table(total, length):
    if length == 1:
        yield (total,)
        return
    for first in range(total + 1):
        yield from ((first, *rest) for rest in every_table(total - first, length - 1))


def assert_nothing_follows(printed, totals, length):
    """Of all tables that print the same, no hidden cell is the same in every one."""
    for total in totals:
        alike = defaultdict(list)
        for cells in every_table(total, length):
            alike[printed(cells)].append(cells)
        for shown, candidates in alike.items():
            for place in range(length):
                values = {cells[place] for cells in candidates}
                assert values == {shown[place]} or len(values) > 1, (shown, candidates)


@pytest.mark.parametrize("length", [2, 3, 4])
def test_no_hidden_count_follows_even_for_a_reader_who_knows_the_rule(length):
    assert_nothing_follows(lambda cells: tuple(suppressed(cells, BETWEEN_PARTIES)), range(22), length)


@pytest.mark.parametrize("length", [2, 3])
def test_no_hidden_count_follows_beyond_the_parties(length):
    assert_nothing_follows(lambda cells: tuple(beyond(cells)), range(40), length)


@given(tables)
@soundly
def test_readers_beyond_the_parties_never_see_more(cells):
    between = suppressed(cells, BETWEEN_PARTIES)
    outside = beyond(cells)
    assert not [count for count in outside if count is not None and 0 < count < BEYOND_THEM]
    assert all(count is None or count == inside for count, inside in zip(outside, between, strict=True))
    assert total_shown(sum(cells)) is not None or set(outside) == {None}


def test_a_total_leaves_the_parties_from_eleven_on():
    assert [total_shown(total) for total in (0, 1, 10, 11)] == [0, None, None, 11]
