"""What chance alone would do to a figure, with draws that the test chooses."""

from collections.abc import Sequence
from itertools import count
from random import Random

import pytest

from bot.core.significance import (
    RESAMPLES,
    Interval,
    Intervals,
    exact_mcnemar,
    intervals,
    paired,
)
from tests.judged_builders import GREET, REFUND, RETURN, judged

RIGHT, WRONG = judged(RETURN, RETURN), judged(RETURN, GREET)


def drawn(seed: int = 1):
    chance = Random(seed)
    return lambda places: chance.choices(range(places), k=places)


def every_message_once(places: int) -> Sequence[int]:
    return range(places)


def test_without_chance_an_interval_is_the_figure_itself():
    messages = [RIGHT, judged(RETURN, GREET, RETURN), judged(REFUND, GREET)]

    found = intervals(messages, every_message_once)

    # return: 2*1/(2 meant + 1 understood); refund: 0.
    macro_f1 = (2 / 3 + 0) / 2
    assert found.top1 == Interval(1 / 3, 1 / 3)
    assert found.top3 == Interval(2 / 3, 2 / 3)
    assert found.macro_f1 == Interval(macro_f1, macro_f1)


def test_an_interval_leaves_out_a_fortieth_of_the_resamples_at_each_end():
    # A message right and one wrong: a few resamples draw the right one twice, as many the wrong one.
    def draws(rare: int):
        turn = count()

        def draw(places: int) -> Sequence[int]:
            place = next(turn)
            return (0, 0) if place < rare else (1, 1) if place < 2 * rare else (0, 1)

        return draw

    few, many = RESAMPLES // 40 - 5, RESAMPLES // 40 + 5

    assert intervals([RIGHT, WRONG], draws(few)).top1 == Interval(0.5, 0.5)
    assert intervals([RIGHT, WRONG], draws(many)).top1 == Interval(0.0, 1.0)


def test_an_interval_of_many_messages_is_the_textbooks():
    # 70 % of 1000: 1.96 standard errors of 1.45 % on each side.
    found = intervals([*[RIGHT] * 700, *[WRONG] * 300], drawn()).top1

    assert found is not None
    assert found.low == pytest.approx(0.6716, abs=0.004)
    assert found.high == pytest.approx(0.7284, abs=0.004)


def test_that_rare_intents_are_absent_from_resamples_does_not_lift_the_macro_f1():
    # One frequent intent, always right, and nine of a single message, all wrong: 1/10 of F1.
    rare = [judged(f"rare_{number}", "nothing_else") for number in range(9)]
    messages = [*[RIGHT] * 50, *rare]

    found = intervals(messages, drawn()).macro_f1

    assert found is not None
    assert found.low <= 0.1 <= found.high


def test_the_same_draws_give_the_same_interval():
    messages = [*[RIGHT] * 7, *[WRONG] * 3]

    assert intervals(messages, drawn()) == intervals(messages, drawn())


def test_of_no_messages_there_are_no_intervals():
    assert intervals([], drawn()) == Intervals(None, None, None)


@pytest.mark.parametrize(
    ("mended", "spoilt", "p"),
    [
        (0, 0, 1.0),
        (1, 0, 1.0),  # a coin falls on one side or the other
        (5, 0, 2 / 2**5),  # 0.0625: five of five are not yet beyond chance
        (6, 0, 2 / 2**6),  # 0.03125: six of six are
        (1, 7, 2 * (1 + 8) / 2**8),
        (3, 3, 1.0),
        (20, 10, 0.09873714670538902),  # as binomtest(10, 30) of SciPy
    ],
)
def test_the_paired_test_is_a_coin_thrown_for_each_message_that_differs(mended, spoilt, p):
    assert exact_mcnemar(mended, spoilt) == pytest.approx(p)
    assert exact_mcnemar(spoilt, mended) == exact_mcnemar(mended, spoilt)


def test_the_paired_test_also_counts_hundreds_of_messages():
    assert 0 < exact_mcnemar(700, 300) < 1e-30


def test_two_runs_are_compared_message_by_message():
    before = [RIGHT, WRONG, WRONG, WRONG, RIGHT]
    now = [RIGHT, RIGHT, RIGHT, WRONG, WRONG]

    found = paired(before, now, every_message_once)

    assert found is not None
    assert (found.messages, found.before, found.now) == (5, 0.4, 0.6)
    assert found.difference == pytest.approx(0.2)
    assert (found.mended, found.spoilt, found.p) == (2, 1, 1.0)
    assert found.interval == Interval(0.2, 0.2)


def test_the_interval_of_a_difference_draws_each_message_with_both_its_answers():
    # Drawn apart, two runs of 50 % would differ by chance; message by message they are the same.
    same = [*[RIGHT] * 10, *[WRONG] * 10]

    found = paired(same, same, drawn())

    assert found is not None
    assert found.interval == Interval(0.0, 0.0)


def test_one_more_right_than_wrong_may_be_chance_and_twenty_more_are_not():
    before = [WRONG] * 100
    one_more, many_more = [RIGHT] + [WRONG] * 99, [RIGHT] * 20 + [WRONG] * 80

    little, much = paired(before, one_more, drawn()), paired(before, many_more, drawn())

    assert little is not None
    assert much is not None
    assert little.interval.low == 0.0
    assert 0.1 < much.interval.low < 0.2 < much.interval.high < 0.3


def test_of_no_messages_there_is_no_comparison():
    assert paired([], [], drawn()) is None
