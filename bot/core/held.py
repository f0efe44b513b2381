"""A reply that the guard has stopped: it waits until somebody lets it go or gives it back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class HeldState(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Held:
    conversation_id: str
    message_id: str
    """The id under which it will be sent."""
    text: str
    script: str | None
    findings: Sequence[Mapping[str, Any]]
    author: str
    at: datetime
    id: int = 0
    state: HeldState = HeldState.WAITING
    decided_by: str = ""
    decided_at: datetime | None = None
    why: str = ""
