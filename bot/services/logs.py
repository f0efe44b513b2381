"""A shop's past conversations out of its log: one JSON object a line."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from bot.core.conversation import Conversation, Speaker, Turn
from bot.core.moments import SHANGHAI
from bot.core.scenario import TURN_EVERY


class LogError(ValueError):
    """A line of the log cannot be used; the message names line, field and mend."""

    def __init__(self, line: int, field: str, mend: str) -> None:
        super().__init__(f"line {line}: {field}: {mend}")


def read_log(lines: Iterable[str], now: datetime) -> Iterator[Conversation]:
    """The conversations of a JSONL file; empty lines are passed over.

    A line holds ``turns`` (each ``role`` and ``text``) and may hold ``id``, ``at`` (the moment of
    the first turn), ``order_no``, ``nickname`` and ``shop``.

    Args:
        now: taken as the moment of a conversation that tells none.

    Raises:
        LogError: a line is not JSON, lacks a field or has one of another kind.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _conversation(number, _parsed(number, line), now)


def _parsed(number: int, line: str) -> Mapping[str, Any]:
    try:
        content = json.loads(line)
    except ValueError as error:
        raise LogError(number, "line", f"must be JSON ({error})") from None
    if not isinstance(content, dict) or not isinstance(content.get("turns"), list):
        raise LogError(number, "turns", "write a list of turns, each with role and text")
    return content


def _conversation(number: int, content: Mapping[str, Any], now: datetime) -> Conversation:
    name = str(content.get("id") or f"line-{number}")
    at = _moment(number, content.get("at"), now)
    return Conversation(
        name,
        order_no=content.get("order_no"),
        nickname=content.get("nickname"),
        shop=content.get("shop") or "",
        turns=tuple(
            _turn(number, place, turn, at + place * TURN_EVERY)
            for place, turn in enumerate(content["turns"])
        ),
    )


def _turn(number: int, place: int, turn: Any, at: datetime) -> Turn:
    role = turn.get("role") if isinstance(turn, dict) else None
    text = turn.get("text") if isinstance(turn, dict) else None
    if role not in [speaker.value for speaker in Speaker]:
        raise LogError(number, f"turns[{place}].role", "write customer, agent or bot")
    if not isinstance(text, str):
        raise LogError(number, f"turns[{place}].text", "write the words as text")
    return Turn(f"{place}", Speaker(role), text, at)


def _moment(number: int, given: Any, now: datetime) -> datetime:
    if given is None:
        return now
    try:
        at = datetime.fromisoformat(given)
    except (TypeError, ValueError):
        raise LogError(number, "at", "write the moment as 2026-03-12T09:30") from None
    return at if at.tzinfo else at.replace(tzinfo=SHANGHAI)
