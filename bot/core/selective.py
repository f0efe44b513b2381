"""What is gained and lost by answering only where the understanding is sure enough.

The higher the confidence that an answer needs, the more of what is none of the shop's business is
rejected, the more of the answers are right, and the more customers with a real wish go unanswered
(selective classification: El-Yaniv and Wiener 2010).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from bot.core.judged import Judged, share
from bot.core.understanding import OUT_OF_SCOPE

PERCENT_ANSWERED = 85
"""Of the messages in scope: the point at which models are compared."""


@dataclass(frozen=True, slots=True)
class Point:
    """What becomes of the messages when an answer needs at least this confidence. Shares are 0 to
    1, none of no messages.
    """

    threshold: float
    answered: float
    """Share of the messages in scope."""
    rejected: float | None
    """Share of the messages out of scope."""
    right: float | None
    """Share of the answered messages in scope."""


@dataclass(frozen=True, slots=True)
class Selective:
    out_of_scope: int
    in_scope: int
    at: Point | None
    """Where ``PERCENT_ANSWERED`` of the messages in scope are answered; none where even without
    a threshold fewer are, because the others are taken to be out of scope.
    """
    curve: tuple[Point, ...]
    """From the highest threshold, one point for each whole percent answered that can be had."""


def selective(judged: Sequence[Judged]) -> Selective:
    """The trade-off between answering and rejecting."""
    outside = [one for one in judged if one.is_out_of_scope]
    inside = [one for one in judged if one.is_in_scope]
    points = {percent: _point(percent, inside, outside) for percent in range(1, 101)}
    curve = dict.fromkeys(point for point in points.values() if point)
    return Selective(len(outside), len(inside), points[PERCENT_ANSWERED], tuple(curve))


def _point(percent: int, inside: Sequence[Judged], outside: Sequence[Judged]) -> Point | None:
    """At the highest threshold at which this much of what is in scope is answered."""
    needed = ceil(Fraction(percent, 100) * len(inside))
    sure = sorted(one.confidence for one in inside if _answerable(one))
    if not 0 < needed <= len(sure):
        return None
    threshold = sure[-needed]
    answered = [one for one in inside if _answerable(one) and one.confidence >= threshold]
    return Point(
        threshold=threshold,
        answered=len(answered) / len(inside),
        rejected=share(outside, lambda one: not (_answerable(one) and one.confidence >= threshold)),
        right=share(answered, lambda one: one.right),
    )


def _answerable(one: Judged) -> bool:
    """What is understood as out of scope, or not at all, is rejected however sure that is."""
    return one.guess not in (OUT_OF_SCOPE, None)


MISTAKE, QUESTION = 2.5, 1.0
"""What it costs to suggest the wrong case, and to offer a choice instead: a wrong suggestion is
read, found wrong and searched past, a choice is one look and one key. Only the proportion counts.
"""


def cost(judged: Sequence[Judged], threshold: float) -> float | None:
    """The mean cost of a message where less sure answers are left to a choice; none of none.

    What is none of the shop's business costs nothing when it is rejected.
    """
    return sum(_cost(one, threshold) for one in judged) / len(judged) if judged else None


def cheapest_threshold(judged: Sequence[Judged]) -> float | None:
    """The confidence, to a hundredth, from which answering costs least over these messages."""
    if not judged:
        return None
    return min((percent / 100 for percent in range(101)), key=lambda at: cost(judged, at) or 0.0)


def _cost(one: Judged, threshold: float) -> float:
    answered = _answerable(one) and one.confidence >= threshold
    if answered:
        return 0.0 if one.right else MISTAKE
    return 0.0 if one.is_out_of_scope else QUESTION
