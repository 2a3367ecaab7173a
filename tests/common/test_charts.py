import re
from itertools import pairwise

import pytest

from common.charts import (
    WIDTH,
    bar_chart,
    donut_chart,
    funnel_chart,
    line_chart,
    nice_levels,
    stacked_chart,
)


def widths(chart):
    return [[segment.width for segment in band.segments] for band in chart.bands]


def test_the_longest_bar_takes_the_whole_width_and_the_others_their_share():
    chart = bar_chart("Referrals", [("A", 40), ("B", 10)], columns=("Partner", "Referrals"))
    assert widths(chart) == [[WIDTH], [WIDTH // 4]]
    assert [row.cells for row in chart.rows] == [("40",), ("10",)]


def test_a_suppressed_figure_has_no_bar_and_says_that_it_is_not_shown():
    chart = bar_chart("Referrals", [("A", 40), ("B", None)], columns=("Partner", "Referrals"))
    assert widths(chart) == [[WIDTH], []]
    assert chart.rows[1].cells != ("None",)
    assert chart.bands[1].text == chart.rows[1].cells[0]


@pytest.mark.parametrize("rows", [[], [("A", 0), ("B", 0)]])
def test_nothing_to_draw_draws_nothing(rows):
    assert all(not band.segments for band in bar_chart("T", rows, columns=("A", "B")).bands)


def test_stacked_parts_touch_each_other_and_add_up():
    chart = stacked_chart(
        "Answers", [("Q1", [1, 1, 1]), ("Q2", [3, 0, 4])], series=("a", "b", "c"), column="Q"
    )
    first, second = (band.segments for band in chart.bands)
    assert [segment.x for segment in first] == [0, first[0].width, first[0].width + first[1].width]
    assert sum(segment.width for segment in second) == WIDTH
    assert [segment.series for segment in second] == [1, 3]  # an empty part keeps its colour for itself


def test_a_funnel_is_centred_and_tells_shares_of_its_first_stage():
    chart = funnel_chart("Funnel", [("Sent", 60), ("Accepted", 30)], columns=("Stage", "Number", "Share"))
    (accepted,) = chart.bands[1].segments
    assert accepted.x == (WIDTH - accepted.width) // 2
    assert chart.rows[1].cells[1].startswith("50")


def test_a_funnel_that_nothing_entered_has_no_shares():
    chart = funnel_chart("Funnel", [("Sent", 0), ("Accepted", 0)], columns=("Stage", "Number", "Share"))
    assert chart.rows[0].cells == ("0", "–")


def test_a_donut_of_one_part_is_a_whole_ring():
    (whole,) = donut_chart("T", [("All", 7)], columns=("A", "B", "C")).slices
    start, end = re.match(r"M([\d. ]+)A106 106 0 1 1 ([\d. ]+)L", whole.path).groups()
    assert start != end, "an arc that ends where it starts draws nothing"


def test_a_donut_leaves_empty_parts_out_but_keeps_them_in_its_table():
    chart = donut_chart("T", [("A", 3), ("B", 0), ("C", 1)], columns=("A", "B", "C"))
    assert [part.series for part in chart.slices] == [1, 3]
    assert len(chart.rows) == 3


def test_a_line_goes_up_when_figures_do_and_names_at_most_six_moments():
    moments = [str(year) for year in range(2010, 2027)]
    chart = line_chart("T", moments, [("Agreements", list(range(17)))], column="Year")
    heights = [y for _x, y in chart.curves[0].dots]
    assert heights == sorted(heights, reverse=True)
    assert len(chart.moments) <= 6
    assert len(chart.rows) == 17


def test_one_moment_alone_is_a_dot():
    chart = line_chart("T", ["2026"], [("Agreements", [3])], column="Year")
    assert len(chart.curves[0].dots) == 1


@pytest.mark.parametrize("highest", [0, 1, 3, 7, 10, 37, 99, 100, 372, 12_345])
def test_levels_are_round_few_and_high_enough(highest):
    levels = nice_levels(highest)
    assert levels[0] == 0
    assert levels[-1] >= highest
    assert 3 <= len(levels) <= 6
    assert len({b - a for a, b in pairwise(levels)}) == 1
