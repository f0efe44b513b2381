"""The reply clock runs while people are there, and at night holds to what the bot has promised."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.core.days import Unit
from bot.core.moments import SHANGHAI
from bot.core.parameters import Figures
from bot.core.reply_clock import ReplyClock
from tests.builders import figures, parameter


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


def shop(begins: str = "09:00", ends: str = "23:00", answered: str = "10:00") -> Figures:
    return figures(
        parameter("service_from", begins, Unit.CLOCK),
        parameter("service_until", ends, Unit.CLOCK),
        parameter("night_answer_by", answered, Unit.CLOCK),
        parameter("reply_minutes", 3, Unit.MINUTE),
    )


@pytest.mark.parametrize(
    ("written", "begins", "due"),
    [
        (at(26, 12), at(26, 12), at(26, 12, 3)),
        (at(26, 22, 59), at(26, 22, 59), at(26, 23, 2)),
        (at(26, 23), at(27, 9), at(27, 10)),
        (at(26, 3), at(26, 9), at(26, 10)),
        (at(26, 9), at(26, 9), at(26, 9, 3)),
    ],
)
def test_what_is_written_at_night_waits_from_the_morning_until_the_promised_time(
    written, begins, due
):
    clock = ReplyClock(shop())

    assert clock.begins(written) == begins
    assert clock.due(written) == due


def test_a_promise_before_anyone_is_there_makes_the_clock_no_shorter():
    assert ReplyClock(shop(answered="08:00")).due(at(26, 23)) == at(27, 9, 3)


def test_a_shop_that_is_always_there_has_no_night():
    clock = ReplyClock(shop(begins="00:00", ends="00:00"))

    assert clock.due(at(26, 3)) == at(26, 3, 3)


def test_each_wait_is_held_against_the_clock_of_its_own_day():
    three = parameter("reply_minutes", 3, Unit.MINUTE)
    raised = replace(three, values={**three.values, date(2026, 11, 27): 5})
    clock = ReplyClock(shop().with_({"reply_minutes": raised}))

    assert clock.limit(at(26, 12)) == timedelta(minutes=3)
    assert clock.limit(at(27, 12)) == timedelta(minutes=5)
