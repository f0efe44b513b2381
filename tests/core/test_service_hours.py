"""When somebody is there for customers, and by when a message left at night is answered."""

from datetime import datetime

import pytest

from bot.core.days import Unit
from bot.core.moments import SHANGHAI
from bot.core.parameters import Figures
from bot.core.service_hours import answered_by, in_words, somebody_is_there
from tests.builders import figures, parameter


def clocks(**times: str) -> Figures:
    return figures(*(parameter(name, time, Unit.CLOCK) for name, time in times.items()))


SHOP = clocks(service_from="09:00", service_until="23:00", night_answer_by="10:00")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("hour", "minute", "there"),
    [(8, 59, False), (9, 0, True), (22, 59, True), (23, 0, False), (0, 0, False)],
)
def test_people_serve_from_nine_until_eleven_at_night(hour, minute, there):
    assert somebody_is_there(SHOP, at(26, hour, minute)) is there


@pytest.mark.parametrize(
    ("hour", "there"), [(12, False), (13, True), (23, True), (0, True), (1, False), (2, False)]
)
def test_a_shop_may_serve_until_after_midnight(hour, there):
    late = clocks(service_from="13:00", service_until="01:00", night_answer_by="14:00")

    assert somebody_is_there(late, at(26, hour)) is there


def test_the_same_time_twice_means_round_the_clock():
    always = clocks(service_from="00:00", service_until="00:00", night_answer_by="10:00")

    assert all(somebody_is_there(always, at(26, hour)) for hour in range(24))


@pytest.mark.parametrize(
    ("left", "day", "words"),
    [
        (at(26, 23, 30), 27, "明天上午10点"),
        (at(27, 0, 5), 27, "今天上午10点"),
        (at(27, 9, 59), 27, "今天上午10点"),
        (at(27, 10, 0), 28, "明天上午10点"),
    ],
)
def test_what_is_left_at_night_is_answered_the_next_morning(left, day, words):
    due = answered_by(SHOP, left)

    assert due == at(day, 10)
    assert in_words(due, left) == words


def test_the_afternoon_and_minutes_are_said_as_people_say_them():
    assert in_words(at(27, 13, 30), at(26, 23)) == "明天下午1点30分"
