"""Where the marks of a chart go. Templates only print what is computed here.

Coordinates are whole numbers (or ready path strings): a decimal would be printed with a French comma.
Every chart carries the rows of the table that stands beside it.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.formats import number_format
from django.utils.translation import gettext as _

WIDTH = 420
BAND = 46
BAR = 14
# Colours of the series on paper; style sheets may give others to their class on a screen. WeasyPrint does not
# apply a page's style sheet to the SVG inside it, so the templates print these as attributes.
PAPER = ("#0b6373", "#b26a00", "#5b3fa0", "#2f7d57", "#1b4f8f", "#7c8b96")
SERIES = len(PAPER)

Wording = Callable[[float | None], str]


@dataclass(frozen=True)
class Row:
    """A line of the data table; `series` is 0 where the line has no colour of its own."""

    label: str
    cells: tuple[str, ...]
    series: int = 0


@dataclass(frozen=True)
class Column:
    label: str
    series: int = 0


class Coloured:
    series: int

    @property
    def colour(self) -> str:
        return PAPER[self.series - 1]


@dataclass(frozen=True)
class Segment(Coloured):
    x: int
    width: int
    series: int


@dataclass(frozen=True)
class Band:
    """A label and its figure on one line, the bar under them."""

    label: str
    text: str
    text_y: int
    y: int
    segments: tuple[Segment, ...]


@dataclass(frozen=True)
class Bars:
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    height: int
    bands: tuple[Band, ...]
    width: int = WIDTH
    bar: int = BAR


@dataclass(frozen=True)
class Slice(Coloured):
    path: str
    series: int


@dataclass(frozen=True)
class Donut:
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    slices: tuple[Slice, ...]
    total: str
    width: int = 220
    height: int = 220
    middle: int = 110


@dataclass(frozen=True)
class Tick:
    label: str
    x: int
    y: int
    anchor: str = "middle"


@dataclass(frozen=True)
class Curve(Coloured):
    points: str
    dots: tuple[tuple[int, int], ...]
    series: int


@dataclass(frozen=True)
class Lines:
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    levels: tuple[Tick, ...]
    moments: tuple[Tick, ...]
    curves: tuple[Curve, ...]
    left: int
    width: int = WIDTH
    height: int = 240


def in_words(value: float | None) -> str:
    """A figure as the reader writes it; a suppressed one (None) is said to be so."""
    return _("not shown") if value is None else number_format(value)


def percent(part: float, whole: float) -> str:
    return _("%(number)s %%") % {"number": number_format(round(100 * part / whole))} if whole else _("–")


def bar_chart(
    title: str,
    rows: Sequence[tuple[str, float | None]],
    *,
    columns: tuple[str, str],
    text: Wording = in_words,
) -> Bars:
    """One bar per row, longest row full width."""
    scale = _scale(value for _label, value in rows)
    bands = [_band(i, label, text(value), [(0, scale(value), 1)]) for i, (label, value) in enumerate(rows)]
    table = [Row(label, (text(value),)) for label, value in rows]
    return Bars(title, _columns(columns), tuple(table), len(rows) * BAND, tuple(bands))


def stacked_chart(
    title: str, rows: Sequence[tuple[str, Sequence[float | None]]], *, series: Sequence[str], column: str
) -> Bars:
    """One bar per row, cut in the series; bars compare totals, colours compare parts."""
    totals = [sum(value or 0 for value in values) for _label, values in rows]
    scale = _scale(totals)
    bands = []
    for i, ((label, values), total) in enumerate(zip(rows, totals, strict=True)):
        edges: list[float] = [0]
        for value in values:
            edges.append(edges[-1] + (value or 0))
        segments = [
            (scale(start), scale(end) - scale(start), s) for s, (start, end) in enumerate(pairwise(edges), 1)
        ]
        bands.append(_band(i, label, in_words(total), segments))
    columns = (Column(column), *(Column(name, _series(i)) for i, name in enumerate(series, 1)))
    table = tuple(Row(label, tuple(in_words(value) for value in values)) for label, values in rows)
    return Bars(title, columns, table, len(rows) * BAND, tuple(bands))


def funnel_chart(title: str, stages: Sequence[tuple[str, float]], *, columns: tuple[str, str, str]) -> Bars:
    """Centred bars, each told as a share of the first stage."""
    whole = stages[0][1] if stages else 0
    scale = _scale(value for _label, value in stages)
    bands, table = [], []
    for i, (label, value) in enumerate(stages):
        width = scale(value)
        bands.append(
            _band(
                i, label, f"{in_words(value)} · {percent(value, whole)}", [((WIDTH - width) // 2, width, 1)]
            )
        )
        table.append(Row(label, (in_words(value), percent(value, whole))))
    return Bars(title, _columns(columns), tuple(table), len(stages) * BAND, tuple(bands))


def donut_chart(title: str, parts: Sequence[tuple[str, float]], *, columns: tuple[str, str, str]) -> Donut:
    """Shares of a whole, clockwise from noon; at most six parts are told apart by colour."""
    total = sum(value for _label, value in parts)
    slices, table, start = [], [], 0.0
    for i, (label, value) in enumerate(parts, 1):
        share = value / total if total else 0
        if share:
            slices.append(Slice(_ring(start, start + share), _series(i)))
        table.append(Row(label, (in_words(value), percent(value, total)), _series(i)))
        start += share
    return Donut(title, _columns(columns), tuple(table), tuple(slices), in_words(total))


def line_chart(
    title: str, moments: Sequence[str], series: Sequence[tuple[str, Sequence[float]]], *, column: str
) -> Lines:
    """One line per series over the same moments; the axis starts at zero."""
    left, right, top, bottom = 44, WIDTH - 12, 14, 206
    levels = nice_levels(max((value for _name, values in series for value in values), default=0))
    step = (right - left) / max(len(moments) - 1, 1)
    xs = [round(left + i * step) for i in range(len(moments))]

    def height(value: float) -> int:
        return round(bottom - (bottom - top) * value / levels[-1])

    curves = []
    for i, (_name, values) in enumerate(series, 1):
        dots = tuple((x, height(value)) for x, value in zip(xs, values, strict=True))
        curves.append(Curve(" ".join(f"{x},{y}" for x, y in dots), dots, _series(i)))
    every = max(1, math.ceil(len(moments) / 6))
    shown = [i for i in range(len(moments)) if i % every == 0]
    table = [
        Row(moment, tuple(in_words(values[i]) for _name, values in series))
        for i, moment in enumerate(moments)
    ]
    return Lines(
        title,
        (Column(column), *(Column(name, _series(i)) for i, (name, _values) in enumerate(series, 1))),
        tuple(table),
        tuple(Tick(in_words(level), left - 8, height(level), "end") for level in levels),
        tuple(Tick(moments[i], xs[i], 230, _anchor(i, len(moments))) for i in shown),
        tuple(curves),
        left,
    )


def nice_levels(highest: float) -> list[int]:
    """Three to six round levels from zero up to at least `highest`."""
    rough = max(highest, 1) / 4
    power = 10 ** math.floor(math.log10(rough))
    step = max(1, math.ceil(next(power * n for n in (1, 2, 5, 10) if power * n >= rough)))
    return list(range(0, max(math.ceil(highest / step), 2) * step + 1, step))


def _scale(values) -> Callable[[float | None], int]:
    highest = max((value or 0 for value in values), default=0)
    return lambda value: round(WIDTH * (value or 0) / highest) if highest else 0


def _band(i: int, label: str, text: str, segments: Sequence[tuple[int, int, int]]) -> Band:
    kept = tuple(Segment(x, width, _series(s)) for x, width, s in segments if width > 0)
    return Band(_short(label), text, i * BAND + 15, i * BAND + 23, kept)


def _short(label: str, most: int = 44) -> str:
    """SVG text does not wrap; the whole label is in the table."""
    return label if len(label) <= most else f"{label[: most - 1].rstrip()}…"


def _columns(labels: Sequence[str]) -> tuple[Column, ...]:
    return tuple(Column(label) for label in labels)


def _series(i: int) -> int:
    return (i - 1) % SERIES + 1


def _anchor(i: int, count: int) -> str:
    return "start" if i == 0 else "end" if i == count - 1 else "middle"


def _ring(start: float, end: float, *, middle: int = 110, outer: int = 106, inner: int = 68) -> str:
    """The path of a part of a ring; `start` and `end` are shares of a turn."""
    end = min(end, start + 0.9999)  # an arc that ends where it starts draws nothing
    large = 1 if end - start > 0.5 else 0

    def at(turn: float, radius: int) -> str:
        angle = 2 * math.pi * turn
        return f"{middle + radius * math.sin(angle):.2f} {middle - radius * math.cos(angle):.2f}"

    return (
        f"M{at(start, outer)}A{outer} {outer} 0 {large} 1 {at(end, outer)}"
        f"L{at(end, inner)}A{inner} {inner} 0 {large} 0 {at(start, inner)}Z"
    )
