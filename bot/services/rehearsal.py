"""Plays a practice scenario with the desk's own replies: the way that a trainee is to find."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.core.policy import Policy
from bot.core.practice import Practice
from bot.core.understanding import Entity, Intent, Understanding
from bot.language.extract import Extractor
from bot.services.desk import Desk, Message

MOST_ROUNDS = 12
LATER_LINES = "provide_info"
"""What the customer writes after the opening is understood as."""
SURE = 0.9
LINE_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Rehearsed:
    steps: tuple[str, ...]
    """The steps that the desk took, in order."""
    reached: bool
    stuck: str = ""
    """Why it ended before the goal."""


class Rehearsal:
    """Rehearses on a desk whose orders hold the practice customers' own."""

    def __init__(self, desk: Desk, policy: Callable[[], Policy], extractor: Extractor) -> None:
        self._desk = desk
        self._policy = policy
        self._extractor = extractor

    def play(self, practice: Practice, at: datetime) -> Rehearsed:
        """Open with the first opening, take each first reply as sent, answer what it asks."""
        lines: Sequence[str] = practice.opening[:1]
        steps: list[str] = []
        while lines:
            if len(steps) == MOST_ROUNDS:
                return Rehearsed(tuple(steps), False, f"{MOST_ROUNDS} replies were not enough")
            intent = LATER_LINES if steps else practice.case
            advice = self._advised(practice, f"{len(steps)}", lines, intent, at)
            steps.append(advice["step"])
            if advice["step"] == practice.goal:
                return Rehearsed(tuple(steps), True)
            at += LINE_EVERY * (len(lines) + 1)
            reply = advice["replies"][0]
            reply_id = f"{practice.id}-reply-{len(steps)}"
            self._desk.observe(practice.id, reply_id, reply["text"], at, script=reply["script"])
            answers = tuple(self._answers(practice, advice))
            lines = answers + (practice.volunteers if len(steps) == 1 else ())
        return Rehearsed(tuple(steps), False, f"nothing to say to {steps[-1]}")

    def _advised(
        self, practice: Practice, number: str, lines: Sequence[str], intent: str, at: datetime
    ) -> dict[str, Any]:
        """The advice on the last of these lines, written one after the other."""
        advice: dict[str, Any] = {}
        for place, text in enumerate(lines):
            line_id = f"{practice.id}-{number}-{place}"
            moment = at + LINE_EVERY * place
            message = Message(practice.id, line_id, text, moment, nickname=practice.id)
            advice = self._desk.advise(message, self._heard(text, intent))
        return advice

    def _heard(self, text: str, intent: str) -> Understanding:
        found = self._extractor.extract(text)
        entities = tuple(Entity(e.entity, e.value, e.start, e.end, e.role) for e in found)
        return Understanding(text, (Intent(intent, SURE),), entities)

    def _answers(self, practice: Practice, advice: Mapping[str, Any]) -> Iterator[str]:
        """What the customer answers to the facts asked for, new ones before repeated questions."""
        playbook, _, step = advice["replies"][0]["script"].partition(".")
        taken = self._policy().playbooks[playbook].step(step)
        asked = [one["fact"] for one in advice["ask"]] or (taken.ask if taken else ())
        return (practice.knows[fact][0] for fact in asked if fact in practice.knows)
