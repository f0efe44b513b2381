"""What the keeping of phrases needs from outside."""

from collections.abc import Sequence
from typing import Protocol

from bot.core.phrases import Phrase


class Phrases(Protocol):
    """Keeps phrases."""

    def of(self, name: str) -> Sequence[Phrase]:
        """Those this person may use: their own and everybody's, by folder and title."""
        ...

    def one(self, phrase_id: int) -> Phrase | None: ...

    def keep(self, phrase: Phrase) -> Phrase:
        """A new one, or the one of its number changed; as it is kept."""
        ...

    def drop(self, phrase_id: int) -> None: ...
