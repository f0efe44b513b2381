"""What a shop's chats leave to learn from, masked: customers' messages, and labelled ones."""

import hashlib
import json
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.core.corrections import Correction

HELD_OUT = 4
"""One labelled message in so many is never learned from: models are compared on those."""


@dataclass(frozen=True, slots=True)
class Example:
    """A message with its label, and who gave it when, where that is known."""

    text: str
    intent: str
    author: str = ""
    date: str = ""

    @property
    def held_out(self) -> bool:
        """Whether models are compared on it; the same message always is, or never."""
        return int(hashlib.sha256(self.text.encode()).hexdigest(), 16) % HELD_OUT == 0


@dataclass(frozen=True, slots=True)
class ChatHistory:
    messages: tuple[str, ...] = ()
    """What customers wrote, each once."""
    replies: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Messages that were not understood and say alike."""

    messages: int
    words: tuple[str, ...]
    """Those that tell it from the rest."""
    examples: tuple[str, ...]
    near: tuple[str, ...]
    """The intents that come nearest, the likeliest first."""


def with_corrections(
    history: ChatHistory, corrections: Iterable[Correction], intents: Container[str]
) -> ChatHistory:
    """The history with what people have said of messages at the desk, as labelled messages.

    Of one text the latest correction counts; a label in the history counts before any, for it was
    given with more thought.

    Args:
        corrections: the oldest first.
        intents: the names that a label may have; what was chosen besides cannot be learned.
    """
    corrected = {
        one.text: Example(one.text, one.chosen, one.author, one.at.date().isoformat())
        for one in corrections
        if one.text and one.chosen in intents
    }
    labelled = {one.text: one for one in history.examples}
    messages = dict.fromkeys((*history.messages, *corrected))
    examples = {**corrected, **labelled}
    return ChatHistory(tuple(messages), history.replies, tuple(examples.values()))


def learned_and_held_out(
    examples: Sequence[Example],
) -> tuple[tuple[Example, ...], tuple[Example, ...]]:
    return (
        tuple(one for one in examples if not one.held_out),
        tuple(one for one in examples if one.held_out),
    )


def as_lines(examples: Iterable[Example]) -> Iterator[str]:
    """The examples as the lines of a history's file."""
    for one in examples:
        about = {"text": one.text, "intent": one.intent, "author": one.author, "date": one.date}
        yield json.dumps({k: v for k, v in about.items() if v}, ensure_ascii=False)
