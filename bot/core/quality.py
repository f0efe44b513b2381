"""What became of suggestions: of one script, of one agent, of a day, of all.

Shares are of *eligible* replies: those to a customer's message, whether or not there was a
suggestion; leaving out the messages that the desk did not understand would flatter it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from bot.core.shares import Share
from bot.core.suggestion_use import Action, Use
from bot.core.waiting import middle

USED = (Action.UNCHANGED, Action.EDITED)


@dataclass(frozen=True, slots=True)
class Usage:
    name: str
    eligible: int
    unchanged: Share
    edited: Share
    ignored: Share
    nothing: Share
    corrected: Share
    released: int
    median_edit: float | None
    """How much was changed where something was, from 0 to 1."""
    shown: int = 0
    """Customers' messages with a suggestion that somebody had before them."""
    took_with: timedelta | None = None
    """From the suggestion's appearance to the reply, where one was used: half take no longer."""
    took_without: timedelta | None = None
    """The same where the agent wrote something else."""

    @property
    def used(self) -> Share:
        """Sent as it stood, or edited."""
        return Share(self.unchanged.count + self.edited.count, self.eligible)


def usage(name: str, uses: Sequence[Use], shown: int = 0) -> Usage:
    n, done = len(uses), Counter(use.action for use in uses)
    edits = [use.distance for use in uses if use.action is Action.EDITED]
    return Usage(
        name,
        n,
        Share(done[Action.UNCHANGED], n),
        Share(done[Action.EDITED], n),
        Share(done[Action.IGNORED], n),
        Share(done[Action.NOTHING], n),
        Share(sum(use.corrected for use in uses), n),
        sum(use.released for use in uses),
        median(edits) if edits else None,
        shown,
        middle([use.took for use in uses if use.took is not None and use.action in USED]),
        middle([use.took for use in uses if use.took is not None and use.action not in USED]),
    )


def usages(named: Iterable[tuple[str, Use]], shown: Iterable[tuple[str, int]] = ()) -> list[Usage]:
    """By name, the most used first.

    Args:
        shown: how many messages with a suggestion were seen, by name.
    """
    seen = dict(shown)
    grouped: dict[str, list[Use]] = {name: [] for name in seen}
    for name, use in named:
        grouped.setdefault(name, []).append(use)
    found = [usage(name, uses, seen.get(name, 0)) for name, uses in grouped.items()]
    return sorted(found, key=lambda one: (-one.eligible, -one.shown, one.name))


def ranks(uses: Iterable[Use]) -> list[tuple[int, int]]:
    """Of the suggestions in their order, how often each was sent, as it stood or edited."""
    return sorted(Counter(use.rank for use in uses if use.rank is not None).items())
