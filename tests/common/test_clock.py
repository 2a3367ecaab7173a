"""Now and today, and moving them."""

import datetime
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common import clock

days = st.dates(min_value=datetime.date(1950, 1, 1), max_value=datetime.date(2150, 1, 1))
counts = st.integers(-600, 600)


def test_the_day_begins_at_midnight_in_paris():
    with clock.at(datetime.datetime(2026, 6, 30, 21, 59, tzinfo=datetime.UTC)):
        assert clock.today() == datetime.date(2026, 6, 30)
    with clock.at(datetime.datetime(2026, 6, 30, 22, 0, tzinfo=datetime.UTC)):
        assert clock.today() == datetime.date(2026, 7, 1)


def test_a_bare_date_is_noon_in_paris():
    with clock.at(datetime.date(2026, 1, 15)):
        assert clock.now() == datetime.datetime(2026, 1, 15, 11, tzinfo=datetime.UTC)


def test_the_clock_goes_back_also_after_an_error():
    def fails():
        with clock.at(datetime.date(2020, 1, 1)):
            raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011
        fails()
    assert clock.today().year > 2025


def test_moves_nest():
    with clock.at(datetime.date(2020, 1, 1)):
        with clock.at(datetime.date(2021, 1, 1)):
            assert clock.today().year == 2021
        assert clock.today().year == 2020


def test_a_moved_clock_is_nobody_elses():
    seen = []
    with clock.at(datetime.date(2020, 1, 1)):
        other = threading.Thread(target=lambda: seen.append(clock.today().year))
        other.start()
        other.join()
    assert seen[0] > 2025


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2026-01-31", 24, "2028-01-31"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-01-01", -1, "2025-12-01"),
        ("2026-12-15", 0, "2026-12-15"),
    ],
)
def test_some_months_later(day, months, expected):
    assert clock.months_after(datetime.date.fromisoformat(day), months).isoformat() == expected


@settings(derandomize=True, deadline=None)
@given(days, counts)
def test_months_land_in_the_right_month_and_never_later_in_it(day, months):
    later = clock.months_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day
    assert later.day == day.day or (later + clock.ONE_DAY).day == 1


@settings(derandomize=True, deadline=None)
@given(days, days, counts)
def test_the_order_of_dates_is_kept(one, other, months):
    earlier, later = sorted([one, other])
    assert clock.months_after(earlier, months) <= clock.months_after(later, months)
