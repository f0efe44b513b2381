"""What a message brings about beside its words: kept together with it, or not at all."""

from dataclasses import dataclass

from bot.core.promises import Promise


@dataclass(frozen=True, slots=True)
class Outcome:
    promises: tuple[Promise, ...] = ()


NOTHING = Outcome()
