"""A worked conversation: the orders behind it, who said what, and what must come of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from bot.core.orders import Order

CUSTOMER = "customer"


class ScenarioError(ValueError):
    """A scenario is written wrongly: the message names scenario, field and mend."""


@dataclass(frozen=True, slots=True)
class Scenario:
    id: str
    today: datetime
    orders: tuple[Order, ...]
    turns: tuple[tuple[str, str], ...]
    """Speaker and words."""
    expect: Mapping[str, Any]

    def on(self, day: date) -> "Scenario":
        """The same conversation on another day."""
        return replace(self, today=datetime.combine(day, self.today.timetz()))
