"""What was learned about messages, kept in a folder and asked about one message at a time."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.nlu.network import Network, softmax
from bot.nlu.signs import Signs

_SIGNS, _NETWORK = "signs.json", "network.npz"
SHARPNESS = 1.4
"""Smoothed labels make a network too modest: with this, of the held-out messages that get a
confidence of .7 about seven in ten are right.
"""
NOTHING = np.empty(0, dtype=np.float32)


@dataclass(frozen=True)
class Reader:
    """The signs, the network over them, and the names of what it tells apart."""

    signs: Signs
    network: Network
    intents: tuple[str, ...]

    def confidences(self, text: str) -> np.ndarray:
        """The share of each intent, in their order; empty for a message that says nothing."""
        places, weights = self.signs.row(text)
        if not len(places):
            return NOTHING
        return softmax(SHARPNESS * self.network.scores(places, weights))

    def save(self, folder: Path) -> None:
        content = {**self.signs.as_json(), "intents": self.intents}
        (folder / _SIGNS).write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        self.network.save(folder / _NETWORK)

    @classmethod
    def load(cls, folder: Path) -> Reader:
        content = json.loads((folder / _SIGNS).read_text(encoding="utf-8"))
        network = Network.load(folder / _NETWORK)
        return cls(Signs.from_json(content), network, tuple(content["intents"]))
