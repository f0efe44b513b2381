"""How long a window lasts, as the shop counts it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.days import LENGTHS, Unit, window_end

DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("start", "length", "last"),
    [
        (date(2026, 3, 8), 7, date(2026, 3, 15)),
        (date(2026, 2, 25), 7, date(2026, 3, 4)),
        (date(2028, 2, 25), 7, date(2028, 3, 3)),
        (date(2025, 12, 28), 7, date(2026, 1, 4)),
        (date(2026, 3, 13), 0, date(2026, 3, 13)),
    ],
)
def test_received_on_a_day_a_window_of_days_holds_through_the_last_of_them(
    start: date, length: int, last: date
) -> None:
    assert window_end(start, length, Unit.DAY) == last


@pytest.mark.parametrize(
    ("start", "last"),
    [
        (date(2026, 1, 20), date(2026, 4, 20)),
        (date(2025, 11, 30), date(2026, 2, 28)),
        (date(2027, 11, 30), date(2028, 2, 29)),
        (date(2026, 8, 31), date(2026, 11, 30)),
        (date(2025, 12, 31), date(2026, 3, 31)),
        (date(2026, 2, 28), date(2026, 5, 28)),
    ],
)
def test_a_window_of_months_ends_on_the_same_day_number_or_on_the_months_last_day(
    start: date, last: date
) -> None:
    assert window_end(start, 3, Unit.MONTH) == last


@pytest.mark.parametrize(
    ("hours", "last"),
    [
        (24, date(2026, 3, 11)),
        (25, date(2026, 3, 12)),
        (72, date(2026, 3, 13)),
        (1, date(2026, 3, 11)),
    ],
)
def test_hours_are_counted_in_whole_days_begun(hours: int, last: date) -> None:
    assert window_end(date(2026, 3, 10), hours, Unit.HOUR) == last


@pytest.mark.parametrize(
    ("start", "last"),
    [
        (date(2026, 3, 9), date(2026, 3, 12)),
        (date(2026, 3, 12), date(2026, 3, 17)),
        (date(2026, 3, 13), date(2026, 3, 18)),
        (date(2026, 3, 14), date(2026, 3, 18)),
        (date(2026, 3, 15), date(2026, 3, 18)),
    ],
)
def test_three_working_days_leave_out_saturday_and_sunday(start: date, last: date) -> None:
    assert window_end(start, 3, Unit.WORKING_DAY) == last


@given(DAYS, st.integers(1, 12))
def test_a_window_of_months_never_reaches_into_the_month_after(start: date, months: int) -> None:
    last = window_end(start, months, Unit.MONTH)

    assert (last.year * 12 + last.month) - (start.year * 12 + start.month) == months
    assert last.day <= start.day


@given(DAYS, st.sampled_from(sorted(LENGTHS)), st.integers(0, 60))
def test_a_window_never_closes_before_it_opens_and_a_longer_one_not_earlier(
    start: date, unit: Unit, length: int
) -> None:
    last, longer = window_end(start, length, unit), window_end(start, length + 1, unit)

    assert start <= last <= longer


@given(DAYS, st.integers(0, 60))
def test_working_days_end_on_a_working_day(start: date, length: int) -> None:
    last = window_end(start, length, Unit.WORKING_DAY)

    assert last == start if length == 0 else last.weekday() < 5
    assert last - start >= timedelta(length)


@pytest.mark.parametrize("unit", sorted(set(Unit) - LENGTHS))
def test_money_and_names_are_no_length_of_time(unit: Unit) -> None:
    with pytest.raises(ValueError, match=f"{unit} is not a length of time"):
        window_end(date(2026, 3, 8), 3, unit)
