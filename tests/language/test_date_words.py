"""Days named in words become symbols."""

import pytest

from bot.language.date_words import mentions


def symbols(text: str) -> list[str]:
    return [mention.value for mention in mentions(text)]


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("今天", "P0D"),
        ("刚刚收到", "P0D"),
        ("昨晚", "-P1D"),
        ("前天", "-P2D"),
        ("大前天", "-P3D"),
        ("明天", "+P1D"),
        ("大后天", "+P3D"),
        ("三天前", "-P3D"),
        ("一周前", "-P7D"),
        ("半个月前", "-P15D"),
        ("3个月前", "-P3M"),
        ("两天后", "+P2D"),
        ("周五到的", "W5"),
        ("星期天", "W7"),
        ("上周五", "W-1-5"),
        ("这周三", "W+0-3"),
        ("下个星期一", "W+1-1"),
        ("8号", "---08"),
        ("十五号", "---15"),
        ("上个月3号", "M-1-03"),
        ("10月8号", "--10-08"),
        ("十月八日", "--10-08"),
        ("10-08", "--10-08"),
        ("9/12收到", "--09-12"),
        ("11.11拍的", "--11-11"),
        ("去年12月1号", "Y-1-12-01"),
        ("2025/10/8", "2025-10-08"),
        ("2025年10月8日", "2025-10-08"),
        ("20251008", "2025-10-08"),
        ("25年10月8号", "2025-10-08"),
    ],
)
def test_a_day_named_in_words_has_a_symbol(text: str, symbol: str):
    assert symbols(text) == [symbol]


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("8号能到吗", ">---08"),
        ("20号之前能发吗", ">---20"),
        ("改到20号", ">---20"),
        ("预约周六送", ">W6"),
        ("周五再送", ">W5"),
        ("8号收到的想退", "---08"),
        ("8号才收到的", "---08"),
    ],
)
def test_an_incomplete_day_looks_ahead_only_when_the_words_do(text: str, symbol: str):
    assert symbols(text) == [symbol]


@pytest.mark.parametrize(
    "text",
    [
        "10号楼", "3号线", "38号", "10.8元", "3-5天", "2-3个", "13-10", "每周五", "一周三次",
        "以前天天买", "说明天数", "250904220031", "3日内", "这几天", "周末", "两三天前", "10月份",
    ],
)  # fmt: skip
def test_what_names_no_day_is_not_taken_for_one(text: str):
    assert symbols(text) == []


def test_several_days_are_found_in_order():
    assert symbols("10月1号下的单,昨天才到") == ["--10-01", "-P1D"]
