"""A practice dialogue: the trainee writes in free words, the customer answers, the desk looks on.

Nothing is graded that the desk would not say: advice, guard and step recognition are its own.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.core.grading import SURE, Exchange, Grade, grade
from bot.core.manner import is_kind
from bot.core.playbook import Step
from bot.core.policy import Policy
from bot.core.practice import Practice
from bot.core.practice_customer import Customer, Ending, Heard, Mind
from bot.core.recognition import Recognised
from bot.core.understanding import Entity, Intent, Understanding
from bot.language.extract import Extractor
from bot.services.desk import Desk, Message
from bot.services.ports import Conversations

LATER_LINES = "provide_info"
"""What the customer writes after the opening is understood as."""
CERTAIN = 0.9
LINE_EVERY = timedelta(minutes=1)


class Over(ValueError):
    """The dialogue has ended: the customer reads no further reply."""


@dataclass(frozen=True, slots=True)
class Room:
    """What dialogues are held with: a desk whose orders hold the practice customers' own."""

    desk: Desk
    conversations: Conversations
    policy: Callable[[], Policy]
    extractor: Extractor


@dataclass(frozen=True, slots=True)
class Line:
    """What one of the two wrote."""

    text: str
    reply: int = 0
    """The number of the trainee's reply, from 1; 0: the customer's."""


@dataclass
class Dialogue:
    """One dialogue with one customer; ``at`` moves on a minute a line."""

    room: Room
    practice: Practice
    at: datetime
    seed: int = 0
    exchanges: list[Exchange] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    _mind: Mind | None = None
    _hinted: bool = False
    _advice: dict[str, Any] = field(default_factory=dict)

    def open(self) -> tuple[str, ...]:
        """What the customer writes first."""
        self._mind, lines = self._customer.opens()
        self._hear(lines, self.practice.case)
        return lines

    def hint(self) -> str:
        """What the desk would say now. It costs."""
        self._hinted = True
        return self.suggestion

    @property
    def ending(self) -> Ending | None:
        """How it has ended; nothing while it goes on."""
        return self._mind.ending if self._mind else None

    def reply(self, text: str, script: str | None = None) -> tuple[str, ...]:
        """What the customer answers to these words.

        Args:
            script: ``<playbook>.<step>``, where they are a suggestion as it stood.

        Raises:
            Over: the dialogue has ended.
        """
        mind = self._mind
        if mind is None or mind.ending:
            raise Over(self.practice.id)
        self.at += LINE_EVERY
        findings = self.room.desk.check(self.practice.id, text, self.at)
        number = len(self.exchanges) + 1
        reply_id = f"{self.practice.id}-reply-{number}"
        done = self.room.desk.observe(self.practice.id, reply_id, text, self.at, script=script)
        self.exchanges.append(self._exchange(text, done, findings))
        self.lines.append(Line(text, number))
        self._mind, lines = self._customer.hears(mind, self._heard(text, done))
        self._hinted = False
        self._hear(lines, LATER_LINES)
        return lines

    def grade(self) -> Grade:
        """What it is worth as it stands."""
        return grade(self.exchanges, self.ending, self._goal(), self.suggestion)

    @property
    def suggestion(self) -> str:
        """The desk's first suggestion as things stand; empty where it has none."""
        replies = self._advice.get("replies")
        return str(replies[0]["text"]) if replies else ""

    @property
    def _customer(self) -> Customer:
        return Customer(self.practice, self.room.policy().manners, self.seed)

    def _exchange(
        self, text: str, done: Recognised | None, findings: Sequence[dict[str, Any]]
    ) -> Exchange:
        advice = self._advice
        step, replies, sources = self._step(done), advice["replies"], advice["verdict"]["sources"]
        documents = self.room.policy().documents
        return Exchange(
            text=text,
            advised=advice["step"],
            allowed=frozenset(one["script"].partition(".")[2] for one in replies),
            better=self.suggestion,
            source="；".join(f"{documents.get(s['doc'], s['doc'])} {s['at']}" for s in sources),
            title=self._title(),
            step=done.step if done else None,
            confidence=done.confidence if done else 0.0,
            decision=step.decision if step else None,
            findings=findings,
            hinted=self._hinted,
        )

    def _title(self) -> str:
        """What the advised step does."""
        advice = self._advice
        scripts = (one["script"].partition(".") for one in advice["replies"])
        books = (self.room.policy().playbooks[book] for book, _, _ in scripts)
        step = next((book.step(advice["step"]) for book in books), None)
        return step.title if step else str(advice["verdict"]["text"])

    def _heard(self, text: str, done: Recognised | None) -> Heard:
        """What the customer makes of the reply: a step only where it is sure."""
        conversation = self.room.conversations.load(self.practice.id)
        asked = conversation.turns[-1].reading.asked if conversation else ()
        step = self._step(done)
        if done is None or step is None or done.confidence < SURE:
            return Heard(asked=asked, kind=is_kind(text))
        return Heard(done.step, step.decision, asked, is_kind(text))

    def _step(self, done: Recognised | None) -> Step | None:
        book = self.room.policy().playbooks.get(done.playbook) if done else None
        return book.step(done.step) if book and done else None

    def _goal(self) -> str:
        books = self.room.policy().playbooks
        steps = (book.step(self.practice.goal) for book in books.values())
        own = books[self.practice.case].step(self.practice.goal)
        found = own or next(filter(None, steps), None)
        return found.title if found else self.practice.goal

    def _hear(self, lines: Sequence[str], intent: str) -> None:
        """Let the desk read what the customer wrote: the advice on the last line stands."""
        for place, text in enumerate(lines):
            self.at += LINE_EVERY
            self.lines.append(Line(text))
            line_id = f"{self.practice.id}-{len(self.exchanges)}-{place}"
            message = Message(self.practice.id, line_id, text, self.at, nickname=self.practice.id)
            self._advice = self.room.desk.advise(message, self._understood(text, intent))

    def _understood(self, text: str, intent: str) -> Understanding:
        found = self.room.extractor.extract(text)
        entities = tuple(Entity(e.entity, e.value, e.start, e.end, e.role) for e in found)
        return Understanding(text, (Intent(intent, CERTAIN),), entities)
