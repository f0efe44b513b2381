"""Gathers messages that were not understood into groups that say alike, for a reviewer to name.

``python -m bot.nlu.clusters HISTORY MODEL.tar.gz`` prints a JSON object for each group, the largest
first: how many, its telling words, some messages of its middle, the intents it comes nearest to.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.cluster import KMeans

from bot.language.view import view
from bot.language.words import words
from bot.nlu.context import reader_in
from bot.nlu.history import MESSAGES, VECTORS, read_vectors
from bot.nlu.reader import Reader

UNSURE = 0.3
"""A message whose best intent is less likely than this is not understood."""
SHORTEST = 4
"""Characters below which a message is a fragment of a talk, and names no want of its own."""
IN_A_GROUP = 40
MOST_GROUPS = 40
SHOWN = 8
TELLING = 6
SEED = 1


@dataclass(frozen=True)
class Group:
    messages: int
    words: list[str]
    examples: list[str]
    near: list[str]


def groups_in(folder: Path, model: Path) -> list[Group]:
    """What this model does not understand of the history's messages."""
    reader = reader_in(model)
    every = (folder / MESSAGES).read_text(encoding="utf-8").splitlines()
    unclear = [text for text in every if _is_unclear(text, reader)]
    if len(unclear) < IN_A_GROUP:
        return []
    rows = read_vectors(folder / VECTORS).of(unclear)
    count = min(MOST_GROUPS, len(unclear) // IN_A_GROUP)
    found = KMeans(count, n_init=4, random_state=SEED).fit(rows)
    common = Counter(word for text in every for word in _words(text))
    groups = [
        _group(np.flatnonzero(found.labels_ == number), centre, unclear, rows, common, reader)
        for number, centre in enumerate(found.cluster_centers_)
    ]
    return sorted(groups, key=lambda group: -group.messages)


def _is_unclear(text: str, reader: Reader) -> bool:
    if len(view(text).text) < SHORTEST:
        return False
    confidences = reader.confidences(text)
    return not len(confidences) or float(confidences.max()) < UNSURE


def _group(
    places: np.ndarray,
    centre: np.ndarray,
    texts: Sequence[str],
    rows: np.ndarray,
    common: Counter[str],
    reader: Reader,
) -> Group:
    middle_first = places[np.argsort(np.linalg.norm(rows[places] - centre, axis=1))]
    inside = Counter(word for place in places for word in set(_words(texts[place])))
    telling = sorted(inside, key=lambda word: -(inside[word] ** 2) / (10 + common[word]))
    mean = np.mean([reader.confidences(texts[place]) for place in places], axis=0)
    near = [reader.intents[place] for place in np.argsort(-mean)[:3]]
    examples = [texts[place] for place in middle_first[:SHOWN]]
    return Group(len(places), telling[:TELLING], examples, near)


def _words(text: str) -> list[str]:
    return [word for word, _, _ in words(view(text).text) if len(word) > 1]


if __name__ == "__main__":
    for group in groups_in(Path(sys.argv[1]), Path(sys.argv[2])):
        sys.stdout.write(json.dumps(vars(group), ensure_ascii=False) + "\n")
