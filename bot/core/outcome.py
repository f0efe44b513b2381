"""What a message brings with it: it is kept with the message, or neither is."""

from dataclasses import dataclass

from bot.core.promises import Promise
from bot.core.record_changes import Draft


@dataclass(frozen=True, slots=True)
class Outcome:
    entries: tuple[Draft, ...] = ()
    promises: tuple[Promise, ...] = ()


NOTHING = Outcome()
