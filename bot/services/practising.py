"""A practice dialogue: the trainee writes in free words, the customer answers, the desk looks on.

Nothing is graded that the desk would not say: advice, guard and step recognition are its own.
"""

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from bot.core.facts import Fact, Kind, Origin
from bot.core.filing import Filing
from bot.core.grading import Exchange, Grade, Point, Result, grade, points_of
from bot.core.guard_rules import Rule
from bot.core.manner import asks_for_patience, is_kind
from bot.core.playbook import Step
from bot.core.policy import Policy
from bot.core.practice import Practice
from bot.core.practice_checks import leads_to
from bot.core.practice_customer import Customer, Ending, Heard, Mind, Utterance
from bot.core.reading import Reader as FactReader
from bot.core.recognition import Recognised
from bot.core.understanding import Entity, Intent, Understanding
from bot.language import dates
from bot.language.extract import Extractor
from bot.language.noise import noisy
from bot.services.desk import Desk, Message
from bot.services.ports import Conversations
from bot.services.words import Words

NOISES = ("no_punctuation", "emoji", "homophones", "doubled")
"""How customers write in a hurry, where it is wanted; never so that it tells other things."""
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
    noise: bool = False
    """The customer writes as people do in a hurry."""
    exchanges: list[Exchange] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    filed: Filing | None = None
    right: Filing = field(default_factory=Filing)
    """What the rules want written down of the steps that were carried out."""
    _filing_source: str = ""
    _mind: Mind | None = None
    _hinted: bool = False
    _closed: bool = True
    _advice: dict[str, Any] = field(default_factory=dict)

    def open(self) -> tuple[str, ...]:
        """What the customer writes first."""
        self._mind, said = self._customer.opens()
        return self._hear(said)

    def hint(self) -> str:
        """What the desk would say now. It costs."""
        self._hinted = True
        return self.suggestion

    @property
    def ending(self) -> Ending | None:
        """How it has ended; nothing while it goes on."""
        return self._mind.ending if self._mind else None

    @property
    def over(self) -> bool:
        """The customer reads nothing more."""
        return self._mind is not None and self._mind.over

    @property
    def haggled_with(self) -> bool:
        """The customer has what the rules give and asks for more of it."""
        return bool(self._mind and self._mind.pushed and self._mind.ending is None)

    @property
    def to_file(self) -> bool:
        """It has come to its end, and what is to be written down is still to be said."""
        return self.over and self.filed is None and bool(self.ending and self.ending.served)

    @property
    def done(self) -> bool:
        """Nothing more is to be said or written down."""
        return self.over and not self.to_file

    def reply(
        self, text: str, script: str | None = None, late: timedelta | None = None
    ) -> tuple[str, ...]:
        """What the customer answers to these words.

        Args:
            script: ``<playbook>.<step>``, where they are a suggestion as it stood.
            late: how far over the shop's reply clock it comes.

        Raises:
            Over: the dialogue has ended.
        """
        mind = self._mind
        if mind is None or mind.over:
            raise Over(self.practice.id)
        self.at += LINE_EVERY
        findings = self.room.desk.check(self.practice.id, text, self.at)
        known = self._known(mind)
        number = len(self.exchanges) + 1
        reply_id = f"{self.practice.id}-reply-{number}"
        read = self.room.desk.observe(self.practice.id, reply_id, text, self.at, script=script)
        done = self._taken(read)
        exchange = replace(
            self._exchange(text, done, findings, known),
            late=late,
            closing=mind.expects_closing,
        )
        self.exchanges.append(exchange)
        self.lines.append(Line(text, number))
        heard, closing_due = self._heard(exchange, done), self.closing_due
        self._note(exchange, done)
        self._mind, said = self._customer.hears(mind, heard)
        if mind.expects_closing:
            self._closed = heard.farewell or not closing_due
        self._hinted = False
        return self._hear(said, heard.asked)

    def file(self, filing: Filing) -> None:
        """Say what is written down of it: where, how much, and when one looks again."""
        self.filed = filing

    def grade(self) -> Grade:
        """What it is worth as it stands."""
        result = Result(
            ending=self.ending,
            goal=self._goal(),
            closed=self._closed if self.over else not self.closing_due,
            better=self.suggestion,
            filed=self.filed,
            right=self.right,
            source=self._filing_source,
        )
        return grade(self.exchanges, result)

    @property
    def latest_points(self) -> tuple[Point, ...]:
        """What the latest reply has lost."""
        number = len(self.exchanges)
        return tuple(points_of(number, self.exchanges[-1])) if number else ()

    @property
    def suggestion(self) -> str:
        """The desk's first suggestion as things stand; empty where it has none."""
        replies = self._advice.get("replies")
        return str(replies[0]["text"]) if replies else ""

    @property
    def advice(self) -> Mapping[str, Any]:
        """The desk's advice as things stand."""
        return self._advice

    @property
    def advised(self) -> str:
        """``<playbook>.<step>`` that the desk advises as things stand; empty where none."""
        replies = self._advice.get("replies")
        return str(replies[0]["script"]) if replies else ""

    @property
    def puzzling(self) -> bool:
        """Nobody can be sure what the latest reply did; it costs nothing."""
        return bool(self.exchanges) and self.exchanges[-1].doubtful

    @property
    def _customer(self) -> Customer:
        return Customer(self.practice, self.room.policy().manners, self.seed)

    def _exchange(
        self,
        text: str,
        done: Recognised | None,
        findings: Sequence[dict[str, Any]],
        known: Container[str],
    ) -> Exchange:
        advice, policy = self._advice, self.room.policy()
        step, replies, sources = self._step(done), advice["replies"], advice["verdict"]["sources"]
        facts = policy.facts
        due = not self.exchanges and bool(replies)
        return Exchange(
            text=text,
            advised=advice["step"],
            allowed=frozenset(one["script"].partition(".")[2] for one in replies),
            better=self.suggestion,
            source="；".join(policy.cited(one["doc"], one["at"]) for one in sources),
            title=self._title(),
            step=done.step if done else None,
            confidence=done.confidence if done else 0.0,
            decision=step.decision if step else None,
            asks=bool(step and step.ask),
            question_due=bool(advice["ask"]),
            playbook=self.advised.partition(".")[0],
            findings=[{**one, "source": policy.named(one["source"])} for one in findings],
            hinted=self._hinted,
            again=tuple(facts[one].title for one in step.ask if one in known) if step else (),
            kindness_due=due and all(is_kind(one["text"]) for one in replies),
        )

    def _known(self, mind: Mind) -> frozenset[str]:
        """What need not be asked: what a step only took for granted may still be, and so may what
        the customer has hinted at and not yet told.
        """
        facts = self.room.desk.known(self.practice.id)
        untold = self.practice.wants[mind.want].knows.keys() - mind.told
        return frozenset(
            name
            for name in facts
            if not facts.is_implied(name)
            and not (name in untold and _said_by_customer(facts.get(name)))
        )

    def _title(self) -> str:
        """What the advised step does."""
        advice = self._advice
        scripts = (one["script"].partition(".") for one in advice["replies"])
        books = (self.room.policy().playbooks[book] for book, _, _ in scripts)
        step = next((book.step(advice["step"]) for book in books), None)
        return step.title if step else str(advice["verdict"]["text"])

    def _heard(self, exchange: Exchange, done: Recognised | None) -> Heard:
        """What the customer makes of the reply: a step only where it is sure."""
        conversation = self.room.conversations.load(self.practice.id)
        step = self._step(done)
        heard = Heard(
            asked=conversation.turns[-1].reading.asked if conversation else (),
            kind=is_kind(exchange.text),
            cold=any(found["rule"] == Rule.RESPECT for found in exchange.findings),
            late=exchange.late is not None,
            farewell=self._says_farewell(exchange.text),
            unclear=exchange.doubtful and not asks_for_patience(exchange.text),
            repeated=any(one.text == exchange.text for one in self.exchanges[:-1]),
        )
        # In doubt the reply did what was advised, where it may have.
        if done is None or step is None or (exchange.doubtful and not exchange.as_advised):
            return heard
        return replace(heard, step=done.step, decision=step.decision)

    def _says_farewell(self, text: str) -> bool:
        return any(one.search(text) for one in self.room.policy().guard.group("farewell"))

    @property
    def closing_due(self) -> bool:
        """The customer says thanks, and all the desk has left to say is a farewell."""
        served = self._mind is not None and self._mind.expects_closing
        return served and all(self._says_farewell(one["text"]) for one in self._advice["replies"])

    def _note(self, exchange: Exchange, done: Recognised | None) -> None:
        """What the rules want written down of a step that was advised and is carried out."""
        step = self._step(done)
        if step is None or exchange.closing or not exchange.as_advised:
            return
        amount, on = self._advice["amount"], (self._advice["follow_up"] or {}).get("on")
        register = self.room.policy().registers.get(step.record or "")
        if register or (step.id == exchange.advised and on):
            self._filing_source = exchange.source
        if register:
            self.right = replace(self.right, registers=self.right.registers | {register.name})
            if register.amount and amount:
                self.right = replace(self.right, amount=Decimal(amount))
        if step.id == exchange.advised and on:
            self.right = replace(self.right, follow_up=date.fromisoformat(on))

    def _taken(self, done: Recognised | None) -> Recognised | None:
        """The step that the reply carried out; words for another that comes to the same count."""
        step, book = self._step(done), self.advised.partition(".")[0]
        known = self.room.policy().playbooks.get(book)
        advised = known.step(self._advice["step"]) if known else None
        if done and step and advised and done.playbook == book and advised.comes_to(step):
            return replace(done, step=advised.id)
        return done

    def _step(self, done: Recognised | None) -> Step | None:
        book = self.room.policy().playbooks.get(done.playbook) if done else None
        return book.step(done.step) if book and done else None

    def _goal(self) -> str:
        policy, want = self.room.policy(), self.practice.wants[-1]
        books = leads_to(policy.playbooks[want.case], policy)
        found = next(filter(None, (book.step(want.goal) for book in books)), None)
        return found.title if found else want.goal

    def _hear(self, said: Sequence[Utterance], asked: Sequence[str] = ()) -> tuple[str, ...]:
        """Let the desk read what the customer wrote: the advice on the last line stands.

        Args:
            asked: the facts that it answers.
        """
        written = [self._written(one, place, asked) for place, one in enumerate(said)]
        for place, text in enumerate(written):
            self.at += LINE_EVERY
            self.lines.append(Line(text))
            line_id = f"{self.practice.id}-{len(self.exchanges)}-{place}"
            message = Message(self.practice.id, line_id, text, self.at, nickname=self.practice.id)
            heard = self._understood(text, said[place].intent)
            self._advice = self.room.desk.advise(message, heard)
        return tuple(written)

    def _written(self, said: Utterance, place: int, asked: Sequence[str]) -> str:
        text = said.text
        if self.practice.writes:
            text = noisy(text, self.practice.writes, self.seed)
        if self.noise:
            number = self.seed + len(self.exchanges) + place
            hasty = noisy(text, NOISES[number % len(NOISES)], number)
            text = hasty if self._told(hasty, asked) == self._told(text, asked) else text
        return text

    def _told(self, text: str, asked: Sequence[str]) -> dict[str, Any]:
        """What the desk takes a line to tell; of free words only that it tells them."""
        policy, marked = self.room.policy(), Words(self.room.extractor).marked(text)
        reader = FactReader(policy.facts, dates.resolve)
        told = reader.customer(marked, asked, self.at.date())
        free = {one.name for one in policy.facts.values() if one.kind is Kind.TEXT}
        worded = {name for name in free if not policy.facts[name].entity}
        return {name: None if name in worded else value for name, value in told.items()}

    def _understood(self, text: str, intent: str) -> Understanding:
        found = self.room.extractor.extract(text)
        entities = tuple(Entity(e.entity, e.value, e.start, e.end, e.role) for e in found)
        return Understanding(text, (Intent(intent, CERTAIN),), entities)


def _said_by_customer(fact: Fact | None) -> bool:
    return fact is not None and fact.origin is Origin.CUSTOMER
