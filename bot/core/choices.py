"""Which cases to choose from when a message was not understood surely: the likeliest few."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.core.intents import can_be_meant, intent_title
from bot.core.policy import Policy
from bot.core.understanding import TALK, Intent

FEWEST, MOST = 2, 3
"""One case alone is no choice, and more than these are not taken in at a glance."""
WORTH_A_LOOK = 0.05
"""A third case that is less likely than this is right too seldom to be read every time."""


@dataclass(frozen=True, slots=True)
class Choice:
    case: str
    """The intent's name."""
    title: str
    confidence: float


def choices(ranking: Sequence[Intent], case: str | None, policy: Policy) -> tuple[Choice, ...]:
    """The best cases of a ranking, best first; none where it leaves nothing to choose.

    Args:
        case: the one that is open: without one, a message that is talk alone is about nothing.
    """
    best = [*_offered(ranking, case, policy)][:MOST]
    last = best[FEWEST:]
    if last and last[0].confidence < WORTH_A_LOOK:
        best = best[:FEWEST]
    if len(best) < FEWEST:
        return ()
    return tuple(Choice(i.name, intent_title(i.name, policy), i.confidence) for i in best)


def _offered(ranking: Sequence[Intent], case: str | None, policy: Policy) -> Iterator[Intent]:
    """What may be chosen; of thanks, a yes and the like only the likeliest: all mean the same, that
    the message opens no case.
    """
    talked = False
    for place, intent in enumerate(ranking):
        if not can_be_meant(intent.name, policy):
            continue
        if intent.name in TALK:
            if talked or (case is None and place > 0):
                continue
            talked = True
        yield intent
