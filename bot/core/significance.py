"""How far a figure can be trusted: what chance alone would make of it, with other messages.

Chance itself comes in as an argument, so that the same draws give the same intervals.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from math import comb
from statistics import NormalDist

from bot.core.judged import Judged
from bot.core.metrics import Answer, counted_macro_f1

type Draw = Callable[[int], Sequence[int]]
"""As many places as there are, each drawn from all of them; each call draws anew."""

RESAMPLES = 1000
NORMAL = NormalDist()
EACH_END = NORMAL.inv_cdf(0.975)
"""Standard deviations from the middle that leave 2.5 % out at each end."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Where a figure lies in 95 % of the resamples, by the bias-corrected percentile bootstrap
    (Efron 1981): rare intents are absent from many resamples, whose macro-F1 comes out the higher.
    """

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Intervals:
    """Those of a group's figures; none of no messages."""

    top1: Interval | None
    top3: Interval | None
    macro_f1: Interval | None


@dataclass(frozen=True, slots=True)
class Paired:
    """Two runs on the same messages. Shares are 0 to 1."""

    messages: int
    before: float
    """Share of first guesses that were right."""
    now: float
    interval: Interval
    """Of the difference ``now`` less ``before``, each message drawn with both answers."""
    mended: int
    """Messages right now and wrong before."""
    spoilt: int
    """Messages wrong now and right before."""
    p: float
    """How often chance alone would part two equally good runs as far: ``exact_mcnemar``."""

    @property
    def difference(self) -> float:
        return self.now - self.before


def intervals(judged: Sequence[Judged], draw: Draw) -> Intervals:
    """95 % intervals of a group's figures."""
    if not judged:
        return Intervals(None, None, None)
    answers = [(one.credited, one.guess) for one in judged]
    in_three = [one.right_in_three for one in judged]
    everywhere = range(len(judged))
    drawn = [_figures(answers, in_three, draw(len(judged))) for _ in range(RESAMPLES)]
    found = _figures(answers, in_three, everywhere)
    return Intervals(*map(_interval, found, zip(*drawn, strict=True)))


def paired(before: Sequence[Judged], now: Sequence[Judged], draw: Draw) -> Paired | None:
    """How the first guesses of two runs compare, message by message; none of no messages."""
    if not now:
        return None
    # 1 where a message was mended, -1 where it was spoilt.
    changes = [new.right - old.right for old, new in zip(before, now, strict=True)]
    resampled = [
        sum(changes[place] for place in draw(len(changes))) / len(changes) for _ in range(RESAMPLES)
    ]
    mended, spoilt = changes.count(1), changes.count(-1)
    return Paired(
        messages=len(now),
        before=sum(one.right for one in before) / len(before),
        now=sum(one.right for one in now) / len(now),
        interval=_interval(sum(changes) / len(changes), resampled),
        mended=mended,
        spoilt=spoilt,
        p=exact_mcnemar(mended, spoilt),
    )


def exact_mcnemar(mended: int, spoilt: int) -> float:
    """The two-sided p-value of the exact paired test (McNemar 1947): how often a coin thrown for
    each message on which the runs differ would fall at least as lopsided.
    """
    differing = mended + spoilt
    one_side = sum(comb(differing, fewer) for fewer in range(min(mended, spoilt) + 1))
    return min(1.0, 2 * one_side / (1 << differing))


def _figures(
    answers: Sequence[Answer], in_three: Sequence[bool], places: Sequence[int]
) -> tuple[float, float, float]:
    """Top 1, top 3 and macro-F1 of the messages at these places."""
    counted = Counter(answers[place] for place in places)
    right = sum(counted[answer] for answer in counted if answer[0] == answer[1])
    three = sum(in_three[place] for place in places)
    return right / len(places), three / len(places), counted_macro_f1(counted) or 0.0


def _interval(figure: float, resampled: Collection[float]) -> Interval:
    ordered = sorted(resampled)
    below = (bisect_left(ordered, figure) + bisect_right(ordered, figure)) / 2 / len(ordered)
    least = 0.5 / len(ordered)
    bias = NORMAL.inv_cdf(min(max(below, least), 1 - least))
    low, high = (NORMAL.cdf(2 * bias + end) for end in (-EACH_END, EACH_END))
    last = len(ordered) - 1
    return Interval(ordered[round(low * last)], ordered[round(high * last)])
