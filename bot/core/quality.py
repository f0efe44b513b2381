"""How the team does: what became of suggestions, how long customers waited, what the bot did.

Shares are of *eligible* replies: those to a customer's message, whether or not there was a
suggestion; leaving out the messages that the desk did not understand would flatter it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sqrt
from statistics import median, quantiles

from bot.core.attendance import HANDS_OVER
from bot.core.conversation import HANDED_OVER, Speaker, Turn
from bot.core.suggestion_use import Action, Use

_Z = 1.96
"""For an interval that holds the true share in 95 of 100 cases."""
COMPLAINTS = frozenset({"complaint", "ask_human"})
"""What a customer writes to whom the bot's answer was no help."""


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many; with few, the interval says how little that means."""

    count: int
    of: int

    @property
    def value(self) -> float | None:
        return self.count / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's, for 95 %."""
        if not self.of:
            return 0.0, 1.0
        n, p = self.of, self.count / self.of
        middle = (p + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
        half = _Z / (1 + _Z**2 / n) * sqrt(p * (1 - p) / n + _Z**2 / (4 * n**2))
        return max(middle - half, 0.0), min(middle + half, 1.0)


@dataclass(frozen=True, slots=True)
class Usage:
    """What became of the suggestions of one script, of one agent, or of all."""

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


def usage(name: str, uses: Sequence[Use]) -> Usage:
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
    )


def usages(named: Iterable[tuple[str, Use]]) -> list[Usage]:
    """By name, the most used first."""
    grouped: dict[str, list[Use]] = {}
    for name, use in named:
        grouped.setdefault(name, []).append(use)
    found = [usage(name, uses) for name, uses in grouped.items()]
    return sorted(found, key=lambda one: (-one.eligible, one.name))


@dataclass(frozen=True, slots=True)
class Wait:
    """How long a customer waited for a person's reply."""

    since: datetime
    until: datetime
    author: str

    @property
    def length(self) -> timedelta:
        return self.until - self.since


def waits(turns: Iterable[Turn]) -> Iterator[Wait]:
    """From the first message that a person had to answer to that person's reply."""
    since: datetime | None = None
    last: datetime | None = None
    for turn in turns:
        if turn.speaker is Speaker.CUSTOMER:
            since, last = since or turn.at, turn.at
        elif turn.speaker is Speaker.AGENT:
            if since is not None:
                yield Wait(since, turn.at, turn.author)
            since = None
        elif turn.reading.step in HANDS_OVER:
            since = last
        elif turn.reading.step not in HANDED_OVER:
            since = None  # the bot has answered: nobody else has to


@dataclass(frozen=True, slots=True)
class Waits:
    name: str
    number: int
    median: timedelta | None
    most: timedelta | None
    """The ninetieth of a hundred."""
    in_time: Share


def summed(name: str, found: Sequence[Wait], clock: timedelta) -> Waits:
    """The waits together, held against the shop's reply clock."""
    lengths = sorted(wait.length for wait in found)
    if not lengths:
        return Waits(name, 0, None, None, Share(0, 0))
    seconds = [length.total_seconds() for length in lengths]
    most = quantiles(seconds, n=10)[-1] if len(seconds) > 1 else seconds[0]
    in_time = Share(sum(length <= clock for length in lengths), len(lengths))
    middle = timedelta(seconds=median(seconds))
    return Waits(name, len(lengths), middle, timedelta(seconds=most), in_time)


@dataclass(frozen=True, slots=True)
class BotWork:
    """What the bot did in conversations that it began."""

    alone: Share
    """Conversations in which no person was needed, of those in which it answered."""
    mistakes: Share
    """Its answers that were followed at once by a complaint or a call for a person."""


def bot_work(conversations: Iterable[Sequence[Turn]]) -> BotWork:
    answered = alone = answers = mistaken = 0
    for turns in conversations:
        own = [n for n, turn in enumerate(turns) if _answers(turn)]
        answers += len(own)
        mistaken += sum(_is_complained_of(turns, n) for n in own)
        answered += bool(own)
        alone += bool(own) and not any(_is_persons(turn) for turn in turns)
    return BotWork(Share(alone, answered), Share(mistaken, answers))


def _answers(turn: Turn) -> bool:
    return turn.speaker is Speaker.BOT and turn.reading.step not in HANDS_OVER


def _is_persons(turn: Turn) -> bool:
    return turn.speaker is Speaker.AGENT or turn.reading.step in HANDS_OVER


def _is_complained_of(turns: Sequence[Turn], number: int) -> bool:
    following = turns[number + 1] if number + 1 < len(turns) else None
    return (
        following is not None
        and following.speaker is Speaker.CUSTOMER
        and following.reading.intent in COMPLAINTS
    )
