"""How long customers waited for a person, and what is no wait."""

from datetime import timedelta

import pytest

from bot.core.reply_clock import ReplyClock
from bot.core.shares import Share
from bot.core.waiting import middle, nine_in_ten, summed, waits
from tests.core.test_reply_clock import shop
from tests.core.turns import HANDS_OVER, agent, asks, bot

CLOCK = ReplyClock(shop())


def minutes(turns) -> list[float]:
    return [wait.length.total_seconds() / 60 for wait in waits(turns, CLOCK)]


@pytest.mark.parametrize(
    ("turns", "waited"),
    [
        ([asks(0), agent(2)], [2]),
        ([asks(0), asks(1), agent(2)], [2]),
        ([asks(0), bot(0.1), asks(5), bot(5.1, HANDS_OVER), agent(8)], [3]),
        ([asks(0), bot(0.1), agent(9)], []),
        ([asks(0), agent(1), agent(5)], [1]),
        ([asks(0), agent(1), asks(10), agent(14)], [1, 4]),
        ([asks(0)], []),
    ],
)
def test_a_customer_waits_from_the_first_message_a_person_has_to_answer(turns, waited):
    assert minutes(turns) == waited


def test_being_told_that_a_colleague_comes_ends_no_wait():
    turns = [asks(0), bot(0.1, HANDS_OVER), asks(1), bot(1.1, "colleague_is_coming"), agent(4)]

    assert minutes(turns) == [4]


def test_thanks_for_an_answer_wait_for_nothing_and_a_question_after_them_does():
    assert minutes([asks(0), agent(1), asks(2, "thanks"), agent(600)]) == [1]
    assert minutes([asks(0), agent(1), asks(2, "thanks"), asks(5), agent(7)]) == [1, 2]
    assert minutes([asks(0, "thanks"), agent(1)]) == [1]


def test_a_night_is_no_wait():
    midnight, morning = 12 * 60, 21 * 60

    assert minutes([asks(midnight), agent(morning + 30)]) == [30]
    assert minutes([asks(midnight), agent(midnight + 5)]) == [0]


def test_what_was_left_at_night_is_in_time_until_the_promised_hour():
    midnight, morning = 12 * 60, 21 * 60
    (kept,) = waits([asks(midnight), agent(morning + 60)], CLOCK)
    (late,) = waits([asks(midnight), agent(morning + 61)], CLOCK)

    assert kept.in_time
    assert not late.in_time


def test_waits_are_held_against_the_reply_clock_on_both_sides_of_it():
    found = [*waits([asks(0), agent(3), asks(10), agent(13.1), asks(20), agent(20.5)], CLOCK)]

    told = summed("全部", found)

    assert (told.number, told.median) == (3, timedelta(minutes=3))
    assert told.in_time == Share(2, 3)
    assert summed("谁", []).median is None


def test_nine_in_ten_of_few_is_no_longer_than_the_longest():
    lengths = [timedelta(minutes=1), timedelta(minutes=2)]

    assert nine_in_ten(lengths) == timedelta(minutes=1.9)
    assert nine_in_ten(lengths[:1]) == lengths[0]
    assert nine_in_ten([]) is middle([]) is None
