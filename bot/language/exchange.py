"""What the words before a message say about it: whose turn it was, what was asked, and of what.

These signs are counted where the model is trained and where a message is read: both always mean
the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.language.view import view
from bot.language.words import words

LENGTHS = (2, 4, 7, 12, 24)
"""Up to so many characters a message is of the first class, of the second …; else the last."""
_LAST_WORDS = 80
"""Characters of the agent's last message that are read: what is asked is asked at its end."""
_CUSTOMER_WORDS = 60
_ASKS = re.compile(r"(?:[?]|[吗呢么](?:[~。! 哦亲呀哈]|$))")
_CLAUSE_END = re.compile(r"[,。!?;~ ]+")


@dataclass(frozen=True)
class Said:
    """An earlier turn."""

    by_customer: bool
    text: str


def length_class(text: str) -> int:
    """How much a message says by itself: 0 for one or two characters, up to 5."""
    length = len(view(text).text)
    return next((number for number, most in enumerate(LENGTHS) if length <= most), len(LENGTHS))


def exchange_signs(before: Sequence[Said]) -> dict[str, float]:
    """The signs of the turns before a message, and what each weighs."""
    agent = _last_words(before, by_customer=False)[-_LAST_WORDS:]
    customer = _last_words(before, by_customer=True)[-_CUSTOMER_WORDS:]
    found = dict.fromkeys([*_standing(before), *_asked(agent)], 1.0)
    for kind, parts in (
        ("agent", _words(agent)),
        ("end", _end(agent)),
        ("customer", _words(customer)),
    ):
        distinct = dict.fromkeys(parts)
        # Together they weigh 1, however many words somebody needs.
        found |= {f"{kind}:{part}": len(distinct) ** -0.5 for part in distinct}
    return found


def _last_words(before: Sequence[Said], by_customer: bool) -> str:
    return next((s.text for s in reversed(before) if s.by_customer == by_customer), "")


def _standing(before: Sequence[Said]) -> Iterator[str]:
    """Who spoke last, and whether the conversation has only begun."""
    if not before:
        return
    yield "after_customer" if before[-1].by_customer else "after_agent"
    if len(before) <= 2:
        yield "early"


def _asked(agent: str) -> Iterator[str]:
    if agent:
        yield "asked" if _ASKS.search(view(agent).text[-12:]) else "told"


def _words(text: str) -> list[str]:
    return [word for word, _, _ in words(view(text).text)] if text else []


def _end(text: str) -> list[str]:
    """Pairs of characters in the last clause."""
    clauses = [clause for clause in _CLAUSE_END.split(view(text).text) if clause]
    marked = f"^{clauses[-1]}$" if clauses else ""
    return [marked[start : start + 2] for start in range(len(marked) - 1)]
