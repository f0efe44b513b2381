"""A procedure as a first-match table: which step is next, given what is known.

Every step that commits the shop (allows or refuses) must also meet the playbook's grounds for
that decision, so that neither another order of steps nor an unforeseen answer can make it pay.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from re import Pattern

from bot.core.amounts import AmountRule
from bot.core.facts import Facts, Value
from bot.core.parameters import Figures, NotInForce
from bot.core.people import Role as Role
from bot.core.sources import Source


class Decision(StrEnum):
    COLLECT = "collect"
    INFORM = "inform"
    ALLOW = "allow"
    REFUSE = "refuse"
    HANDOVER = "handover"


COMMITTING = frozenset({Decision.ALLOW, Decision.REFUSE})


class Test(StrEnum):
    IS = "is"
    NOT = "not"
    KNOWN = "known"
    UNKNOWN = "unknown"
    WITHIN = "within"
    OLDER_THAN = "older_than"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    AT_LEAST = "at_least"
    IN = "in"


WINDOWS = frozenset({Test.WITHIN, Test.OLDER_THAN})


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that must hold of a fact.

    An unknown fact meets only ``unknown``. A window for which no figure was in force holds neither
    way, so that what nobody has decided goes to a person.
    """

    fact: str
    test: Test
    values: tuple[Value, ...] = ()
    parameter: str | None = None

    def holds(self, facts: Facts, figures: Figures, today: date) -> bool:
        value = facts.value(self.fact)
        if self.test is Test.UNKNOWN:
            return value is None
        if value is None:
            return False
        try:
            return self._meets(value, figures, today)
        except NotInForce:
            return False

    def _meets(self, value: Value, figures: Figures, today: date) -> bool:
        match self.test:
            case Test.KNOWN:
                return True
            case Test.IS:
                return value in self.values
            case Test.NOT:
                return value not in self.values
            case Test.WITHIN:
                return today <= self._last_day(value, figures)
            case Test.OLDER_THAN:
                return today > self._last_day(value, figures)
            case Test.IN:
                return value in self._names(figures, today)
            case Test.MORE_THAN:
                return _number(value) > self._limit(figures, today)
            case Test.AT_LEAST:
                return _number(value) >= self._limit(figures, today)
            case Test.AT_MOST:
                return _number(value) <= self._limit(figures, today)
            case _:
                raise AssertionError(self.test)

    def turns_on(self, facts: Facts, figures: Figures) -> date | None:
        """The first day on which a window condition has another answer than while the window was
        open.
        """
        value = facts.value(self.fact)
        if self.test not in WINDOWS or value is None:
            return None
        try:
            return self._last_day(value, figures) + timedelta(days=1)
        except NotInForce:
            return None

    def _last_day(self, value: Value, figures: Figures) -> date:
        # The window is the one in force on the day it opened, whatever the figure became later.
        assert isinstance(value, date)
        assert self.parameter
        return figures.last_day(self.parameter, value)

    def _limit(self, figures: Figures, today: date) -> Decimal:
        if self.parameter:
            return figures.number(self.parameter, today)
        return _number(self.values[0])

    def _names(self, figures: Figures, today: date) -> tuple[str, ...]:
        assert self.parameter
        names = figures[self.parameter].on(today)
        assert isinstance(names, tuple)
        return names


def _number(value: Value) -> Decimal:
    assert isinstance(value, int | Decimal)
    return Decimal(value)


@dataclass(frozen=True, slots=True)
class Span:
    """The days on which a rule holds, both ends included; without an end it goes on."""

    first: date | None = None
    last: date | None = None

    def __contains__(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def turns(self) -> Iterator[date]:
        """The days on which the rule begins and on which it holds no more."""
        if self.first:
            yield self.first
        if self.last:
            yield self.last + timedelta(days=1)


ALWAYS = Span()


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What must be looked at; without a length it waits for an event, not for a day."""

    what: str
    after: str | None = None
    """The parameter that says how long to wait."""
    since: str | None = None
    """The date fact the wait starts from; today when absent."""


@dataclass(frozen=True, slots=True)
class Step:
    id: str
    decision: Decision
    when: tuple[Condition, ...] = ()
    by: Role | None = None
    """Who may send it on their own; the playbook's default when absent."""
    ask: tuple[str, ...] = ()
    amount: str | None = None
    record: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    """Fixed entries of the record, beside what the facts fill in."""
    approval: str | None = None
    follow_up: FollowUp | None = None
    closes: bool = False
    title: str = ""
    sources: tuple[Source, ...] = ()
    """Its own place in the documents; the playbook's when empty."""
    recognise: tuple[Pattern[str], ...] = ()
    """Patterns of an agent's words that carry this step out."""
    in_force: Span = ALWAYS

    def comes_to(self, other: "Step") -> bool:
        """Whether both refuse, or both grant the same money or the same entry, and ask the same."""
        if self.decision is not other.decision or self.ask != other.ask:
            return False
        granted = (self.record, self.amount)
        same = granted == (other.record, other.amount)
        if self.decision is Decision.REFUSE:
            return same
        return self.decision is Decision.ALLOW and same and granted != (None, None)

    def last_day(self, facts: Facts, figures: Figures) -> date | None:
        """The last day of the window that the step stands on."""
        over = (c.turns_on(facts, figures) for c in self.when if c.test is Test.WITHIN)
        first = min((day for day in over if day), default=None)
        return first - timedelta(days=1) if first else None


@dataclass(frozen=True, slots=True)
class Instead:
    """Under these conditions another case is meant."""

    when: tuple[Condition, ...]
    case: str


@dataclass(frozen=True, slots=True)
class Playbook:
    id: str
    title: str
    intents: tuple[str, ...]
    """The intents that open it; its own name first where it has one."""
    bot: bool
    """The bot may answer by itself where a step says so."""
    steps: tuple[Step, ...]
    sources: tuple[Source, ...] = ()
    grounds: Mapping[Decision, tuple[Condition, ...]] = field(default_factory=dict)
    record_grounds: tuple[Condition, ...] = ()
    """What must hold for every step that makes an entry in a register."""
    amounts: Mapping[str, AmountRule] = field(default_factory=dict)
    concerns: tuple[Condition, ...] = ()
    """What an order must look like for this case to be likely: it chooses among orders and among
    intents.
    """
    signs: tuple[Pattern[str], ...] = ()
    """Words that speak for this case when the order's state does, however short the message."""
    covers: tuple[str, ...] = ()
    """Intents that, once this case is open, belong to it."""
    instead: tuple[Instead, ...] = ()
    needs_order: bool = True
    generic: bool = False
    yields: bool = False
    """It is left for any case that shows, even by what the customer answers."""

    def step(self, step_id: str) -> Step | None:
        return next((step for step in self.steps if step.id == step_id), None)

    def facts(self) -> frozenset[str]:
        """The facts that any of its steps depends on."""
        return frozenset(c.fact for step in self.steps for c in self.conditions(step))

    def implied_by(self, step_id: str) -> dict[str, Value]:
        """What somebody takes as given who carries out this step.

        A colleague who offers the compensation is satisfied that the customer has looked; so the
        earlier steps that ask for it are not gone back to. Only what the grounds name counts.
        """
        reached = next((n for n, s in enumerate(self.steps) if s.id == step_id), 0)
        passed = {fact for step in self.steps[:reached] for fact in step.ask}
        grounds = self.grounds.get(Decision.ALLOW, ())
        return {
            c.fact: c.values[0]
            for c in grounds
            if c.test is Test.IS and len(c.values) == 1 and c.fact in passed
        }

    def conditions(self, step: Step) -> tuple[Condition, ...]:
        """All that must hold for the step: its own conditions and, if it commits or records, the
        grounds.
        """
        recording = self.record_grounds if step.record else ()
        return step.when + self.grounds.get(step.decision, ()) + recording

    def _stands(self, step: Step, figures: Figures, today: date) -> bool:
        """Whether the step is a rule of this day, with every figure its amount needs."""
        needed = self.amounts[step.amount].parameters() if step.amount else ()
        return today in step.in_force and figures.in_force(needed, today)

    def next_step(self, facts: Facts, figures: Figures, today: date) -> Step:
        """The first step of this day whose conditions all hold and whose figures are in force."""
        for step in self.steps:
            if self._stands(step, figures, today) and all(
                c.holds(facts, figures, today) for c in self.conditions(step)
            ):
                return step
        raise LookupError(f"{self.id} has no step without conditions at its end")
