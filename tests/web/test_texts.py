"""What the doors take and give as text."""

from datetime import date

import pytest

from bot.web.texts import chinese, day


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("还缺 电话，先补上 fill in what is missing", "还缺 电话，先补上"),
        ("补发记录没有「my column」这一列 no such column", "补发记录没有「my column」这一列"),
        ("数量：只能是网线、电源 write one of these", "数量：只能是网线、电源"),
        ("没有记录 3 no such record", "没有记录 3"),
        ("只有中文", "只有中文"),
    ],
)
def test_a_page_tells_in_chinese_what_the_interface_tells_in_both_languages(told, shown):
    assert chinese(told) == shown


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("2026-11-27", date(2026, 11, 27)),
        ("2026-02-30", None),
        ("", None),
        ("0001-01-01", date(2000, 1, 1)),
        ("9999-12-31", date(2100, 1, 1)),
    ],
)
def test_a_day_is_one_that_a_shop_can_mean(given, found):
    assert day(given) == found
