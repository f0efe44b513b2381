"""The signs of a message that the classifier weighs: characters, sounds, words, key phrases."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import scipy.sparse

from bot.language.normalise import normalise
from bot.language.sounds import sounds
from bot.language.view import view
from bot.language.words import words

PHRASE_WEIGHT = 0.3
"""What a key phrase weighs beside a text whose length is 1."""
_LABELLED, _UNLABELLED = 2, 5
"""Messages that a sign must be in."""
_LONGEST_READ = 1_000


class Signs:
    """Which signs there are, and what each weighs (TF-IDF of length 1, and the key phrases)."""

    def __init__(self, idf: dict[str, float], phrases: Sequence[str]) -> None:
        self.idf = idf
        self.phrases = list(phrases)
        self._index = {sign: place for place, sign in enumerate(idf)}
        self._weight = np.fromiter(idf.values(), dtype=np.float32, count=len(idf))
        self._patterns = [re.compile(phrase) for phrase in phrases]

    @classmethod
    def learn(
        cls,
        labelled: Sequence[str],
        phrases: Sequence[str],
        unlabelled: Sequence[str] = (),
    ) -> Signs:
        """The signs that several messages have; one that a single message has is as good as noise,
        and three signs of five are such.
        """
        known = Counter(sign for text in labelled for sign in set(signs_of(text)))
        met = Counter(sign for text in unlabelled for sign in set(signs_of(text)))
        kept = sorted(
            {sign for sign, count in known.items() if count >= _LABELLED}
            | {sign for sign, count in met.items() if count >= _UNLABELLED}
        )
        texts = len(labelled) + len(unlabelled)
        rarity = {s: float(np.log((1 + texts) / (1 + known[s] + met[s])) + 1) for s in kept}
        return cls({sign: round(rare, 4) for sign, rare in rarity.items()}, phrases)

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> Signs:
        return cls(content["idf"], content["phrases"])

    def as_json(self) -> dict[str, Any]:
        return {"idf": self.idf, "phrases": self.phrases}

    def __len__(self) -> int:
        return len(self.idf) + len(self.phrases)

    def row(self, text: str) -> tuple[np.ndarray, np.ndarray]:
        """The places and weights of a message's signs; of nothing known both are empty."""
        counts = Counter(self._index[s] for s in signs_of(text) if s in self._index)
        places = np.fromiter(counts, dtype=np.int32, count=len(counts))
        often = np.fromiter(counts.values(), dtype=np.float32, count=len(counts))
        weights = (1 + np.log(often)) * self._weight[places]
        weights /= max(float(np.sqrt(weights @ weights)), 1e-6)
        found = np.array(self._found(text), dtype=np.int32) + len(self.idf)
        return (
            np.append(places, found),
            np.append(weights, np.full(len(found), PHRASE_WEIGHT, dtype=np.float32)),
        )

    def matrix(self, texts: Iterable[str]) -> scipy.sparse.csr_matrix:
        """A row for each message."""
        rows = [self.row(text) for text in texts]
        starts = np.cumsum([0, *(len(places) for places, _ in rows)])
        places = np.concatenate([places for places, _ in rows]) if rows else np.empty(0, np.int32)
        weights = np.concatenate([w for _, w in rows]) if rows else np.empty(0, np.float32)
        return scipy.sparse.csr_matrix((weights, places, starts), shape=(len(rows), len(self)))

    def _found(self, text: str) -> list[int]:
        written = normalise(text[:_LONGEST_READ]).text
        return [place for place, pattern in enumerate(self._patterns) if pattern.search(written)]


def signs_of(text: str) -> Iterator[str]:
    """All signs of a message, each as often as it occurs; ^ and $ mark both ends."""
    seen = view(text).text
    if not seen:  # of a lone picture nothing is left, and nothing can be said
        return
    marked = f"^{seen}$"
    yield from marked
    yield from (marked[start : start + 2] for start in range(len(marked) - 1))
    heard = ["^", *sounds(seen), "$"]
    yield from (f"s:{one} {other}" for one, other in pairwise(heard))
    for word, _, _ in words(seen):
        yield f"w:{word}"
