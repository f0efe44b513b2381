"""What a change of the rules would change: past conversations played through both versions."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.core.conversation import Conversation, Speaker
from bot.core.privacy import mask
from bot.core.understanding import Understanding
from bot.services.desk import Desk, Message
from bot.services.ports import Reader

COMPARED = ("case", "step", "decision", "decided_by", "amount")


@dataclass(frozen=True, slots=True)
class Change:
    """One advice that comes out differently; what stays the same is not told twice."""

    conversation: str
    message: str
    text: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    turn: int = 0
    """Which message of the conversation it is, counted from one."""
    case: str | None = None
    """The case that the message belongs to by now."""


@dataclass(slots=True)
class Compared:
    """How much was played; it grows while the changes are read."""

    conversations: int = 0
    advices: int = 0
    changed: int = 0
    of: int = 0
    """How many conversations there are to play; 0 where nobody has counted them."""


def compare(
    past: Iterable[Conversation], before: Desk, after: Desk, count: Compared
) -> Iterator[Change]:
    """Each advice whose decision, amount, step or wording differs, in the order of the log."""
    for conversation in past:
        count.conversations += 1
        for old, new in zip(_play(conversation, before), _play(conversation, after), strict=True):
            count.advices += 1
            if change := _change(conversation, old, new):
                count.changed += 1
                yield change


def _play(past: Conversation, desk: Desk) -> Iterator[Mapping[str, Any]]:
    """The advice on each message of the customer; replies are read as they were written."""
    for turn in past.turns:
        if turn.speaker is Speaker.CUSTOMER:
            yield desk.advise(
                Message(
                    past.id,
                    turn.id,
                    turn.text,
                    turn.at,
                    order_no=past.order_no,
                    nickname=past.nickname,
                    shop=past.shop,
                )
            )
        else:
            desk.observe(past.id, turn.id, turn.text, turn.at, turn.speaker)


def _change(past: Conversation, old: Mapping[str, Any], new: Mapping[str, Any]) -> Change | None:
    left, right = _compared(old), _compared(new)
    differing = [name for name in left if left[name] != right[name]]
    if not differing:
        return None
    ids = [turn.id for turn in past.turns]
    at = ids.index(old["message_id"])
    return Change(
        past.id,
        old["message_id"],
        mask(past.turns[at].text),
        {name: left[name] for name in differing},
        {name: right[name] for name in differing},
        at + 1,
        new["case"],
    )


def _compared(advice: Mapping[str, Any]) -> dict[str, Any]:
    replies = advice["replies"]
    return {
        **{name: advice[name] for name in COMPARED},
        "reply": replies[0]["text"] if replies else None,
    }


class Remembering:
    """Understands each text once, however often it is asked."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._known: dict[str, Understanding] = {}

    def understand(self, text: str) -> Understanding:
        if text not in self._known:
            self._known[text] = self._reader.understand(text)
        return self._known[text]
