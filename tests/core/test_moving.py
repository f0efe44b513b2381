"""The same order or conversation on another day."""

from datetime import date, timedelta

import pytest

from bot.core.conversation import Conversation, Speaker, Turn
from bot.core.moving import moved, whole_weeks
from bot.core.orders import Note, Order
from tests.builders import moment

WEEK = timedelta(days=7)


def test_every_moment_is_moved_and_nothing_else():
    order = Order("1", received_at=moment(), notes=(Note("已打款", moment()),))

    later = moved(order, WEEK)

    assert later == Order(
        "1", received_at=moment() + WEEK, notes=(Note("已打款", moment() + WEEK),)
    )
    assert moved(None, WEEK) is None


def test_a_conversation_is_moved_with_its_turns():
    past = Conversation("c", turns=(Turn("0", Speaker.CUSTOMER, "在吗", moment()),))

    assert moved(past, WEEK).turns[0].at == moment() + WEEK


@pytest.mark.parametrize(
    ("since", "until", "days"),
    [
        (date(2026, 11, 26), date(2026, 11, 26), 0),
        (date(2026, 11, 27), date(2026, 11, 26), 0),
        (date(2026, 11, 25), date(2026, 11, 26), 7),
        (date(2026, 11, 19), date(2026, 11, 26), 7),
        (date(2026, 11, 18), date(2026, 11, 26), 14),
    ],
)
def test_it_is_moved_by_whole_weeks_so_that_a_monday_stays_one(since, until, days):
    assert whole_weeks(since, until) == timedelta(days=days)
