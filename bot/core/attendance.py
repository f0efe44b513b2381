"""Who has the customer at a moment: the bot, a colleague who has been called, or a person."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from bot.core.conversation import Speaker, Turn

TAKES_MESSAGE = "takes_message"
HANDS_OVER = frozenset(
    {"colleague_on_request", "colleague_takes_over", "colleague_after_apology", TAKES_MESSAGE}
)
"""The steps by which the bot gives a customer to a colleague."""
COMPLAINTS = frozenset({"complaint", "bad_review", "platform_dispute"})
"""Who complains or is angry gets one apology from the bot, and then a person."""
A_VISIT = timedelta(hours=24)
"""After so long without a colleague's word the bot answers again, and counts anew."""


class Serves(StrEnum):
    BOT = "bot"
    WAITING = "waiting"
    """A colleague has been called."""
    MESSAGE = "message"
    """Outside the hours of service: the customer is asked to leave a message."""
    PERSON = "person"


def since_colleague(
    turns: Sequence[Turn], at: datetime, closed_at: datetime | None = None
) -> tuple[Turn, ...] | None:
    """The turns since the bot last handed over or a colleague wrote; ``None`` without either.

    Args:
        closed_at: since when nothing was left to do: what was before is over.
    """
    for number, turn in reversed([*enumerate(turns)]):
        if at - turn.at > A_VISIT or (closed_at and turn.at <= closed_at):
            return None
        if turn.speaker is Speaker.AGENT or turn.reading.step in HANDS_OVER:
            return tuple(turns[number:])
    return None


def who_serves(turns: Sequence[Turn], at: datetime, closed_at: datetime | None = None) -> Serves:
    """Who has the customer now."""
    since = since_colleague(turns, at, closed_at)
    if since is None:
        return Serves.BOT
    if since[0].speaker is Speaker.AGENT:
        return Serves.PERSON
    return Serves.MESSAGE if since[0].reading.step == TAKES_MESSAGE else Serves.WAITING
