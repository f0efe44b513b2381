"""Working days: weekends, public holidays, make-up Saturdays, the finance cut-off."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.days import Unit, window_end
from bot.core.moments import SHANGHAI
from bot.core.parameters import Figures
from bot.core.working_days import MONDAY_TO_FRIDAY, WorkingDays
from tests.builders import parameter

# The National Day holiday of 2025 with its two make-up days.
NATIONAL_DAY = WorkingDays(
    frozenset(date(2025, 10, day) for day in range(1, 9)),
    frozenset({date(2025, 9, 28), date(2025, 10, 11)}),
    frozenset({2025}),
)
TEN = time(10)


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2025, month, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2025, 9, 27), False),  # a Saturday
        (date(2025, 9, 28), True),  # the make-up Sunday
        (date(2025, 9, 30), True),  # the last day before
        (date(2025, 10, 1), False),
        (date(2025, 10, 8), False),  # the last day of the holiday, a Wednesday
        (date(2025, 10, 9), True),
        (date(2025, 10, 11), True),  # the make-up Saturday
        (date(2025, 10, 12), False),  # the Sunday after
    ],
)
def test_holidays_are_off_and_make_up_days_are_worked(day: date, worked: bool) -> None:
    assert (day in NATIONAL_DAY) is worked


def test_three_working_days_from_before_the_holiday_end_after_it() -> None:
    assert window_end(date(2025, 9, 30), 3, Unit.WORKING_DAY, NATIONAL_DAY) == date(2025, 10, 11)
    assert window_end(date(2025, 9, 30), 3, Unit.WORKING_DAY) == date(2025, 10, 3)


def test_a_figure_in_working_days_is_counted_by_the_shops_calendar() -> None:
    shop = Figures({"resend": parameter("resend", 3, Unit.WORKING_DAY)}, NATIONAL_DAY)

    assert shop.last_day("resend", date(2025, 9, 30)) == date(2025, 10, 11)


@pytest.mark.parametrize(
    ("handed_over", "counts"),
    [
        (at(9, 26, 9, 59), date(2025, 9, 26)),  # Friday, before the cut-off
        (at(9, 26, 10), date(2025, 9, 28)),  # at the cut-off: the make-up Sunday
        (at(9, 27, 8), date(2025, 9, 28)),  # Saturday
        (at(9, 29, 18), date(2025, 9, 30)),  # Monday evening
        (
            at(
                9,
                30,
                9,
                59,
            ),
            date(2025, 9, 30),
        ),
        (at(9, 30, 10), date(2025, 10, 9)),  # the holiday lies between
        (at(10, 10, 10), date(2025, 10, 11)),  # Friday: the make-up Saturday
        (at(10, 11, 10), date(2025, 10, 13)),  # the make-up Saturday: Monday
    ],
)
def test_what_is_handed_over_after_the_cut_off_counts_from_the_next_working_day(
    handed_over: datetime, counts: date
) -> None:
    assert NATIONAL_DAY.taken_up_on(handed_over, TEN) == counts


def test_the_shops_own_days_go_before_the_announced_ones() -> None:
    own = NATIONAL_DAY.with_own([date(2025, 9, 28), date(2025, 9, 30)], [date(2025, 10, 8)])

    assert date(2025, 9, 28) not in own
    assert date(2025, 9, 30) not in own
    assert date(2025, 10, 8) in own
    assert date(2025, 10, 1) not in own


def test_a_year_that_is_not_announced_is_named_and_counted_monday_to_friday() -> None:
    assert NATIONAL_DAY.unannounced(date(2025, 12, 30), date(2025, 12, 31)) is None
    assert NATIONAL_DAY.unannounced(date(2025, 12, 31), date(2026, 1, 1)) == 2026
    assert date(2026, 1, 1) in NATIONAL_DAY  # a Thursday: nobody knows yet that it is off


def test_the_last_working_day_until_a_day_goes_back_over_weekend_and_holiday() -> None:
    assert NATIONAL_DAY.last_until(date(2025, 8, 31)) == date(2025, 8, 29)
    assert NATIONAL_DAY.last_until(date(2025, 10, 8)) == date(2025, 9, 30)
    assert NATIONAL_DAY.last_until(date(2025, 9, 28)) == date(2025, 9, 28)


@given(st.dates(date(2024, 1, 1), date(2027, 12, 31)), st.integers(0, 30))
def test_between_a_day_and_so_many_working_days_later_lie_just_as_many(
    start: date, days: int
) -> None:
    end = NATIONAL_DAY.later(start, days)

    passed = (start + timedelta(n) for n in range(1, (end - start).days + 1))
    assert sum(day in NATIONAL_DAY for day in passed) == days


@given(
    st.dates(date(2024, 1, 1), date(2027, 12, 31)),
    st.sampled_from([NATIONAL_DAY, MONDAY_TO_FRIDAY]),
)
def test_first_and_last_are_working_days_on_their_own_side(day: date, days: WorkingDays) -> None:
    first, last = days.first_from(day), days.last_until(day)

    assert first in days
    assert last in days
    assert last <= day <= first
