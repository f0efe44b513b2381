"""What practice needs from outside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.core.filing import Filing
from bot.core.mastery import Mark, Requirement


class Mode(StrEnum):
    GUIDED = "guided"
    """What the desk would say is shown, and each reply is judged at once."""
    HINTS = "hints"
    """It is told when asked for, and costs."""
    UNAIDED = "unaided"
    TIMED = "timed"
    """Unaided, with others waiting, against the shop's reply clock."""


@dataclass(frozen=True, slots=True)
class Said:
    """A trainee's reply."""

    text: str
    hinted: bool = False
    """It was written after a look at the hint."""
    late_seconds: int = 0
    """How far over the shop's reply clock it came, where that counts."""


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
    mode: Mode = Mode.HINTS
    noise: bool = False
    """The customer writes as people do in a hurry."""
    shift: str = ""
    """Held at the same time as the others of this name; empty where it was alone."""
    spoken_at: datetime | None = None
    """When the customer last wrote."""
    filed: Filing | None = None


class Attempts(Protocol):
    """Keeps what people have practised."""

    def begin(self, attempt: Attempt) -> Attempt:
        """Keep a new one; it gets its number."""
        ...

    def one(self, attempt_id: int) -> Attempt | None: ...

    def keep(self, attempt: Attempt, marks: Sequence[Mark] = ()) -> None:
        """Keep it as it is now, and what it shows of its person's skill; both or neither."""
        ...

    def of(self, person: str) -> Sequence[Attempt]:
        """All of this person's, the latest first."""
        ...

    def passed(self, person: str) -> frozenset[str]:
        """The customers whom this person has passed; where what to say stood there it is not one's
        own.
        """
        ...

    def graded(self) -> Sequence[Attempt]:
        """Everybody's that are over, the oldest first."""
        ...

    def mark(self, person: str, marks: Sequence[Mark]) -> None:
        """Keep what a drill has shown."""
        ...

    def marks(self, person: str) -> Sequence[Mark]:
        """All that was shown of this person's skill, the oldest first."""
        ...

    def all_marks(self) -> Sequence[tuple[str, Mark]]:
        """Everybody's, with whose it is, the oldest first."""
        ...


class Required(Protocol):
    """Keeps which cases have to be passed in practice before they are served at the desk."""

    def all(self) -> dict[str, Requirement]:
        """What has to be passed, by case."""
        ...

    def require(self, case: str, what: Requirement) -> None:
        """Nothing required takes it back."""
        ...


class Spacing(Protocol):
    """Knows when something is due to be practised again."""

    def due(self, marks: Sequence[Mark]) -> datetime:
        """When, after these of one thing, the oldest first."""
        ...
