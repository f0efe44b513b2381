"""A small neural network over the signs of a message: one hidden layer, one score an intent."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.sparse

HIDDEN = 256
BATCH = 128
RATE = 2e-3
DROPPED_SIGNS, DROPPED_UNITS = 0.3, 0.5
"""Shares left out at random while learning: a message must be understood without any one sign."""
SMOOTHING = 0.1
"""How much of each label is spread over all intents: labels are not certain."""


@dataclass(frozen=True)
class Network:
    """The learned weights; half precision is as good and half as large."""

    inner: np.ndarray
    """A row for each sign."""
    inner_offset: np.ndarray
    outer: np.ndarray
    """A column for each intent."""
    outer_offset: np.ndarray

    def scores(self, places: np.ndarray, weights: np.ndarray) -> np.ndarray:
        """One score an intent for the message with these signs."""
        hidden = weights @ self.inner[places].astype(np.float32) + self.inner_offset
        return np.asarray(np.maximum(hidden, 0) @ self.outer + self.outer_offset)

    def all_scores(self, messages: scipy.sparse.csr_matrix) -> np.ndarray:
        """A row of scores for each message."""
        hidden = messages @ self.inner.astype(np.float32) + self.inner_offset
        return np.asarray(np.maximum(hidden, 0) @ self.outer + self.outer_offset)

    def save(self, path: Path) -> None:
        np.savez_compressed(
            path,
            inner=self.inner.astype(np.float16),
            inner_offset=self.inner_offset,
            outer=self.outer,
            outer_offset=self.outer_offset,
        )

    @classmethod
    def load(cls, path: Path) -> Network:
        # Plain arrays: a model file must not be able to run code.
        with np.load(path, allow_pickle=False) as file:
            return cls(file["inner"], file["inner_offset"], file["outer"], file["outer_offset"])


def softmax(scores: np.ndarray) -> np.ndarray:
    """Scores as shares of one, by row."""
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True))


def learn(
    messages: scipy.sparse.csr_matrix,
    shares: np.ndarray,
    counts: np.ndarray,
    passes: int,
    seed: int = 1,
) -> Network:
    """Learn from messages, the shares of each intent in each, and how much each message counts.

    The rate of learning falls evenly to nothing over the passes. The same seed on the same machine
    gives nearly the same network.
    """
    return _Lesson(messages.shape[1], shares.shape[1], seed).over(messages, shares, counts, passes)


class _Lesson:
    """One training run; TensorFlow, which Rasa brings along, is imported only here."""

    def __init__(self, signs: int, intents: int, seed: int) -> None:
        import tensorflow as tf

        self._tf = tf
        self._signs = signs
        self._chance = np.random.default_rng(seed)
        tf.random.set_seed(seed)
        self._inner = tf.Variable(tf.random.normal((signs, HIDDEN), stddev=0.05))
        self._inner_offset = tf.Variable(tf.zeros(HIDDEN))
        self._outer = tf.Variable(tf.random.normal((HIDDEN, intents), stddev=0.08))
        self._outer_offset = tf.Variable(tf.zeros(intents))
        self._optimizer = tf.keras.optimizers.legacy.Adam(RATE)
        self._step = tf.function(self._one_step, reduce_retracing=True, autograph=False)

    def over(
        self,
        messages: scipy.sparse.csr_matrix,
        shares: np.ndarray,
        counts: np.ndarray,
        passes: int,
    ) -> Network:
        soft = (shares * (1 - SMOOTHING) + SMOOTHING / shares.shape[1]).astype(np.float32)
        for number in range(passes):
            self._optimizer.lr.assign(RATE * (1 - number / passes))
            order = self._chance.permutation(messages.shape[0])
            for start in range(0, len(order), BATCH):
                chosen = order[start : start + BATCH]
                self._step(*self._batch(messages[chosen]), soft[chosen], counts[chosen])
        return Network(
            self._inner.numpy().astype(np.float16),
            self._inner_offset.numpy(),
            self._outer.numpy(),
            self._outer_offset.numpy(),
        )

    def _batch(self, rows: scipy.sparse.csr_matrix) -> tuple[np.ndarray, np.ndarray, np.int64]:
        """Where each sign stands, what it weighs, and how many messages there are."""
        rows.sort_indices()
        numbers = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
        places = np.stack([numbers, rows.indices], axis=1).astype(np.int64)
        return places, rows.data.astype(np.float32), np.int64(rows.shape[0])

    def _one_step(
        self,
        places: np.ndarray,
        weights: np.ndarray,
        messages: np.int64,
        shares: np.ndarray,
        counts: np.ndarray,
    ) -> None:
        tf = self._tf
        with tf.GradientTape() as tape:
            kept = tf.nn.dropout(weights, DROPPED_SIGNS)
            signs = tf.sparse.SparseTensor(places, kept, tf.stack([messages, self._signs]))
            inner = tf.sparse.sparse_dense_matmul(signs, self._inner) + self._inner_offset
            hidden = tf.nn.dropout(tf.nn.relu(inner), DROPPED_UNITS)
            scores = hidden @ self._outer + self._outer_offset
            losses = tf.nn.softmax_cross_entropy_with_logits(shares, scores)
            loss = tf.reduce_mean(losses * counts)
        learned = [self._inner, self._inner_offset, self._outer, self._outer_offset]
        steps = tape.gradient(loss, learned)
        self._optimizer.apply_gradients(list(zip(steps, learned)))  # noqa: B905 (inside TensorFlow)
