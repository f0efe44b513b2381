"""Who has the customer at a moment."""

from datetime import datetime, timedelta

import pytest

from bot.core.attendance import Serves, since_colleague, who_serves
from bot.core.conversation import Reading, Speaker, Turn
from bot.core.moments import SHANGHAI

NOON = datetime(2026, 11, 26, 12, tzinfo=SHANGHAI)


def turn(minute: int, speaker: Speaker, step: str | None = None) -> Turn:
    at = NOON + timedelta(minutes=minute)
    return Turn(f"t{minute}", speaker, "…", at, Reading(step=step))


ASKED = turn(0, Speaker.CUSTOMER)
HANDED = turn(1, Speaker.BOT, "colleague_on_request")
LEFT = turn(1, Speaker.BOT, "takes_message")
COMING = turn(3, Speaker.BOT, "colleague_is_coming")
REPLY = turn(5, Speaker.AGENT)


@pytest.mark.parametrize(
    ("turns", "serves"),
    [
        ([], Serves.BOT),
        ([ASKED], Serves.BOT),
        ([ASKED, turn(1, Speaker.BOT, "look_again")], Serves.BOT),
        ([ASKED, HANDED], Serves.WAITING),
        ([ASKED, HANDED, COMING], Serves.WAITING),
        ([ASKED, LEFT], Serves.MESSAGE),
        ([ASKED, HANDED, REPLY], Serves.PERSON),
        ([ASKED, REPLY], Serves.PERSON),
    ],
)
def test_the_bot_has_the_customer_until_it_hands_over_or_a_person_writes(turns, serves):
    assert who_serves(turns, NOON + timedelta(hours=1)) is serves


@pytest.mark.parametrize(("hours", "serves"), [(24, Serves.PERSON), (24.1, Serves.BOT)])
def test_a_day_after_a_colleagues_last_word_the_bot_answers_again(hours, serves):
    assert who_serves([ASKED, REPLY], REPLY.at + timedelta(hours=hours)) is serves


def test_what_was_before_the_closing_is_over_and_what_came_after_is_not():
    turns = [ASKED, REPLY]

    assert since_colleague(turns, NOON + timedelta(hours=1), closed_at=REPLY.at) is None
    later = REPLY.at - timedelta(seconds=1)
    assert since_colleague(turns, NOON + timedelta(hours=1), closed_at=later) == (REPLY,)
