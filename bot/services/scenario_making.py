"""A practice scenario proposed from a conversation that was held: masked, for a lead to review."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256
from typing import Any

from bot.core.conversation import Conversation, Speaker, Turn
from bot.core.mood import Mood, mood_of
from bot.core.orders import Order
from bot.core.policy import Policy
from bot.core.privacy import mask
from bot.core.understanding import TALK

CONTACTS = frozenset({"nickname", "phone", "recipient", "address", "shop", "flag", "events"})
"""What of an order a scenario does not hold."""
NUMBERS = frozenset({"order_no", "tracking_no", "return_tracking_no"})
PERSONAS = {Mood.CALM: "hurried", Mood.ANXIOUS: "anxious", Mood.ANGRY: "rude"}
LEVELS = {Mood.CALM: 1, Mood.ANXIOUS: 2, Mood.ANGRY: 3}


class NothingToPractise(ValueError):
    """The conversation shows no case that was served."""


def proposed(
    conversation: Conversation, orders: Sequence[Order], policy: Policy
) -> tuple[str, dict[str, Any]]:
    """The case, and the scenario as its file holds it.

    Raises:
        NothingToPractise: no case was opened, or no step of it carried out.
    """
    opened = next((turn for turn in conversation.turns if _opens(turn)), None)
    case = opened.reading.case if opened else None
    book = policy.for_intent(case) if case else None
    own = [turn.reading.step for turn in conversation.turns if _serves(turn, case)]
    goal = next((step for step in reversed(own) if book and step and book.step(step)), None)
    if opened is None or book is None or goal is None:
        raise NothingToPractise(
            "这段对话里没有办成的事 nothing in it was served; choose another one"
        )
    mood, same = mood_of(conversation.turns), [p for p in policy.practices if p.case == book.id]
    order = [_order(one, opened.at.date()) for one in orders]
    return book.id, {
        "id": f"{book.id}_{len(same) + 1}",
        "title": mask(opened.text)[:30],
        "level": LEVELS[mood],
        "persona": PERSONAS[mood],
        "patience": 5 - LEVELS[mood],
        **({"order": order[0] if len(order) == 1 else order} if order else {}),
        "opening": [mask(opened.text)],
        "knows": {fact: [text] for fact, text in _told(conversation.turns)},
        "goal": goal,
    }


def _opens(turn: Turn) -> bool:
    case = turn.reading.case
    return turn.speaker is Speaker.CUSTOMER and bool(case) and case not in TALK


def _serves(turn: Turn, case: str | None) -> bool:
    return turn.speaker is not Speaker.CUSTOMER and turn.reading.case == case


def _told(turns: Sequence[Turn]) -> Iterator[tuple[str, str]]:
    """What was asked for, with the words that answered it."""
    asked: tuple[str, ...] = ()
    for turn in turns:
        if turn.speaker is not Speaker.CUSTOMER:
            asked = turn.reading.asked
            continue
        for fact in asked:
            if fact in turn.reading.said:
                yield fact, mask(turn.text)


def _order(order: Order, day: date) -> dict[str, Any]:
    """The order as scenario files write it: days from the conversation's, no contacts."""
    given = {name: value for name, value in asdict(order).items() if name not in CONTACTS}
    given["notes"] = [mask(note.text) for note in order.notes]
    written: dict[str, Any] = _written(given, day)
    return written


def _written(value: Any, day: date) -> Any:
    match value:
        case datetime():
            return (value.date() - day).days
        case Decimal():
            return f"{value:.2f}"
        case StrEnum():
            return value.value
        case Mapping():
            kept = {
                name: _number(one) if name in NUMBERS else _written(one, day)
                for name, one in value.items()
                if one is not None
            }
            return {name: one for name, one in kept.items() if one not in ("", [], {})}
        case list() | tuple():
            return [_written(one, day) for one in value]
        case _:
            return value


def _number(number: str) -> str:
    """Another number of the same form: nobody's order is found by it."""
    drawn = int.from_bytes(sha256(number.encode()).digest(), "big")
    digits = iter(str(drawn))
    return "".join(next(digits) if one.isdigit() else one for one in number)
