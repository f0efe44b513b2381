"""By when a customer should have a person's reply; outside the hours of service it stands still."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.parameters import Figures
from bot.core.service_hours import answered_by, opens, somebody_is_there

CLOCK = "reply_minutes"


@dataclass(frozen=True, slots=True)
class ReplyClock:
    """The clock of one shop; each wait is held against the figures of its own day."""

    figures: Figures

    def limit(self, at: datetime) -> timedelta:
        """How long a customer may wait who has written at this moment."""
        return timedelta(minutes=int(self.figures.number(CLOCK, at.date())))

    def begins(self, at: datetime) -> datetime:
        """From when on the wait of a customer counts who has written at this moment."""
        return at if somebody_is_there(self.figures, at) else opens(self.figures, at)

    def due(self, at: datetime) -> datetime:
        """By when there should be a reply; at night that is what the bot has promised."""
        begins = self.begins(at)
        due = begins + self.limit(begins)
        return due if begins == at else max(due, answered_by(self.figures, at))
