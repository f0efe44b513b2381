"""A confidence is held against how often the answers were right, each figure computed by hand."""

import pytest

from bot.core.calibration import Bin, calibration
from tests.judged_builders import GREET, RETURN, judged


def right(sure: float):
    return judged(RETURN, RETURN, sure=sure)


def wrong(sure: float):
    return judged(RETURN, GREET, sure=sure)


def test_there_are_ten_bins_of_a_tenth_each():
    bins = calibration([]).bins

    assert [(one.low, one.high) for one in bins] == [
        (0.0, 0.1),
        (0.1, 0.2),
        (0.2, 0.3),
        (0.3, 0.4),
        (0.4, 0.5),
        (0.5, 0.6),
        (0.6, 0.7),
        (0.7, 0.8),
        (0.8, 0.9),
        (0.9, 1.0),
    ]


def test_a_bin_tells_its_messages_their_mean_confidence_and_the_share_right():
    found = calibration([right(0.72), wrong(0.78), right(0.75), right(0.2)])

    assert found.bins[7] == Bin(0.7, 0.8, 3, pytest.approx(0.75), pytest.approx(2 / 3))
    assert found.bins[2] == Bin(0.2, 0.3, 1, 0.2, 1.0)
    assert found.bins[3] == Bin(0.3, 0.4, 0, None, None)


@pytest.mark.parametrize(
    ("sure", "place"), [(0.0, 0), (0.0999, 0), (0.1, 1), (0.7, 7), (0.8999, 8), (0.9, 9), (1.0, 9)]
)
def test_an_edge_belongs_to_the_upper_bin_and_certainty_to_the_last(sure: float, place: int):
    bins = calibration([right(sure)]).bins

    assert [one.messages for one in bins] == [int(number == place) for number in range(10)]


def test_the_calibration_error_weighs_each_bin_by_its_messages():
    # 0.7 to 0.8: 0.75 sure, 1/2 right, 2 of 3 messages; 0.2 to 0.3: 0.2 sure, all right, 1 of 3.
    found = calibration([right(0.72), wrong(0.78), right(0.2)])

    assert found.error == pytest.approx(2 / 3 * 0.25 + 1 / 3 * 0.8)


def test_confidence_that_comes_true_has_no_calibration_error():
    assert calibration([*[right(0.75)] * 3, wrong(0.75)]).error == 0.0


def test_the_brier_score_is_the_mean_squared_distance_from_what_came_true():
    # (1 - 0.7)² and (0.4 - 0)²
    assert calibration([right(0.7), wrong(0.4)]).brier == pytest.approx((0.09 + 0.16) / 2)


def test_certain_and_right_is_the_best_and_certain_and_wrong_the_worst():
    assert (calibration([right(1.0)]).brier, calibration([wrong(1.0)]).brier) == (0.0, 1.0)
    assert (calibration([right(1.0)]).error, calibration([wrong(1.0)]).error) == (0.0, 1.0)


def test_a_message_without_an_answer_counts_as_wrong_with_no_confidence():
    found = calibration([judged(RETURN)])

    assert found.bins[0] == Bin(0.0, 0.1, 1, 0.0, 0.0)
    assert (found.error, found.brier) == (0.0, 0.0)


def test_of_no_messages_there_are_no_figures():
    found = calibration([])

    assert (found.error, found.brier) == (None, None)
    assert {one.messages for one in found.bins} == {0}
