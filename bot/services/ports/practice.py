"""What practice needs from outside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Said:
    """A trainee's reply."""

    text: str
    hinted: bool = False
    """It was written after a look at the hint."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One dialogue of one person with one practice customer: from this it can be held again."""

    id: int
    person: str
    scenario: str
    seed: int
    began_at: datetime
    said: tuple[Said, ...] = ()
    hinted: bool = False
    """The hint was looked at since the last reply."""
    score: int | None = None
    """What it was worth; nothing while it goes on."""
    passed: bool = False


class Attempts(Protocol):
    """Keeps what people have practised."""

    def begin(self, person: str, scenario: str, seed: int, at: datetime) -> Attempt: ...

    def one(self, attempt_id: int) -> Attempt | None: ...

    def keep(self, attempt: Attempt) -> None:
        """Keep it as it is now."""
        ...

    def of(self, person: str) -> Sequence[Attempt]:
        """All of this person's, the latest first."""
        ...
