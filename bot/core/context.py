"""What a message wants, in the light of what was said before it: one calibrated ranking.

The classifier sees a message; the turns before it say what an answer answers. Both are weighed by
what was learned from labelled exchanges: the shorter a message, the more the others count.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.core.understanding import OUT_OF_SCOPE, TALK, Intent, Understanding, is_unsure

LEAST = 1e-4
"""The confidence of an intent that the classifier does not name."""
FADES = 0.6
"""How much less an earlier message of the customer counts than the one after it."""
RANKED = 20
DOUBT = 0.6
"""Added to the score of what is none of the shop's business: no examples cover all of it, and a
wrong suggestion costs more than a choice. Of the held-out messages it rejects three more in a
hundred, and takes a wish for none in one of five hundred.
"""


@dataclass(frozen=True, slots=True)
class ContextModel:
    """What was learned; the lists by length hold a number for each class of length."""

    intents: tuple[str, ...]
    trust: tuple[float, ...]
    """How much the classifier's ranking counts."""
    carry: tuple[float, ...]
    """How much it counts that an earlier message wanted the same."""
    reach: tuple[float, ...]
    """How much the other signs of the exchange count."""
    signs: Mapping[str, tuple[float, ...]]
    """For each sign a number for each intent."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """What is known of the turns before a message."""

    signs: Mapping[str, float]
    length: int
    """The message's class of length."""
    wanted: Sequence[Mapping[str, float]] = ()
    """The ranking of each earlier message of the customer, in their order."""


def in_context(heard: Understanding, exchange: Exchange, model: ContextModel) -> Understanding:
    """The same message with the ranking that the exchange makes likely; a message of which nothing
    was understood stays so.
    """
    if not heard.ranking:
        return heard
    scores = _scores(heard, exchange, model)
    shares = _shares(scores)
    ranked = sorted(zip(model.intents, shares, strict=True), key=lambda pair: -pair[1])
    ranking = tuple(Intent(name, share) for name, share in ranked[:RANKED])
    return replace(heard, ranking=ranking, unsure=is_unsure(ranking))


def carried(wanted: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """How much each intent is in the air: the strongest trace that an earlier message has left."""
    found: dict[str, float] = {}
    for age, ranking in enumerate(reversed(wanted)):
        for name, confidence in ranking.items():
            if name not in TALK:
                found[name] = max(found.get(name, 0.0), confidence * FADES**age)
    return found


def _scores(heard: Understanding, exchange: Exchange, model: ContextModel) -> list[float]:
    kind = exchange.length
    named = {intent.name: intent.confidence for intent in heard.ranking}
    before = carried(exchange.wanted)
    scores = [
        model.trust[kind] * math.log(named.get(name, 0.0) + LEAST)
        + model.carry[kind] * before.get(name, 0.0)
        + (DOUBT if name == OUT_OF_SCOPE else 0.0)
        for name in model.intents
    ]
    for sign, weight in exchange.signs.items():
        if told := model.signs.get(sign):
            reach = model.reach[kind] * weight
            scores = [score + reach * one for score, one in zip(scores, told, strict=True)]
    return scores


def _shares(scores: Sequence[float]) -> list[float]:
    highest = max(scores)
    raised = [math.exp(score - highest) for score in scores]
    total = sum(raised)
    return [one / total for one in raised]
