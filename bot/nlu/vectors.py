"""Learns a shop's words as vectors from its masked chats: words used alike come to lie close.

``python -m bot.nlu.vectors HISTORY`` reads ``messages.txt`` (customers) and ``replies.txt``
(everybody else) of a history's folder and writes ``vectors.npz`` there.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bot.language.view import view
from bot.language.words import words
from bot.nlu.history import MESSAGES, REPLIES, VECTORS

SIZE = 200
WINDOW = 5
PASSES = 15
MET = 2
"""Times that a word must occur to be learned."""
SEED = 1
WORKERS = 2


def learn_vectors(folder: Path) -> None:
    """Write the vectors of everything that is said in this history."""
    said = [view(text).text for name in (MESSAGES, REPLIES) for text in _lines(folder / name)]
    of_words = _learned([[word for word, _, _ in words(text)] for text in said], parts=3)
    of_characters = _learned([list(f"^{text}$") for text in said], parts=0)
    np.savez_compressed(
        folder / VECTORS,
        words=np.array(of_words.index_to_key),
        word_vectors=of_words.vectors.astype(np.float16),
        characters=np.array(of_characters.index_to_key),
        character_vectors=of_characters.vectors.astype(np.float16),
    )


def _learned(sentences: Sequence[Sequence[str]], parts: int) -> Any:
    """fastText (skip-gram); rare words borrow from the parts of up to so many characters."""
    from gensim.models import FastText

    model = FastText(
        sentences,
        vector_size=SIZE,
        window=WINDOW,
        min_count=MET,
        sg=1,
        epochs=PASSES,
        workers=WORKERS,
        seed=SEED,
        min_n=1 if parts else 0,
        max_n=parts,
        bucket=200_000,
    )
    return model.wv


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


if __name__ == "__main__":
    learn_vectors(Path(sys.argv[1]))
