"""Learns from labelled exchanges how much the words before a message count beside the message.

Run after each training, on the model that was just trained and on exchanges that it has not seen:
``python -m bot.nlu.context MODEL.tar.gz EXCHANGES OUT.json``.
"""

from __future__ import annotations

import json
import sys
import tarfile
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse
from scipy.optimize import minimize

from bot.language.exchange import LENGTHS, Said, exchange_signs, length_class
from bot.nlu.reader import Reader

CLASSES = len(LENGTHS) + 1
LEAST, FADES = 1e-4, 0.6
"""As in `bot.core.context`, which applies what is learned here."""
TALK = frozenset(("greet", "thanks", "goodbye", "affirm", "deny", "provide_info", "urge_reply"))
SIGN_MET = 2
"""A sign in fewer exchanges teaches nothing."""
CAUTION, CLASS_CAUTION = 3e-3, 1e-2
"""How much evidence a weight needs; the classes of length lean on each other's like that."""


@dataclass(frozen=True)
class Labelled:
    before: tuple[Said, ...]
    text: str
    accept: tuple[str, ...]


@dataclass(frozen=True)
class _Figures:
    """The exchanges as numbers, a row each."""

    ranking: np.ndarray
    """The logarithm of the classifier's confidences."""
    carried: np.ndarray
    signs: scipy.sparse.csr_matrix
    length: np.ndarray
    wanted: np.ndarray


def learn(exchanges: Sequence[Labelled], reader: Reader) -> dict[str, Any]:
    """What `bot.core.context.ContextModel` holds, as JSON."""
    found = [exchange_signs(one.before) for one in exchanges]
    met = Counter(sign for signs in found for sign in signs)
    names = sorted(sign for sign, count in met.items() if count >= SIGN_MET)
    figures = _figures(exchanges, found, names, reader)
    trust, carry, reach, weights = _fitted(figures)
    return {
        "intents": list(reader.intents),
        "trust": _rounded(trust),
        "carry": _rounded(carry),
        "reach": _rounded(reach),
        "signs": {name: _rounded(row) for name, row in zip(names, weights, strict=True)},
    }


def _rounded(row: np.ndarray) -> list[float]:
    return [round(float(one), 3) for one in row]


def _figures(
    exchanges: Sequence[Labelled],
    found: Sequence[dict[str, float]],
    names: Sequence[str],
    reader: Reader,
) -> _Figures:
    place = {name: number for number, name in enumerate(names)}
    signs = scipy.sparse.lil_matrix((len(exchanges), len(names)))
    for row, one in enumerate(found):
        for sign, weight in one.items():
            if sign in place:
                signs[row, place[sign]] = weight
    return _Figures(
        np.log(np.stack([_confidences(one.text, reader) for one in exchanges]) + LEAST),
        np.stack([_carried(one, reader) for one in exchanges]),
        signs.tocsr(),
        np.array([length_class(one.text) for one in exchanges]),
        np.stack([_wanted(one, reader.intents) for one in exchanges]),
    )


def _confidences(text: str, reader: Reader) -> np.ndarray:
    known = reader.confidences(text)
    return known if len(known) else np.zeros(len(reader.intents))


def _carried(one: Labelled, reader: Reader) -> np.ndarray:
    """The strongest trace of each intent in the customer's earlier messages."""
    traces = [
        _confidences(said.text, reader) * FADES**age
        for age, said in enumerate(said for said in reversed(one.before) if said.by_customer)
    ]
    talk = np.isin(reader.intents, list(TALK))
    strongest = np.max(traces, axis=0) if traces else np.zeros(len(reader.intents))
    return np.where(talk, 0.0, strongest)


def _wanted(one: Labelled, intents: Sequence[str]) -> np.ndarray:
    """The label has at least half of the weight, the other right answers share the rest."""
    wanted = np.zeros(len(intents))
    for name in one.accept:
        wanted[intents.index(name)] += 0.5 / len(one.accept)
    wanted[intents.index(one.accept[0])] += 0.5
    return wanted


def _fitted(figures: _Figures) -> tuple[np.ndarray, ...]:
    intents, signs = figures.ranking.shape[1], figures.signs.shape[1]
    start = np.concatenate([np.ones(3 * CLASSES), np.zeros(signs * intents)])
    found = minimize(
        _loss, start, (figures,), jac=True, method="L-BFGS-B", options={"maxiter": 150}
    )
    return _parts(found.x, intents, signs)


def _parts(flat: np.ndarray, intents: int, signs: int) -> tuple[np.ndarray, ...]:
    trust, carry, reach = flat[: 3 * CLASSES].reshape(3, CLASSES)
    return trust, carry, reach, flat[3 * CLASSES :].reshape(signs, intents)


def _loss(flat: np.ndarray, figures: _Figures) -> tuple[float, np.ndarray]:
    """Cross entropy and its gradient; what is not known to help stays near where it started."""
    messages, intents = figures.ranking.shape
    trust, carry, reach, weights = _parts(flat, intents, figures.signs.shape[1])
    kind = figures.length
    told = figures.signs @ weights
    scores = (
        trust[kind, None] * figures.ranking
        + carry[kind, None] * figures.carried
        + reach[kind, None] * told
    )
    scores -= scores.max(axis=1, keepdims=True)
    shares = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    loss = -(figures.wanted * np.log(shares + 1e-12)).sum() / messages
    off = (shares - figures.wanted) / messages
    classes = np.stack([trust, carry, reach])
    loss += CAUTION / 2 * (weights**2).sum()
    loss += CLASS_CAUTION * ((classes - 1) ** 2).sum()
    by_class = np.stack(
        [
            np.bincount(kind, (off * part).sum(axis=1), CLASSES)
            for part in (figures.ranking, figures.carried, told)
        ]
    )
    gradient = [
        (by_class + 2 * CLASS_CAUTION * (classes - 1)).ravel(),
        (figures.signs.T @ (off * reach[kind, None]) + CAUTION * weights).ravel(),
    ]
    return float(loss), np.concatenate(gradient)


def read_exchanges(folder: Path) -> list[Labelled]:
    """Every line of the JSONL files of a folder."""
    files = sorted(folder.glob("*.jsonl"))
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return [_labelled(json.loads(line)) for line in lines if line]


def _labelled(row: dict[str, Any]) -> Labelled:
    before = [Said(turn["role"] == "customer", turn["text"]) for turn in row.get("before", ())]
    others = [name for name in row.get("accept", ()) if name != row["intent"]]
    return Labelled(tuple(before), row["text"], (row["intent"], *others))


def reader_in(model: Path) -> Reader:
    """The classifier's part of a Rasa model."""
    with tempfile.TemporaryDirectory() as folder, tarfile.open(model) as archive:
        for member in archive.getmembers():
            if "MessageClassifier" in member.name and member.isfile():
                member.name = Path(member.name).name
                archive.extract(member, folder)
        return Reader.load(Path(folder))


def main(model: Path, exchanges: Path, out: Path) -> None:
    learned = learn(read_exchanges(exchanges), reader_in(model))
    out.write_text(json.dumps(learned, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
