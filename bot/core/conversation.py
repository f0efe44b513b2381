"""What a conversation holds: its turns, and what was understood, decided and asked in each."""

from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from bot.core.facts import Fact, FactDef, Kind, Origin, Scope, Value
from bot.core.playbook import Playbook
from bot.core.understanding import TALK

HANDED_OVER = frozenset(
    {"colleague_on_request", "colleague_takes_over", "colleague_after_apology"}
    | {"colleague_is_coming", "takes_message", "message_noted"}
)
"""What the bot says when it gives the customer to a colleague: nothing is settled by it."""


BURST = timedelta(minutes=3)
"""Messages that follow each other sooner than this, without a reply between, are one turn."""


class Speaker(StrEnum):
    CUSTOMER = "customer"
    AGENT = "agent"
    BOT = "bot"


@dataclass(frozen=True, slots=True)
class Reading:
    """What one turn came to. It is kept with the message, so nothing has to be understood twice."""

    case: str | None = None
    step: str | None = None
    """Suggested for a customer's turn, carried out by an agent's or the bot's."""
    asked: tuple[str, ...] = ()
    """The facts that this turn asks for; on a customer's turn those of the suggestion."""
    said: Mapping[str, Any] = field(default_factory=dict)
    """What it states, each value as :func:`as_json` writes it."""
    intent: str | None = None
    numbers: tuple[str, ...] = ()
    """Order and parcel numbers in the message."""
    amount: str | None = None
    """The amount that the step named, in yuan."""
    guessed: bool = False
    """The words said little: the case is only the likeliest."""
    kept: tuple[str, ...] = ()
    """Wants that this turn names besides its case: they are taken up when the case is done."""
    heard: Mapping[str, float] = field(default_factory=dict)
    """The intents that its words alone most likely have, and how sure that is."""


@dataclass(frozen=True, slots=True)
class Turn:
    id: str
    speaker: Speaker
    text: str
    at: datetime
    reading: Reading = field(default_factory=Reading)
    author: str = ""
    """Who of the staff wrote it; empty where nobody said so."""


@dataclass(frozen=True, slots=True)
class Conversation:
    id: str
    order_no: str | None = None
    nickname: str | None = None
    shop: str = ""
    turns: tuple[Turn, ...] = ()

    @property
    def case(self) -> str | None:
        """The case that is open: that of the latest turn which had one; talk opens none."""
        return next(iter(self.cases), None)

    @property
    def cases(self) -> tuple[str, ...]:
        """The cases that were opened, the latest first."""
        cases = (turn.reading.case for turn in reversed(self.turns))
        return tuple(dict.fromkeys(case for case in cases if case and case not in TALK))

    @property
    def guessed(self) -> bool:
        """The words that opened the case said so little that another one may be meant."""
        opened = self.opened_by
        return opened is not None and opened.reading.guessed and not self._worked_on(opened)

    def _worked_on(self, opened: Turn) -> bool:
        """Whether a reply has carried out a step of the case since it was opened."""
        since = self.turns[self.turns.index(opened) :]
        return any(
            t.speaker is not Speaker.CUSTOMER and t.reading.step and t.reading.case == self.case
            for t in since
        )

    @property
    def opened_by(self) -> Turn | None:
        """The customer's message with which the open case began."""
        first = None
        for turn in reversed(self.turns):
            if turn.reading.case and turn.reading.case not in (self.case, *TALK):
                break
            if turn.speaker is Speaker.CUSTOMER and turn.reading.case == self.case:
                first = turn
        return first

    @property
    def settled(self) -> bool:
        """The last reply told or granted something and asked nothing."""
        for turn in reversed(self.turns):
            if turn.speaker is not Speaker.CUSTOMER:
                step = turn.reading.step
                return bool(step) and step not in HANDED_OVER and not turn.reading.asked
        return False

    @property
    def kept(self) -> tuple[str, ...]:
        """Wants the customer has named that have not been taken up, the earliest first."""
        waiting: dict[str, None] = {}
        for turn in self.turns:
            waiting |= dict.fromkeys(turn.reading.kept)
            waiting.pop(turn.reading.case or "", None)
        return tuple(waiting)

    def burst(self, at: datetime) -> tuple[Turn, ...]:
        """The customer's messages just before one written at this moment: with it they are one
        turn.
        """
        found: list[Turn] = []
        for turn in reversed(self.turns):
            if turn.speaker is not Speaker.CUSTOMER or at - turn.at > BURST:
                break
            found.append(turn)
            at = turn.at
        return tuple(reversed(found))

    def left_open(self, said: Container[str]) -> str | None:
        """The latest case, other than the one that is open, whose last question is answered by
        what is said now.
        """
        seen = {self.case}
        for turn in reversed(self.turns):
            case = turn.reading.case
            if turn.speaker is Speaker.CUSTOMER or case is None or case in seen:
                continue
            if any(name in said for name in turn.reading.asked):
                return case
            seen.add(case)
        return None

    @property
    def pending(self) -> tuple[str, ...]:
        """The facts that were asked for and may be answered by the next message."""
        for turn in reversed(self.turns):
            if turn.speaker is not Speaker.CUSTOMER:
                return turn.reading.asked
        return ()

    @property
    def standing(self) -> tuple[str, ...]:
        """The facts that were asked for before the customer asked something else: the last reply
        answered that and asked nothing.
        """
        replies = [turn for turn in self.turns if turn.speaker is not Speaker.CUSTOMER][-2:]
        if len(replies) < 2 or replies[1].reading.asked:
            return ()
        asked, since = replies[0].reading.asked, self.turns[self.turns.index(replies[0]) :]
        told = {name for turn in since for name in turn.reading.said}
        return tuple(name for name in asked if name not in told)

    @property
    def last_reply(self) -> str:
        """What the agent or the bot wrote last."""
        replies = (t.text for t in reversed(self.turns) if t.speaker is not Speaker.CUSTOMER)
        return next(replies, "")

    @property
    def suggested(self) -> str | None:
        """The step the desk proposed for the customer's latest message."""
        latest = next((t for t in reversed(self.turns) if t.speaker is Speaker.CUSTOMER), None)
        return latest.reading.step if latest else None

    def customer_turns(self) -> Iterator[Turn]:
        return (turn for turn in self.turns if turn.speaker is Speaker.CUSTOMER)

    def times_done(self, case: str | None, step: str) -> int:
        """How often this step has been carried out."""
        return sum(
            turn.speaker is not Speaker.CUSTOMER
            and turn.reading.step == step
            and _was_in(case, turn.reading)
            for turn in self.turns
        )


def _was_in(case: str | None, reply: Reading) -> bool:
    """Whether the reply was given in this case; talk has none of its own and stands anywhere."""
    return case is None or case in TALK or reply.case == case


def sayings(
    turns: Sequence[Turn], cases: Container[str | None], defs: Mapping[str, FactDef]
) -> Iterator[tuple[str, Fact]]:
    """What people said, in order, as far as it still counts.

    Args:
        cases: the cases whose own facts count.
    """
    latest = _latest_burst(turns)
    for turn in turns:
        origin = Origin.CUSTOMER if turn.speaker is Speaker.CUSTOMER else Origin.AGENT
        for name, raw in turn.reading.said.items():
            if name in defs and _counts(
                defs[name].scope, turn.reading.case in cases, turn in latest
            ):
                # What was kept for another kind of fact is from before a change of the policy.
                with suppress(ValueError, TypeError):
                    yield name, Fact(from_json(defs[name].kind, raw), origin, turn.at.date())


def _latest_burst(turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """The latest turn with those that make one turn with it."""
    if not turns:
        return ()
    return (*Conversation("", turns=tuple(turns[:-1])).burst(turns[-1].at), turns[-1])


def _counts(scope: Scope, in_this_case: bool, in_this_message: bool) -> bool:
    match scope:
        case Scope.CONVERSATION:
            return True
        case Scope.CASE:
            return in_this_case
        case Scope.MESSAGE:
            return in_this_message


def done(turns: Sequence[Turn], case: str | None, playbook: Playbook) -> Iterator[tuple[str, Fact]]:
    """What agents and the bot have carried out in this case.

    ``done_<step>`` for each step, ``offered`` for the largest amount that was named, and what the
    step takes as given.
    """
    offered = Decimal(0)
    for turn in turns:
        reading = turn.reading
        if turn.speaker is Speaker.CUSTOMER or not (reading.step and _was_in(case, reading)):
            continue
        fact = Fact(True, Origin.AGENT, turn.at.date())
        yield f"done_{reading.step}", fact
        if reading.amount is not None:
            offered = max(offered, Decimal(reading.amount))
            yield "offered", replace(fact, value=offered)
        for name, value in playbook.implied_by(reading.step).items():
            yield name, Fact(value, Origin.IMPLIED, turn.at.date())


def as_json(value: Value) -> str | bool | int:
    """A fact's value for records and interfaces: days as ISO dates, money as exact text."""
    match value:
        case date():
            return value.isoformat()
        case Decimal():
            return f"{value:f}"
        case _:
            return value


def from_json(kind: Kind, raw: Any) -> Value:
    """The value that :func:`as_json` wrote for a fact of this kind.

    Raises:
        ValueError: it was written for another kind; the policy has changed since.
    """
    match kind:
        case Kind.DATE:
            return date.fromisoformat(raw)
        case Kind.MONEY:
            try:
                return Decimal(raw)
            except InvalidOperation:
                raise ValueError(f"{raw} is no amount") from None
        case _:
            value: Value = raw
            return value
