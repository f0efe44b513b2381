"""How alike two texts are: what share of their pairs of characters they have in common, rare
pairs counting more.
"""

import math
import re
from collections.abc import Iterable
from functools import cached_property

_WORD = re.compile(r"[^0-9a-z一-鿿]+")


def pairs(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters, letters folded, punctuation aside."""
    runs = _WORD.split(text.lower())
    return frozenset(run[i : i + 2] for run in runs for i in range(len(run) - 1))


class Likeness:
    """Compares texts by pairs; how rare a pair is comes from the texts given here."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = tuple(texts)

    @cached_property
    def _weights(self) -> dict[str, float]:
        counts: dict[str, int] = {}
        for text in self._texts:
            for pair in pairs(text):
                counts[pair] = counts.get(pair, 0) + 1
        total = 1 + len(self._texts)
        return {pair: (math.log(total / (1 + count)) + 1) ** 2 for pair, count in counts.items()}

    @cached_property
    def _rarest(self) -> float:
        return max(self._weights.values(), default=1.0)

    def __call__(self, left: frozenset[str], right: frozenset[str]) -> float:
        """Cosine of the weighted pairs, 0 to 1."""
        common = left & right
        if not common:  # nearly always
            return 0.0
        return self._sum(common) / math.sqrt(self._sum(left) * self._sum(right))

    def _sum(self, some: frozenset[str]) -> float:
        return sum(self._weights.get(pair, self._rarest) for pair in some)
