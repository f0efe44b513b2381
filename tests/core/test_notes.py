from datetime import date, datetime

import pytest

from bot.core.moments import SHANGHAI
from bot.core.notes import read_note
from bot.core.orders import Note

TODAY = date(2025, 10, 22)


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    "written",
    [
        "2025-10-16 退回件已揽收",
        "10-16 退回件已揽收",
        "10月16日退回件已揽收",
        "2025年10月16日退回件已揽收",
        "2025/10/16：退回件已揽收",
    ],
)
def test_a_note_is_split_into_its_day_and_what_was_noted(written):
    assert read_note(written, TODAY) == Note("退回件已揽收", at(2025, 10, 16))


def test_a_note_may_carry_the_time_of_day():
    assert read_note("2025-10-15 14:30 客户来电", TODAY) == Note(
        "客户来电", at(2025, 10, 15, 14, 30)
    )


@pytest.mark.parametrize(
    "text",
    [
        "客户差价已付",
        "12-24小时内发货",
        "2-3 天到账",
        "13-05 发货",
        "02-30 发货",
        "换货差价10.00元已付",
    ],
)
def test_what_begins_with_no_day_keeps_its_text(text):
    assert read_note(text, TODAY) == Note(text)


def test_in_january_a_day_of_december_is_last_years():
    assert read_note("12-30 已发货", date(2026, 1, 3)).at == at(2025, 12, 30)


def test_a_day_a_little_ahead_is_this_years():
    assert read_note("10-25 到货后发出", TODAY).at == at(2025, 10, 25)


def test_a_day_long_past_is_this_years():
    assert read_note("03-01 客户来电", TODAY).at == at(2025, 3, 1)
