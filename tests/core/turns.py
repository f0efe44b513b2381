"""Turns of a conversation, minute by minute, for tests of what is counted in them."""

from datetime import datetime, timedelta

from bot.core.conversation import Reading, Speaker, Turn
from bot.core.moments import SHANGHAI

NOON = datetime(2026, 11, 26, 12, tzinfo=SHANGHAI)
HANDS_OVER = "colleague_on_request"


def turn(minute: float, speaker: Speaker, author: str = "", **reading: str) -> Turn:
    at = NOON + timedelta(minutes=minute)
    return Turn(f"t{minute}", speaker, "…", at, Reading(**reading), author)  # type: ignore[arg-type]


def asks(minute: float, intent: str = "missing_cable") -> Turn:
    return turn(minute, Speaker.CUSTOMER, intent=intent)


def bot(minute: float, step: str = "look_again", case: str = "missing_cable") -> Turn:
    return turn(minute, Speaker.BOT, step=step, case=case)


def agent(minute: float, author: str = "小周") -> Turn:
    return turn(minute, Speaker.AGENT, author)
