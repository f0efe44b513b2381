"""How long customers waited for a person's reply, and whether that was in time."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median, quantiles

from bot.core.attendance import HANDS_OVER
from bot.core.conversation import HANDED_OVER, Speaker, Turn
from bot.core.desk_list import ENDS
from bot.core.reply_clock import ReplyClock
from bot.core.shares import Share


@dataclass(frozen=True, slots=True)
class Wait:
    """A customer's wait for a person's reply."""

    since: datetime
    """When it began to count: of what was written at night, when people were there again."""
    until: datetime
    author: str
    due: datetime

    @property
    def length(self) -> timedelta:
        return self.until - self.since

    @property
    def in_time(self) -> bool:
        return self.until <= self.due


def waits(turns: Iterable[Turn], clock: ReplyClock) -> Iterator[Wait]:
    """From the first message that a person had to answer to that person's reply."""
    since: datetime | None = None
    last: datetime | None = None
    answered = False
    for turn in turns:
        if turn.speaker is Speaker.CUSTOMER:
            last = turn.at
            # Thanks for an answer wait for nothing.
            if since is None and not (answered and turn.reading.intent in ENDS):
                since = turn.at
        elif turn.speaker is Speaker.AGENT:
            if since is not None:
                # Who was answered at night all the same has not waited.
                begins = min(clock.begins(since), turn.at)
                yield Wait(begins, turn.at, turn.author, clock.due(since))
            since, answered = None, True
        elif turn.reading.step in HANDS_OVER:
            since = last
        elif turn.reading.step not in HANDED_OVER:
            since, answered = None, True  # the bot has answered: nobody else has to


@dataclass(frozen=True, slots=True)
class Waits:
    """The waits of one agent, of one hour, of one day, or of all."""

    name: str
    number: int
    median: timedelta | None
    most: timedelta | None
    """The ninetieth of a hundred."""
    in_time: Share


def summed(name: str, found: Sequence[Wait]) -> Waits:
    lengths = [wait.length for wait in found]
    in_time = Share(sum(wait.in_time for wait in found), len(found))
    return Waits(name, len(found), middle(lengths), nine_in_ten(lengths), in_time)


def middle(lengths: Sequence[timedelta]) -> timedelta | None:
    """Half of them are no longer than this."""
    if not lengths:
        return None
    return timedelta(seconds=median(length.total_seconds() for length in lengths))


def nine_in_ten(lengths: Sequence[timedelta]) -> timedelta | None:
    """Nine in ten of them are no longer than this."""
    seconds = [length.total_seconds() for length in lengths]
    if len(seconds) < 2:
        return middle(lengths)
    # Inclusive: of few, no wait is made up that is longer than all there were.
    return timedelta(seconds=quantiles(seconds, n=10, method="inclusive")[-1])
