"""Learns to tell intents apart, from labelled messages and from a shop's unlabelled ones.

With a history a teacher is trained first, who also knows the shop's words as vectors. It labels the
history's messages; the network that answers learns from them beside the labelled ones, and so hears
the shop's customers as they write, at no cost to the answer's speed.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import scipy.sparse
from sklearn.svm import LinearSVC

from bot.nlu.history import History
from bot.nlu.network import learn, softmax
from bot.nlu.reader import Reader
from bot.nlu.signs import Signs

TEACHER_STRICTNESS = 0.7
VECTOR_WEIGHT = 0.5
SURE_ENOUGH = 0.3
"""What the teacher is less sure of is not taught."""
COUNTS = 0.2
"""What a message labelled by the teacher counts beside one labelled by a person."""
MARGIN_SHARPNESS = 5.0
FEWEST_PASSES = 4


def teach(
    labelled: Sequence[tuple[str, str]],
    phrases: Sequence[str],
    history: History | None,
    passes: int,
    seed: int,
) -> Reader:
    """Everything that is needed to read messages."""
    labelled = [*labelled, *(history.corrections if history else ())]
    texts = [text for text, _ in labelled]
    names, numbers = np.unique([intent for _, intent in labelled], return_inverse=True)
    unlabelled = history.messages if history else ()
    signs = Signs.learn(texts, phrases, unlabelled)
    messages = signs.matrix(texts)
    shares = np.eye(len(names), dtype=np.float32)[numbers]
    counts = np.ones(len(texts), dtype=np.float32)
    if history:
        more, taught = _told_by_a_teacher(messages, numbers, texts, history, signs)
        messages = scipy.sparse.vstack([messages, more]).tocsr()
        shares = np.vstack([shares, taught])
        counts = np.append(counts, np.full(len(taught), COUNTS, dtype=np.float32))
        # So many steps as without them: there are more messages, and many are a little alike.
        passes = max(FEWEST_PASSES, round(passes * len(texts) / len(counts)))
    network = learn(messages, shares, counts, passes, seed)
    return Reader(signs, network, tuple(names.tolist()))


def _told_by_a_teacher(
    messages: scipy.sparse.csr_matrix,
    numbers: np.ndarray,
    texts: Sequence[str],
    history: History,
    signs: Signs,
) -> tuple[scipy.sparse.csr_matrix, np.ndarray]:
    """The history's messages that the teacher is sure enough of, and what it says they are."""
    teacher = LinearSVC(C=TEACHER_STRICTNESS)
    teacher.fit(_with_vectors(messages, texts, history), numbers)
    unlabelled = signs.matrix(history.messages)
    margins = teacher.decision_function(_with_vectors(unlabelled, history.messages, history))
    said = softmax(MARGIN_SHARPNESS * margins).astype(np.float32)
    sure = said.max(axis=1) >= SURE_ENOUGH
    return unlabelled[sure], said[sure]


def _with_vectors(
    messages: scipy.sparse.csr_matrix, texts: Sequence[str], history: History
) -> scipy.sparse.csr_matrix:
    vectors = VECTOR_WEIGHT * history.vectors.of(texts)
    return scipy.sparse.hstack([messages, scipy.sparse.csr_matrix(vectors)]).tocsr()
