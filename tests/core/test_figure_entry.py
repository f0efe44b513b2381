"""Figures as people type them."""

import pytest

from bot.core.days import Unit
from bot.core.figure_entry import BadEntry, shown, typed


@pytest.mark.parametrize(
    ("entry", "unit", "kept"),
    [
        ("3", Unit.CNY, "3.00"),
        (" 2.5元 ", Unit.CNY, "2.50"),
        ("¥200", Unit.CNY, "200.00"),
        ("0", Unit.CNY, "0.00"),
        ("7", Unit.DAY, 7),
        ("7天", Unit.DAY, 7),
        ("2个工作日", Unit.WORKING_DAY, 2),
        ("0", Unit.PIECE, 0),
        ("30%", Unit.RATIO, "0.3"),
        ("0.3", Unit.RATIO, "0.3"),
        ("100%", Unit.RATIO, "1"),
        ("9:00", Unit.CLOCK, "09:00"),
        ("23：59", Unit.CLOCK, "23:59"),
        ("中通、圆通, EMS  中通", Unit.NAMES, ("中通", "圆通", "EMS")),
        ("杭州市\n某路1号", Unit.TEXT, "杭州市 某路1号"),
    ],
)
def test_what_people_write_is_kept_as_files_hold_it(entry, unit, kept):
    assert typed(entry, unit) == kept


@pytest.mark.parametrize(
    ("entry", "unit", "mend"),
    [
        ("", Unit.CNY, "还没有写"),
        ("三块", Unit.CNY, "金额只写数字"),
        ("2.005", Unit.CNY, "两位小数"),
        ("-1", Unit.CNY, "金额只写数字"),
        ("1e3", Unit.CNY, "金额只写数字"),
        ("7.5", Unit.DAY, "单位是天"),
        ("七天", Unit.DAY, "整数"),
        ("101%", Unit.RATIO, "不能超过"),
        ("30", Unit.RATIO, "写 30%"),
        ("一半", Unit.RATIO, "比如 30%"),
        ("24:00", Unit.CLOCK, "几点几分"),
        ("9点", Unit.CLOCK, "几点几分"),
    ],
)
def test_what_is_no_such_figure_is_refused_with_its_mend(entry, unit, mend):
    with pytest.raises(BadEntry, match=mend):
        typed(entry, unit)


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        ("0.3", Unit.RATIO, "30%"),
        ("0.025", Unit.RATIO, "2.5%"),
        (7, Unit.DAY, "7"),
        (["中通", "EMS"], Unit.NAMES, "中通、EMS"),
        (None, Unit.DAY, ""),
    ],
)
def test_a_kept_figure_stands_in_its_field_as_it_would_be_typed(value, unit, text):
    assert shown(value, unit) == text
