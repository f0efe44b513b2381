"""What the keeping of phrases needs from outside."""

from collections.abc import Sequence
from typing import Protocol

from bot.core.phrases import Phrase


class Pictures(Protocol):
    """Keeps pictures by names that cannot be guessed."""

    def keep(self, data: bytes) -> str:
        """The name under which it is kept.

        Raises:
            ValueError: it is no picture, or too large; the message says so.
        """
        ...

    def read(self, name: str) -> tuple[str, bytes] | None:
        """Its kind and content."""
        ...


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
