"""What a message or a note says in facts, read with the shop's own patterns."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from bot.adapters.policy_files import load_policy
from bot.core.facts import Value
from bot.core.reading import Reader
from bot.language import dates
from bot.services.words import Words

TODAY = date(2026, 3, 12)
"""A Thursday."""

type Table = Mapping[str, Mapping[Value | None, Sequence[str]]]
"""Fact, value, messages; ``None`` stands for "says nothing about it"."""

_CHECKOUT = Path(__file__).parents[2]
_POLICY = load_policy(_CHECKOUT / "bot/policy", _CHECKOUT / "scripts_zh")
_READER = Reader(_POLICY.facts, dates.resolve)
_WORDS = Words()


def customer(text: str, *asked: str) -> dict[str, Value]:
    """The facts in a customer's message; ``asked`` are those the reply before it asked for."""
    return _READER.customer(_WORDS.marked(text), asked, TODAY)


def agent(text: str) -> dict[str, Value]:
    return _READER.agent(_WORDS.marked(text), TODAY)


def note(text: str) -> dict[str, Value]:
    return _READER.note(_WORDS.marked(text), TODAY)


def rows(table: Table) -> Iterator[tuple[str, Value | None, str]]:
    """The table as fact, value, message."""
    for fact, by_value in table.items():
        for value, messages in by_value.items():
            for message in messages:
                yield fact, value, message
