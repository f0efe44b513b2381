"""What a shop's own chats teach: its messages, masked, its words as vectors, its corrections.

`shouhou learn` writes the folder; training reads it, and goes without where there is none.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.language.view import view
from bot.language.words import words

MESSAGES, REPLIES, CORRECTIONS = "messages.txt", "replies.txt", "corrections.jsonl"
VECTORS = "vectors.npz"


@dataclass(frozen=True)
class Vectors:
    """Words, and characters, that are used alike lie close together."""

    words: dict[str, np.ndarray]
    characters: dict[str, np.ndarray]

    def of(self, texts: Iterable[str]) -> np.ndarray:
        """A row for each message: the mean of its words beside that of its characters."""
        return np.stack([self._row(text) for text in texts])

    def _row(self, text: str) -> np.ndarray:
        seen = view(text).text
        said = _mean(self.words, [word for word, _, _ in words(seen)])
        return np.concatenate([said, _mean(self.characters, f"^{seen}$")])


def _mean(vectors: dict[str, np.ndarray], found: Iterable[str]) -> np.ndarray:
    known = [vectors[one] for one in found if one in vectors]
    size = len(next(iter(vectors.values())))
    if not known:
        return np.zeros(size, dtype=np.float32)
    mean = np.mean(known, axis=0, dtype=np.float32)
    return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-6), dtype=np.float32)


@dataclass(frozen=True)
class History:
    messages: tuple[str, ...]
    vectors: Vectors
    corrections: tuple[tuple[str, str], ...]
    """Message and intent, as colleagues at the desk have corrected it."""


def read_history(folder: Path) -> History | None:
    """The history in this folder; ``None`` when there is no such folder."""
    if not folder.is_dir():
        return None
    messages = (folder / MESSAGES).read_text(encoding="utf-8").splitlines()
    corrections = [
        json.loads(line) for line in (folder / CORRECTIONS).read_text(encoding="utf-8").splitlines()
    ]
    return History(
        tuple(messages),
        read_vectors(folder / VECTORS),
        tuple((one["text"], one["intent"]) for one in corrections),
    )


def read_vectors(path: Path) -> Vectors:
    # Plain arrays: a file of a history must not be able to run code.
    with np.load(path, allow_pickle=False) as file:
        return Vectors(
            _by_name(file["words"], file["word_vectors"]),
            _by_name(file["characters"], file["character_vectors"]),
        )


def _by_name(names: np.ndarray, rows: np.ndarray) -> dict[str, np.ndarray]:
    return dict(zip(names.tolist(), rows.astype(np.float32), strict=True))
