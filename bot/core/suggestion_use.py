"""What became of the suggestions that were shown before an agent's reply."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
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


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that the guard said of a reply when it was to be sent."""

    at: datetime
    author: str
    rule: str
    severity: str
    """``block``: it was not sent; ``warn``: it was sent all the same."""


def action(sent: str, suggested: Sequence[str], distance: Distance) -> tuple[Action, float]:
    """What was done with the suggestions, and how much the nearest one was changed."""
    if not suggested:
        return Action.NOTHING, 0.0
    changed = min(distance(_plain(one), _plain(sent)) for one in suggested)
    if changed == 0:
        return Action.UNCHANGED, 0.0
    return (Action.EDITED, changed) if changed <= LARGEST_EDIT else (Action.IGNORED, changed)


def _plain(text: str) -> str:
    return "".join(text.split())
