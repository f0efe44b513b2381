"""Answering only what is understood surely enough: what is rejected, what is right, what it costs."""

import pytest

from bot.core.selective import MISTAKE, QUESTION, Point, cheapest_threshold, cost, selective
from tests.judged_builders import GREET, NONSENSE, REFUND, RETURN, judged


def inside(*confidences: float, guess: str = RETURN):
    return [judged(RETURN, guess, sure=sure) for sure in confidences]


def outside(*confidences: float, guess: str = RETURN):
    return [judged(NONSENSE, guess, sure=sure) for sure in confidences]


TWENTY = [number / 20 for number in range(1, 21)]


def test_at_the_threshold_85_of_100_messages_in_scope_are_answered():
    # 17 of 20 are at least 0.2 sure.
    found = selective([*inside(*TWENTY), *outside(0.1, 0.19, 0.2, 0.9)])

    assert found.at == Point(0.2, 0.85, 0.5, 1.0)


def test_where_85_of_100_cannot_be_had_exactly_a_few_more_are_answered():
    # Of 3, all three are needed: two were 67 %.
    assert selective(inside(0.3, 0.6, 0.9)).at == Point(0.3, 1.0, None, 1.0)


def test_messages_as_sure_as_the_threshold_are_all_answered():
    found = selective([*inside(*[0.5] * 10, *[0.9] * 10), *outside(0.5)])

    assert found.at == Point(0.5, 1.0, 0.0, 1.0)


def test_only_the_answered_messages_count_as_right_or_wrong():
    # The three least sure are not answered; of the other 17, five are wrong.
    messages = [*inside(*TWENTY[:15]), *inside(*TWENTY[15:], guess=REFUND)]

    at = selective(messages).at

    assert at is not None
    assert at.right == pytest.approx(12 / 17)


def test_what_is_taken_for_out_of_scope_is_rejected_however_sure():
    messages = [*inside(0.1), *outside(0.9, guess=NONSENSE), judged(NONSENSE), *outside(0.9)]

    at = selective(messages).at

    assert at is not None
    assert at.rejected == pytest.approx(2 / 3)


def test_when_too_many_are_taken_for_out_of_scope_no_threshold_answers_enough():
    lost = [*inside(*TWENTY[:16]), *inside(*TWENTY[16:], guess=NONSENSE)]
    kept = [*inside(*TWENTY[:17]), *inside(*TWENTY[17:], guess=NONSENSE)]

    assert selective(lost).at is None
    assert selective(kept).at == Point(0.05, 0.85, None, 1.0)


def test_a_message_that_may_be_out_of_scope_counts_on_neither_side():
    found = selective([judged(RETURN, RETURN, accept=(NONSENSE,), sure=0.1), *inside(0.5)])

    assert (found.in_scope, found.out_of_scope) == (1, 0)
    assert found.at == Point(0.5, 1.0, None, 1.0)


def test_the_curve_goes_from_the_highest_threshold_to_the_lowest_without_repeating_a_point():
    found = selective([*inside(0.2, 0.4, 0.8), judged(RETURN, GREET, sure=0.6), *outside(0.5)])

    assert found.curve == (
        Point(0.8, 0.25, 1.0, 1.0),
        Point(0.6, 0.5, 1.0, 0.5),
        Point(0.4, 0.75, 0.0, pytest.approx(2 / 3)),
        Point(0.2, 1.0, 0.0, 0.75),
    )


def test_of_no_messages_there_is_no_curve():
    found = selective([])

    assert (found.at, found.curve) == (None, ())


def test_a_wrong_suggestion_costs_more_than_a_choice_and_a_right_one_nothing():
    right, wrong = inside(0.9), inside(0.9, guess=REFUND)

    assert cost(right, 0.5) == 0
    assert cost(wrong, 0.5) == MISTAKE
    assert cost([*right, *wrong], 0.95) == QUESTION


def test_what_is_none_of_the_shops_business_costs_nothing_when_it_is_rejected():
    assert cost(outside(0.4), 0.5) == 0
    assert cost(outside(0.6), 0.5) == MISTAKE


def test_the_threshold_lies_where_a_choice_begins_to_cost_less_than_the_mistakes():
    # Up to .5 half of the answers are wrong, above it none.
    messages = [*inside(0.3, 0.5), *inside(0.3, 0.5, guess=REFUND), *inside(*[0.8] * 4)]

    assert cheapest_threshold(messages) == 0.51
    assert cheapest_threshold(inside(0.3, 0.8)) == 0


def test_of_no_messages_there_is_no_cost_and_no_threshold():
    assert cost([], 0.5) is None
    assert cheapest_threshold([]) is None
