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
    """The step at which the exercise is done."""

    def orders_on(self, today: date) -> tuple[Order, ...]:
        """The customer's orders as they stand on this day."""
        orders: tuple[Order, ...] = moved(self.orders, today - DRAWN_UP_ON)
        return orders
