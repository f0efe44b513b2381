"""What became of the suggestions that stood before an agent."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LARGEST_EDIT = 0.6
"""A reply that differs more from every suggestion is the agent's own."""

type Distance = Callable[[str, str], float]
"""How much of the longer text has to be changed, from 0 to 1."""


class Action(StrEnum):
    UNCHANGED = "unchanged"
    EDITED = "edited"
    IGNORED = "ignored"
    """Something else was sent though there was a suggestion."""
    NOTHING = "nothing"
    """There was none, though the customer had asked something: it counts among the eligible."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A reply held against the suggestions."""

    action: Action
    distance: float = 0.0
    nearest: int | None = None
    """Which suggestion was sent, as it stood or edited, counted from 0."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An advice that a person had before them, and when they first had."""

    conversation_id: str
    message_id: str
    """The customer's message that it was on."""
    author: str
    at: datetime
    said_at: datetime
    """When the customer had written."""
    script: str
    """``<playbook>.<step>`` of the suggestions; empty where there were none."""
    suggestions: int


@dataclass(frozen=True, slots=True)
class Use:
    """One agent's reply to a customer's message. Only whether and how much it differs is kept."""

    conversation_id: str
    message_id: str
    at: datetime
    author: str
    script: str
    """``<playbook>.<step>`` of the suggestions shown; empty where there were none."""
    action: Action
    distance: float = 0.0
    corrected: bool = False
    """Somebody had to say first what the message is about."""
    released: bool = False
    """The guard had stopped it and a supervisor let it go."""
    about: str = ""
    """The customer's message that it answers."""
    shown_at: datetime | None = None
    """When the suggestions first stood before its author; nothing where no page told."""
    rank: int | None = None
    """Which suggestion was sent, the first is 1; nothing where none was."""
    variant: int | None = None
    """Which of the script's wordings that was."""

    @property
    def took(self) -> timedelta | None:
        """From the suggestions' appearance to the reply."""
        return None if self.shown_at is None else self.at - self.shown_at


class Outcome(StrEnum):
    """What became of a reply of which the guard said something."""

    BLOCKED = "block"
    """It was not sent as it stood."""
    WARNED = "warn"
    """It was sent all the same."""
    OVERRULED = "overruled"
    """It had been blocked, and a supervisor let it go."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that the guard said of a reply when it was to be sent."""

    at: datetime
    author: str
    rule: str
    severity: Outcome
    conversation_id: str = ""
    message_id: str = ""
    """The reply's: however often somebody tries to send it, it counts once."""


def compared(sent: str, suggested: Sequence[str], distance: Distance) -> Compared:
    """What was done with the suggestions, and how much the nearest one was changed."""
    if not suggested:
        return Compared(Action.NOTHING)
    plain = _plain(sent)
    changed, nearest = min((distance(_plain(one), plain), n) for n, one in enumerate(suggested))
    if changed == 0:
        return Compared(Action.UNCHANGED, 0.0, nearest)
    if changed <= LARGEST_EDIT:
        return Compared(Action.EDITED, changed, nearest)
    return Compared(Action.IGNORED, changed)


def _plain(text: str) -> str:
    return "".join(text.split())
