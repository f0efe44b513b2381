"""What a trained model makes of labelled messages, without starting Rasa: to compare two models.

``python -m bot.nlu.judge MODEL.tar.gz FILE.jsonl`` prints the ranking of each line, best first.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from bot.nlu.context import reader_in

RANKED = 20


def rankings(model: Path, texts: Iterable[str]) -> Iterator[list[tuple[str, float]]]:
    """The ranking of each text, in their order; empty for one that says nothing."""
    reader = reader_in(model)
    for text in texts:
        confidences = reader.confidences(text)
        best_first = np.argsort(-confidences, kind="stable")[:RANKED]
        yield [(reader.intents[place], float(confidences[place])) for place in best_first]


if __name__ == "__main__":
    lines = Path(sys.argv[2]).read_text(encoding="utf-8").splitlines()
    for ranking in rankings(Path(sys.argv[1]), (json.loads(line)["text"] for line in lines)):
        sys.stdout.write(json.dumps(ranking, ensure_ascii=False) + "\n")
