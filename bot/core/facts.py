"""What is known of a case, who said it and when; what nobody said stays unknown."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from re import Pattern

type Value = str | bool | int | Decimal | date


class Kind(StrEnum):
    CHOICE = "choice"
    FLAG = "flag"
    DATE = "date"
    COUNT = "count"
    MONEY = "money"
    TEXT = "text"


class Scope(StrEnum):
    """How long something said counts: to the end, within its case, or in its message only."""

    CONVERSATION = "conversation"
    CASE = "case"
    MESSAGE = "message"


class Origin(StrEnum):
    ORDER = "order"
    SHOP = "shop"
    NOTE = "note"
    AGENT = "agent"
    CUSTOMER = "customer"
    IMPLIED = "implied"
    """Taken as given by a step that was carried out."""


# The data decides over what people say; a colleague's note counts as data.
_RANK = {
    Origin.ORDER: 4,
    Origin.SHOP: 4,
    Origin.NOTE: 3,
    Origin.AGENT: 2,
    Origin.CUSTOMER: 2,
    Origin.IMPLIED: 1,
}


@dataclass(frozen=True, slots=True)
class Reads:
    """Patterns that give a fact one value; a ``None`` value takes the entity found inside the
    match, and ``True`` gives a date fact the day on which it was written.
    """

    value: Value | None
    patterns: tuple[Pattern[str], ...]


@dataclass(frozen=True, slots=True)
class FactDef:
    """How a fact is named, shown, asked for and read from words."""

    name: str
    title: str
    kind: Kind
    values: Mapping[str, str] = field(default_factory=dict)
    """For a choice: each value and how it is shown."""
    question: str = ""
    """A neutral question, fit for the bot; empty when only an agent may ask."""
    says: tuple[Reads, ...] = ()
    """Read from a customer's words whenever they are written."""
    answers: tuple[Reads, ...] = ()
    """Read only from an answer to this very question."""
    yes: Value | None = None
    """What a plain yes to the question means."""
    no: Value | None = None
    default: Value | None = None
    """What is taken as given as long as nobody says otherwise."""
    entity: str | None = None
    """The entity that answers the question."""
    notes: tuple[Reads, ...] = ()
    """Read from order notes and shipment events."""
    agent: tuple[Reads, ...] = ()
    """Read from the agent's own words."""
    asked: tuple[Pattern[str], ...] = ()
    """How agents ask for it in words of their own."""
    scope: Scope = Scope.CONVERSATION

    def shown(self, value: Value) -> str:
        """The value as people read it."""
        match value:
            case bool():
                return "是" if value else "否"
            case date():
                return f"{value.month}月{value.day}日"
            case Decimal():
                return f"{value:f}"
            case _:
                return self.values.get(str(value), str(value))


@dataclass(frozen=True, slots=True)
class Fact:
    value: Value
    origin: Origin
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """The words and the data disagree; the data decided."""

    name: str
    kept: Fact
    overruled: Fact


class Facts:
    """Known facts by name; a name that is missing is unknown."""

    def __init__(self, known: Mapping[str, Fact] | None = None) -> None:
        self._known = dict(known or {})

    def __contains__(self, name: object) -> bool:
        return name in self._known

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def get(self, name: str) -> Fact | None:
        return self._known.get(name)

    def is_implied(self, name: str) -> bool:
        """Whether nobody has said it: a step that was carried out took it for granted."""
        fact = self._known.get(name)
        return fact is not None and fact.origin is Origin.IMPLIED

    def value(self, name: str) -> Value | None:
        fact = self._known.get(name)
        return fact.value if fact else None

    def day(self, name: str) -> date | None:
        value = self.value(name)
        return value if isinstance(value, date) else None

    def number(self, name: str) -> Decimal | None:
        value = self.value(name)
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            return Decimal(value)
        return None

    def with_(self, **facts: Fact) -> "Facts":
        return Facts(self._known | facts)


def merge(sayings: Iterable[tuple[str, Fact]]) -> tuple[Facts, tuple[Difference, ...]]:
    """Join what was said, in order: better origins win, among equals the later one."""
    known: dict[str, Fact] = {}
    overruled: dict[str, Difference] = {}
    for name, fact in sayings:
        old = known.get(name)
        if old is None or _RANK[fact.origin] >= _RANK[old.origin]:
            winner, loser = fact, old
        else:
            winner, loser = old, fact
        known[name] = winner
        if loser is not None and _contradicts(winner, loser):
            overruled[name] = Difference(name, winner, loser)
    return Facts(known), tuple(overruled.values())


def _contradicts(winner: Fact, loser: Fact) -> bool:
    return (
        winner.value != loser.value
        and _RANK[winner.origin] > _RANK[loser.origin]
        and loser.origin in (Origin.CUSTOMER, Origin.AGENT)
    )
