"""Whether a confidence can be believed: of answers given with 70 %, are seven of ten right?

The figures are those of Guo et al. 2017, "On Calibration of Modern Neural Networks", and Brier
1950, here of the first answer alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.judged import Judged, mean, share

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """The messages whose first answer has a confidence from ``low`` to under ``high``; the last
    bin holds a confidence of 1 too. Shares are 0 to 1, none of no messages.
    """

    low: float
    high: float
    messages: int
    confidence: float | None
    """The mean."""
    right: float | None


@dataclass(frozen=True, slots=True)
class Calibration:
    bins: tuple[Bin, ...]
    """Of equal width, from 0 to 1."""
    error: float | None
    """Expected calibration error, 0 (the best) to 1: how far confidence and share of right answers
    lie apart in a bin, on average over the messages.
    """
    brier: float | None
    """Mean squared distance of the confidence from 1 where the answer is right and from 0 where it
    is not: 0 (the best) to 1.
    """


def calibration(judged: Sequence[Judged]) -> Calibration:
    """A message without an answer counts as one of confidence 0 that is wrong."""
    sorted_in: list[list[Judged]] = [[] for _ in range(BINS)]
    for one in judged:
        sorted_in[min(int(one.confidence * BINS), BINS - 1)].append(one)
    bins = tuple(_bin(place, members) for place, members in enumerate(sorted_in))
    return Calibration(bins, _error(bins, len(judged)), mean([_distance(one) for one in judged]))


def _bin(place: int, members: Sequence[Judged]) -> Bin:
    confidence = mean([one.confidence for one in members])
    right = share(members, lambda one: one.right)
    return Bin(place / BINS, (place + 1) / BINS, len(members), confidence, right)


def _error(bins: Sequence[Bin], messages: int) -> float | None:
    apart = [
        abs(one.confidence - one.right) * one.messages
        for one in bins
        if one.confidence is not None and one.right is not None
    ]
    return sum(apart) / messages if messages else None


def _distance(one: Judged) -> float:
    # As a bool counts 1 or 0.
    return (one.confidence - one.right) ** 2
