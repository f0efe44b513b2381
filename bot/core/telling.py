"""How much a text tells of each of several wordings: what a wording says more often than all
wordings taken together speaks for it.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

UNSEEN = 10_000
"""How many pieces people use besides those that are worded: a small shop's wording is not all of
the language.
"""

_FIGURE = re.compile(
    r"\{[a-z_]+\}|\d+(?:\.\d+)?|[一二两三四五六七八九十]+(?=[元块天月件周]|个[月工])"
)
_BREAK = re.compile(r"[^0-9a-z一-鿿]+")


def pieces(text: str) -> frozenset[str]:
    """The characters and pairs of neighbouring characters; any figure is like any other."""
    runs = _BREAK.split(_FIGURE.sub("0", text.lower()).replace("块", "元"))
    return frozenset(
        run[i : i + n] for run in runs for n in (1, 2) for i in range(len(run) - n + 1)
    )


def bag(texts: Iterable[str], weight: int = 1) -> Counter[str]:
    """In how many of the texts each piece occurs, times their weight."""
    counts = Counter(piece for text in texts for piece in pieces(text))
    return Counter({piece: count * weight for piece, count in counts.items()})


class Common:
    """How often each piece occurs in everything that is ever worded."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._counts = bag(texts)
        self._totals = [total + UNSEEN for total in _totals(self._counts)]

    def share(self, piece: str) -> float:
        """Its share among the pieces of its length; a piece nobody worded counts as seen once."""
        return (self._counts[piece] + 1) / self._totals[len(piece) - 1]


def _totals(counts: Mapping[str, int]) -> tuple[int, int]:
    pairs = sum(count for piece, count in counts.items() if len(piece) > 1)
    return sum(counts.values()) - pairs, pairs


class Telling:
    """Knows several wordings and says how much a text tells of each."""

    def __init__(self, wordings: Sequence[Mapping[str, int]], common: Common) -> None:
        self._size = len(wordings)
        self._gains: dict[str, list[tuple[int, float]]] = {}
        for number, wording in enumerate(wordings):
            totals = _totals(wording)
            for piece, count in wording.items():
                often = count / totals[len(piece) - 1] / common.share(piece)
                self._gains.setdefault(piece, []).append((number, math.log(1 + often)))

    def __call__(self, text: str) -> list[float]:
        """For each wording, in order: more than nothing where the text is rather this wording
        than any other, and less where most of its words are not found there.
        """
        said = pieces(text)
        # Each piece is held to come from the wording or from anywhere, with even chances.
        scores = [-math.log(2) * len(said)] * self._size
        for piece in said:
            for number, gain in self._gains.get(piece, ()):
                scores[number] += gain
        return [score / math.sqrt(len(said) or 1) for score in scores]
