"""An evaluation's page shows every figure, in the shop's words, and lets no text be more than text."""

import re
from collections.abc import Sequence
from datetime import datetime
from html import unescape
from typing import Any

import pytest

from bot.core.intents import FAMILIES, INTENTS
from bot.core.moments import SHANGHAI
from bot.core.understanding import Intent, Understanding
from bot.services.earlier_run import Answered, since
from bot.services.evaluation import Evaluation, evaluate, read_labelled
from bot.web.evaluation_matrix import matrix
from bot.web.evaluation_page import evaluation_page
from bot.web.evaluation_plots import Frame, milestones
from bot.web.evaluation_words import in_order, intent, p_value, points, tenths
from tests.judged_builders import GREET, NONSENSE, REFUND, RETURN, judged
from tests.services.test_evaluation import line

NOON = datetime(2026, 1, 2, 12, 0, tzinfo=SHANGHAI)
ATTACK = '<img src=x onerror="alert(1)">'


class Answering:
    """Understands each text as told, nothing where nothing is told."""

    def __init__(self, told: dict[str, tuple[str, float]]) -> None:
        self._told = told

    def understand(self, text: str) -> Understanding:
        if text not in self._told:
            return Understanding(text, unsure=True)
        name, sure = self._told[text]
        return Understanding(text, (Intent(name, sure),), unsure=sure < 0.4)


def measured(*rows: tuple[str, str, str, float], **more: Any) -> Evaluation:
    """Each row a text, its label, what was understood and how surely."""
    labelled = [line(text=text, intent=label, **more) for text, label, *_ in rows]
    told = {text: (guess, sure) for text, _, guess, sure in rows if guess}
    return evaluate(Answering(told), read_labelled(labelled))


def page(found: Evaluation, changes: Any = None, name: str = "dev.jsonl", top: int = 15) -> str:
    return evaluation_page(name, found, changes, NOON, top)


def words(html: str) -> str:
    """What a reader sees, in one line."""
    body = re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", body))).replace("\xa0", " ")


SHOP = measured(
    ("没有网线", "missing_cable", "missing_cable", 0.9),
    ("网线没给", "missing_cable", "missing_item", 0.6),
    ("你好", "greet", "greet", 0.8),
    ("今天股票怎么样", "out_of_scope", "greet", 0.3),
)


def test_the_figures_are_told_first():
    shown = words(page(SHOP))

    assert "评测 dev.jsonl" in shown
    assert "4 句标好意图的话，2026-01-02 12:00 测" in shown
    assert "首选答对 50.0 %" in shown


def test_both_plots_are_drawn_and_their_numbers_can_be_read():
    shown = page(SHOP)

    assert shown.count("<svg") == 2
    assert "把握 90–100 %：1 句，平均把握 90.0 %，答对 100.0 %" in unescape(shown).replace(
        "\xa0", " "
    )
    assert (
        "该答的答 85 % 时（门槛 0.60）：答了的里面 66.7 % 答对，与售后无关的拒掉 100.0 %"
        in words(shown)
    )


def test_a_confusion_is_shown_with_the_customers_words_and_how_sure_the_wrong_answer_was():
    shown = words(page(SHOP))

    assert "没收到网线 听成 少发或漏发 1 句 网线没给 60%" in shown


def test_the_turn_before_is_shown_with_the_message():
    before = [{"role": "customer", "text": "最早的"}, {"role": "agent", "text": "少了什么？"}]

    shown = words(page(measured(("没有", "missing_cable", "deny", 0.7), before=before)))

    assert "客服： 少了什么？ 没有 70%" in shown
    assert "最早的" not in shown


def test_only_as_many_confusions_are_listed_as_wanted():
    shown = words(page(SHOP, top=1))

    assert "还有 1 种更少见的" in shown
    assert "还有" not in words(page(SHOP, top=2))


def test_every_text_stays_a_text():
    found = measured(
        (ATTACK, ATTACK, "greet", 0.7),
        ("b", "greet", ATTACK + "2", 0.9),
        slice=ATTACK,
        before=[{"role": "agent", "text": ATTACK}],
    )
    changes = since([Answered("", ATTACK, (ATTACK,)), Answered("", "b", (ATTACK,))], found)

    shown = page(found, changes, name=ATTACK)

    assert "<img" not in shown
    assert shown.count("&lt;img src=x") > 10


def test_the_page_needs_nothing_from_elsewhere():
    shown = page(SHOP)

    assert "default-src 'none'" in shown
    assert re.findall(r"<(?:script|link|img|iframe)\b|\burl\(|@import|https?:", shown) == []
    assert "color-scheme: light dark" in shown


def test_nothing_measured_is_still_a_page():
    shown = words(page(evaluate(Answering({}), [])))

    assert "没有句子" in shown
    assert "没有听错的" in shown


def test_a_message_that_nothing_was_understood_of_has_its_place():
    shown = words(page(measured(("嗯", "affirm", "", 0.0))))

    assert "同意 听成 没听懂" in shown


def test_without_an_earlier_run_nothing_is_compared():
    assert "和上次比" not in words(page(SHOP))


def test_what_changed_since_an_earlier_run_is_shown_with_whether_it_may_be_chance():
    changes = since(
        [
            Answered("", "没有网线", ("missing_item",)),
            *(Answered("", one.text, one.guesses) for one in SHOP.judged[1:]),
        ],
        SHOP,
    )

    shown = words(page(SHOP, changes))

    assert (
        "首选答对从 25.0 % 到 50.0 %， +25.0 个百分点 ：改对 1 句，改错 0 句。可能只是碰巧（p 值 1.000）"
        in shown
    )
    assert "改对 应是 没收到网线：少发或漏发 → 没收到网线" in shown


def test_ten_messages_mended_and_none_spoilt_are_no_chance():
    texts = [str(number) for number in range(10)]
    found = measured(*((text, "greet", "greet", 0.9) for text in texts))
    changes = since([Answered("", text, ("thanks",)) for text in texts], found)

    assert "不像是碰巧（p 值 0.002）" in words(page(found, changes))


# ---- the matrix ----


def test_the_matrix_holds_only_intents_that_occur_in_the_families_order():
    found = matrix(
        [judged(NONSENSE, GREET), judged(RETURN, RETURN), judged("missing_cable", REFUND)]
    )

    assert [row.heading.title for row in found.rows] == ["没收到网线", "退货", "与售后无关"]
    assert [column.title for column in found.columns] == ["退货", "退款没收到", "打招呼"]


def test_a_cell_counts_its_messages_and_tells_them_in_words():
    (row,) = matrix([*[judged(RETURN, RETURN)] * 3, judged(RETURN, REFUND)]).rows

    right, wrong = row.cells
    assert row.messages == 4
    assert (right.times, right.right, wrong.times, wrong.right) == (3, True, 1, False)
    assert wrong.told == "退货 return_request → 退款没收到 refund_not_received：1 句，共 4 句"


@pytest.mark.parametrize(
    ("times", "of", "heat"),
    [(0, 20, 0), (1, 20, 0), (2, 20, 1), (4, 20, 1), (5, 20, 2), (9, 20, 3), (14, 20, 4)],
)
def test_a_cell_is_the_warmer_the_more_of_its_line_it_holds(times, of, heat):
    messages = [*[judged(RETURN, REFUND)] * times, *[judged(RETURN, GREET)] * (of - times)]

    (row,) = matrix([*messages, judged(REFUND, REFUND)]).rows[:1]

    refund = next(cell for cell in row.cells if "退款没收到" in cell.told)
    assert (refund.times, refund.heat) == (times, heat)


def test_a_new_family_begins_with_a_line_of_its_own():
    found = matrix(
        [judged(name, name) for name in ("missing_cable", "missing_item", RETURN, REFUND)]
    )

    assert [row.heading.new_family for row in found.rows] == [False, False, True, False]
    assert [column.new_family for column in found.columns] == [False, False, True, False]


def test_an_accepted_answer_stands_where_it_is_right():
    (row,) = matrix([judged(RETURN, REFUND, accept=(REFUND,))]).rows

    assert row.heading.title == "退款没收到"
    assert row.cells[0].right


def test_nothing_understood_comes_last_and_unknown_intents_before_it():
    names: Sequence[str | None] = [None, "made_up", "out_of_scope", "missing_cable"]

    assert sorted(names, key=in_order) == ["missing_cable", "out_of_scope", "made_up", None]
    assert [intent(name) for name in (None, "made_up")] == ["没听懂", "made_up"]


def test_every_intent_at_once_fits_into_the_page():
    rows = [
        (name, name, other, 0.5) for name, other in zip(INTENTS, reversed(INTENTS), strict=True)
    ]

    shown = page(measured(*rows))

    assert all(f'<th colspan="6" scope="rowgroup">{family}<' in shown for family in FAMILIES)
    assert shown.count("：1 句，共 1 句") == len(INTENTS)


# ---- words and places ----


def test_a_difference_has_its_sign():
    assert (points(0.012), points(-0.012), points(0.0)) == ("+1.2", "−1.2", "+0.0")


def test_what_is_not_certain_never_reads_as_certain():
    assert (tenths(0.999), tenths(1.0)) == ("99%", "100%")


def test_a_small_p_value_is_told_as_small():
    assert (p_value(0.0009), p_value(0.001), p_value(0.0495)) == ("< 0.001", "0.001", "0.050")


def test_shares_have_their_places_on_the_paper():
    frame = Frame(width=100, height=100, left=10, right=10, top=10, bottom=10)

    assert (frame.x(0), frame.x(0.5), frame.x(1)) == (10, 50, 90)
    assert (frame.y(0), frame.y(0.5), frame.y(1)) == (90, 50, 10)
    assert frame.line([(0, 0), (1, 1)]) == "10,90 90,10"


def test_the_table_of_thresholds_has_a_line_for_about_each_tenth():
    found = measured(*((str(n), "greet", "greet", n / 100) for n in range(1, 101)))

    shares = [one.answered for one in milestones(found.report.selective)]

    assert shares == sorted(shares)
    assert 10 <= len(shares) <= 12
    assert shares[-1] == 1.0
