"""A customer whom the bot has given to a colleague: what was known then, what was asked again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.core.conversation import Speaker, Turn


class Why(StrEnum):
    """Why the bot gives the customer to a colleague."""

    DECISION = "decision"
    """The next step is not the bot's to take."""
    REQUEST = "request"
    """The customer wants a person."""
    NO_ANSWER = "no_answer"
    """It asked twice, or told twice, and that did not help."""


@dataclass(frozen=True, slots=True)
class Handoff:
    reason: Why
    to: str
    """The role that has to decide."""
    packet: Mapping[str, Any]
    """What the colleague reads, in words, contacts masked: the case, the order, the facts known,
    what the customer said, what was done, what is next.
    """
    known: tuple[str, ...]
    """The facts of the packet by their names: none of them has to be asked for again."""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A hand-over that has happened."""

    conversation_id: str
    message_id: str
    """The customer's message upon which it was."""
    at: datetime
    handoff: Handoff


def asked_again(handed: HandedOver, turns: Iterable[Turn]) -> tuple[str, ...]:
    """The facts of the packet for which an agent has asked the customer all the same."""
    asked = (
        name
        for turn in turns
        if turn.speaker is Speaker.AGENT and turn.at >= handed.at
        for name in turn.reading.asked
    )
    return tuple(dict.fromkeys(name for name in asked if name in handed.handoff.known))
