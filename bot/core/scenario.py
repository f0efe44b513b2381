"""A worked conversation: the orders behind it, who said what, and what must come of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from bot.core.conversation import Conversation, Speaker, Turn
from bot.core.orders import Order

CUSTOMER = "customer"
TURN_EVERY = timedelta(minutes=1)
"""What is taken as the time between two turns."""


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

    def conversation(self) -> Conversation:
        """Its turns as a conversation of the customer to whom the orders belong."""
        turns = (
            Turn(f"{self.id}-{number}", Speaker(who), words, self.today + number * TURN_EVERY)
            for number, (who, words) in enumerate(self.turns)
        )
        return Conversation(self.id, nickname=self.id, turns=tuple(turns))

    def on(self, day: date) -> "Scenario":
        """The same conversation on another day."""
        return replace(self, today=datetime.combine(day, self.today.timetz()))
