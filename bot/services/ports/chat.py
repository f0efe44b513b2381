"""What the customers' chat needs from outside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.core.handed_over import HandedOver


class Handoffs(Protocol):
    """Keeps with what the bot has handed customers over."""

    def keep(self, handed: HandedOver) -> None:
        """Keep it; upon the same message once."""
        ...

    def latest(self, conversation_id: str) -> HandedOver | None: ...

    def between(self, start: datetime, end: datetime) -> Sequence[HandedOver]:
        """Those from the start until before the end, the earliest first."""
        ...


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that was looked into and may be shown."""

    kind: str
    """``image/jpeg`` or ``image/png``."""
    data: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture that a customer has sent."""

    id: str
    """Cannot be guessed: who knows it may see the picture."""
    conversation_id: str
    message_id: str
    kind: str
    """``image/jpeg`` or another one that browsers show."""
    width: int
    height: int
    at: datetime


class Photos(Protocol):
    """Keeps the pictures of conversations."""

    def keep(self, photo: Photo, data: bytes) -> None:
        """Keep it; the same message's once."""
        ...

    def of(self, conversation_id: str) -> Mapping[str, Photo]:
        """Those of a conversation, by message."""
        ...

    def read(self, photo_id: str) -> tuple[Photo, bytes] | None:
        """One with its content."""
        ...
