"""A symbol and the message's day make a date."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language.dates import resolve

THURSDAY = date(2025, 10, 16)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("P0D", date(2025, 10, 16)),
        ("-P3D", date(2025, 10, 13)),
        ("+P1D", date(2025, 10, 17)),
        ("-P1M", date(2025, 9, 16)),
        ("-P1Y", date(2024, 10, 16)),
        ("W4", date(2025, 10, 16)),
        ("W5", date(2025, 10, 10)),
        (">W4", date(2025, 10, 16)),
        (">W5", date(2025, 10, 17)),
        ("W-1-5", date(2025, 10, 10)),
        ("W+1-1", date(2025, 10, 20)),
        ("---16", date(2025, 10, 16)),
        ("---17", date(2025, 9, 17)),
        (">---17", date(2025, 10, 17)),
        (">---15", date(2025, 11, 15)),
        ("---31", date(2025, 8, 31)),
        ("--10-16", date(2025, 10, 16)),
        ("--10-17", date(2024, 10, 17)),
        (">--10-15", date(2026, 10, 15)),
        ("--02-29", date(2024, 2, 29)),
        ("M-1-03", date(2025, 9, 3)),
        ("M+1-08", date(2025, 11, 8)),
        ("Y-1-12-01", date(2024, 12, 1)),
        ("2025-10-08", date(2025, 10, 8)),
    ],
)
def test_a_symbol_is_resolved_with_the_messages_day(said: str, day: date):
    assert resolve(said, THURSDAY) == day


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("昨天", date(2025, 10, 15)),
        ("上周五", date(2025, 10, 10)),
        ("8号", date(2025, 10, 8)),
        ("18号", date(2025, 9, 18)),
        ("10月8号", date(2025, 10, 8)),
        ("10-08", date(2025, 10, 8)),
        ("2025/10/8", date(2025, 10, 8)),
        ("上個月３號", date(2025, 9, 3)),
        ("半个月前", date(2025, 10, 1)),
        ("我是前天签收的", date(2025, 10, 14)),
    ],
)
def test_words_are_resolved_as_well(said: str, day: date):
    assert resolve(said, THURSDAY) == day


@pytest.mark.parametrize("said", ["", "国庆", "--02-30", "---32", "W8", "2025-13-01", "好的", "P"])
def test_what_names_no_day_is_none(said: str):
    assert resolve(said, THURSDAY) is None


def test_a_month_before_the_31st_is_the_last_day_of_a_shorter_month():
    assert resolve("-P1M", date(2025, 3, 31)) == date(2025, 2, 28)


@pytest.mark.parametrize(
    ("today", "day"),
    [(date(2024, 2, 29), date(2024, 2, 29)), (date(2024, 2, 28), date(2020, 2, 29))],
)
def test_the_29th_of_february_is_the_latest_one_there_was(today: date, day: date):
    assert resolve("--02-29", today) == day


@settings(deadline=None)
@given(st.text(max_size=30), st.dates())
def test_no_words_whatever_make_it_fail(said: str, today: date):
    resolve(said, today)


@given(st.integers(1, 12), st.integers(1, 28), st.dates(date(2000, 1, 1)))
def test_a_day_without_a_year_is_never_in_the_future(month: int, day: int, today: date):
    resolved = resolve(f"--{month:02d}-{day:02d}", today)

    assert resolved is not None
    assert resolved <= today
    assert (today - resolved).days < 366 * 2
