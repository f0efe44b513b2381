"""One value is changed, all else in the file stays: comments, order, quotes."""

import difflib
from datetime import date
from pathlib import Path

import pytest

from bot.adapters.policy_texts import YamlTexts
from bot.core.days import Unit
from bot.core.sources import Source
from bot.services.ports.policy import Answer, Dated, Unreadable
from tests.conftest import CHECKOUT

TODAY = date(2026, 11, 26)
SHOP = (Source("SHOP", "店会", "涨价"),)
TEXTS = YamlTexts()
CABLE = """\
# 网线
title: 网线补偿
unit: CNY
owner: finance
values:
  2024-01-01: "2.00"  # 店里卖价
  2027-01-01: "5.00"
sources:
  2024-01-01:
    - {doc: S4, at: 二.3}
  2027-01-01:
    - {doc: SHOP, at: 年会}
checked_on: 2026-11-23
"""


def changed(before: str, after: str) -> list[str]:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


def of_kind(pattern: str) -> list[Path]:
    return sorted(CHECKOUT.glob(pattern))


@pytest.mark.parametrize("path", of_kind("bot/policy/**/parameters/**/*.yml"), ids=lambda p: p.stem)
def test_a_new_value_of_any_figure_touches_no_other_line(path):
    before = path.read_text(encoding="utf-8")
    figure = TEXTS.figure(before)
    value = figure.dated[-1].value

    after = TEXTS.with_value(before, Dated(TODAY, value, SHOP), TODAY)

    gone = [line for line in changed(before, after) if line.startswith("-")]
    assert all(line.startswith("-checked_on:") for line in gone)
    assert TEXTS.figure(after).dated[-1] == Dated(TODAY, value, SHOP)


def test_a_value_takes_its_place_among_the_days_with_its_source_and_note():
    after = TEXTS.with_value(CABLE, Dated(TODAY, "3.00", SHOP, "先试一个月"), TODAY)

    assert changed(CABLE, after) == [
        '+  2026-11-26: "3.00"',
        "+  2026-11-26:",
        "+    - {doc: SHOP, at: 店会, gist: 涨价}",
        "-checked_on: 2026-11-23",
        "+notes:",
        "+  2026-11-26: 先试一个月",
        "+checked_on: 2026-11-26",
    ]
    assert [one.first.year for one in TEXTS.figure(after).dated] == [2024, 2026, 2027]


def test_a_figure_that_ends_holds_nothing_from_that_day_on():
    after = TEXTS.with_value(CABLE, Dated(TODAY, None, SHOP), TODAY)

    assert "  2026-11-26:\n" in after
    assert TEXTS.figure(after).dated[1].value is None


def test_a_value_taken_back_takes_its_source_and_note_along():
    noted = TEXTS.with_value(CABLE, Dated(TODAY, "3.00", SHOP, "先试"), TODAY)

    after = TEXTS.without_value(noted, TODAY)

    assert changed(CABLE, after) == ["-checked_on: 2026-11-23", "+checked_on: 2026-11-26"]


def test_a_list_of_names_stays_on_its_line():
    text = (
        CABLE.replace("CNY", "names").replace('"2.00"', "[中通, 圆通]").replace('"5.00"', "[EMS]")
    )

    after = TEXTS.with_value(text, Dated(TODAY, ["顺丰", "EMS"], SHOP), TODAY)

    assert "  2026-11-26: [顺丰, EMS]\n" in after
    assert TEXTS.figure(after).unit is Unit.NAMES


@pytest.mark.parametrize("path", of_kind("scripts_zh/*.yml"), ids=lambda p: p.stem)
def test_another_wording_of_any_step_touches_no_other_line(path):
    before = path.read_text(encoding="utf-8")
    for step, variants in TEXTS.wording(before).items():
        after = TEXTS.with_wording(before, step, ["另一种说法: 好的", *variants[1:]])

        assert len(changed(before, after)) == 2
        assert TEXTS.wording(after)[step][0] == "另一种说法: 好的"


def test_a_wording_is_added_and_taken_away_and_its_neighbours_keep_their_comments():
    before = "# 打招呼\nwelcome:\n  - 您好\n  - 在的  # 短的\n  - 欢迎\nbye:\n  - 再见\n"

    more = TEXTS.with_wording(before, "welcome", ["您好", "在的", "欢迎", "来了"])
    fewer = TEXTS.with_wording(before, "welcome", ["您好", "在的"])

    assert changed(before, more) == ["+  - 来了"]
    assert changed(before, fewer) == ["-  - 欢迎"]
    assert TEXTS.with_wording("", "welcome", ["您好"]) == "welcome:\n  - 您好\n"
    assert TEXTS.with_wording("welcome:\n  - 您好\n", "welcome", []) == ""


@pytest.mark.parametrize("path", of_kind("bot/policy/shops/*/faq.yml"), ids=lambda p: p.parent.name)
def test_another_answer_touches_no_other_line(path):
    before = path.read_text(encoding="utf-8")
    name, held = next(iter(TEXTS.answers(before).items()))

    after = TEXTS.with_answer(before, name, Answer(held.questions, "新的答案"))
    more = TEXTS.with_answer(before, "answer_1", Answer(("送什么", "有赠品吗"), "没有赠品"))

    assert len(changed(before, after)) == 2
    assert changed(before, more) == [
        "+answer_1:",
        "+  questions: [送什么, 有赠品吗]",
        "+  answer: 没有赠品",
    ]
    assert TEXTS.with_answer(more, "answer_1", None) == before


@pytest.mark.parametrize("text", ["values: [", "- a\n- b\n", "title: x\n"])
def test_a_text_that_holds_no_figure_is_told_apart(text):
    with pytest.raises(Unreadable):
        TEXTS.figure(text)
