"""A customer to practise on: what has happened to their order, how they talk, when it is done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.core.moving import moved
from bot.core.orders import Order

DRAWN_UP_ON = date(2024, 1, 1)
"""The day on which all practice orders are read; :meth:`Practice.orders_on` moves them."""


class Persona(StrEnum):
    HURRIED = "hurried"
    ANXIOUS = "anxious"
    BARGAINING = "bargaining"
    RUDE = "rude"
    ELDERLY = "elderly"
    EXPERT = "expert"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Want:
    """What a customer is after. A way to say something may be several lines: a line break parts
    them.
    """

    case: str
    opening: tuple[str, ...]
    """Ways to begin with it."""
    knows: Mapping[str, tuple[str, ...]]
    """Ways to answer, by the fact that is asked for."""
    goal: str
    """The step at which it is served."""


@dataclass(frozen=True, slots=True)
class Aside:
    """Something else that the customer asks in between."""

    intent: str
    says: tuple[str, ...]
    after: int = 1
    """The reply upon which it is asked, in place of an answer."""


@dataclass(frozen=True, slots=True)
class Practice:
    """One practice scenario; its case is the stem of the file it stands in."""

    id: str
    case: str
    title: str
    level: int
    """From 1, easy, to 3, hard."""
    persona: Persona
    patience: int
    """How many unhelpful replies the customer puts up with."""
    orders: tuple[Order, ...]
    """As they stand on :data:`DRAWN_UP_ON`."""
    opening: tuple[str, ...]
    """Ways to say the first message."""
    knows: Mapping[str, tuple[str, ...]]
    """Ways to answer, by the fact that is asked for."""
    volunteers: tuple[str, ...]
    """What the customer says unasked after the reply to the opening."""
    goal: str
    """The step at which what they came for is served."""
    then: Want | None = None
    """What occurs to them after that."""
    aside: Aside | None = None
    haggles: int = 0
    """How often they ask for more of what they are given before they take it."""
    writes: str = ""
    """A kind of noise in all they write, such as ``traditional``; none when empty."""

    @property
    def wants(self) -> tuple[Want, ...]:
        """What they want, one after the other."""
        first = Want(self.case, self.opening, self.knows, self.goal)
        return (first, *([self.then] if self.then else []))

    def orders_on(self, today: date) -> tuple[Order, ...]:
        """The customer's orders as they stand on this day."""
        orders: tuple[Order, ...] = moved(self.orders, today - DRAWN_UP_ON)
        return orders
