"""Finds messages that say nearly the same: what two intents both claim teaches nothing."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from bot.language.view import view

ALIKE = 0.8
"""Share of their pairs of characters that two near-duplicates have in common (Jaccard)."""
SHORTEST = 4
"""Shorter messages are near-duplicates only when they are the same."""
_SAYS = re.compile(r"[^\W_]")
"""A message of marks and pictures alone says nothing that another could say too."""
_NO_WORD = re.compile(r"[^\w№¤⌂☺☼◷⚓✉▣]+")


def said(text: str) -> str:
    """What a message says without how it is spelt and punctuated."""
    return _NO_WORD.sub("", view(text).text)


def twins(messages: Sequence[tuple[str, str]]) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """Pairs of messages (text, intent) that say nearly the same under different intents.

    Only messages that share one of their rarest pairs of characters are compared: any two that are
    alike enough do.
    """
    messages = [one for one in messages if _SAYS.search(said(one[0]))]
    parts = [_parts(said(text)) for text, _ in messages]
    common = Counter(part for one in parts for part in one)
    seen: dict[str, list[int]] = defaultdict(list)
    for number, (_, intent) in enumerate(messages):
        rarest_first = sorted(parts[number], key=lambda part: (common[part], part))
        telling = rarest_first[: len(rarest_first) - math.ceil(ALIKE * len(rarest_first)) + 1]
        others = {other for part in telling for other in seen[part]}
        for other in sorted(others):
            if messages[other][1] != intent and _alike(parts[number], parts[other]):
                yield messages[other], messages[number]
        for part in telling:
            seen[part].append(number)


def _parts(text: str) -> frozenset[str]:
    if len(text) < SHORTEST:
        return frozenset([text])
    return frozenset(text[start : start + 2] for start in range(len(text) - 1))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= ALIKE * len(one | other)
