"""Lengths of time: ranges, words, units; days of the calendar and what lies behind are none."""

from decimal import Decimal

import pytest

from bot.language.time_spans import time_spans


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("2-3天内打款", 2, 3),
        ("三到七个工作日", 3, 7),
        ("两三天", 2, 3),
        ("72小时内", 3, 3),
        ("一周左右", 7, 7),
        ("半个月", 15, 15),
        ("3个月内", 90, 90),
        ("7天无理由", 7, 7),
        ("3日内", 3, 3),
    ],
)
def test_a_length_is_read_in_days(text: str, low: int, high: int) -> None:
    (found,) = time_spans(text)

    assert (found.low, found.high) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    "text", ["10月5日", "22日到23日", "3天前签收的", "第3天", "每天", "3月份", "12件"]
)
def test_what_is_no_length_is_left_alone(text: str) -> None:
    found = [*time_spans(text)]

    assert found == []
