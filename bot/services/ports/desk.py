"""What the desk's own use cases need from outside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.core.conversation import Conversation
from bot.core.desk_list import Mark
from bot.core.held import Held


@dataclass(frozen=True, slots=True)
class Seen:
    """A conversation with its channel and how far it was looked at."""

    conversation: Conversation
    channel: str
    mark: Mark


class DeskState(Protocol):
    """Keeps what the desk knows beside the conversations themselves."""

    def one(self, conversation_id: str) -> Seen | None: ...

    def since(self, moment: datetime) -> Sequence[Seen]:
        """The conversations in which somebody has written since then."""
        ...

    def looked(self, conversation_id: str, messages: int) -> bool:
        """So many of its messages were seen at the desk; whether that is news."""
        ...

    def delivered(self, conversation_id: str, messages: int) -> bool:
        """So many of its messages have reached the customer; whether that is news."""
        ...

    def close(self, conversation_id: str, at: datetime | None) -> None:
        """Nothing is left to do as of this moment; ``None``: there is, after all."""
        ...

    def draft(self, author: str, conversation_id: str) -> str:
        """What this person is writing there; empty where nothing."""
        ...

    def keep_draft(self, author: str, conversation_id: str, text: str, at: datetime) -> None:
        """Keep what is being written; an empty text forgets it."""
        ...


class HeldReplies(Protocol):
    """Keeps replies that the guard has stopped."""

    def hold(self, held: Held) -> Held:
        """Keep one that waits; the one with its number. Another of the same message is replaced."""
        ...

    def waiting(self, conversation_id: str) -> Held | None:
        """The one that waits in this conversation."""
        ...

    def waiting_in(self) -> Sequence[str]:
        """The conversations in which one waits."""
        ...

    def latest(self, conversation_id: str, author: str) -> Held | None:
        """This person's latest one there, whatever became of it."""
        ...

    def decide(self, held: Held) -> bool:
        """Keep what was decided; whether it still waited."""
        ...
