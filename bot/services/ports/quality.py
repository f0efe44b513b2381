"""What the figures of the team's work need from outside."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.core.suggestion_use import Finding, Shown, Use


class Telemetry(Protocol):
    """Keeps what became of suggestions, and what the guard said. A period has its first moment
    and not its last.
    """

    def shown(self, shown: Sequence[Shown]) -> None:
        """Keep when each person first had this script's suggestions on a message before them."""
        ...

    def shown_at(
        self, conversation_id: str, message_id: str, author: str, script: str
    ) -> datetime | None:
        """When this person first had this script's suggestions on that message before them."""
        ...

    def used(self, use: Use) -> None:
        """Keep it; of the same reply once."""
        ...

    def found(self, findings: Sequence[Finding]) -> None:
        """Keep them; of the same reply each rule once with the same outcome."""
        ...

    def shows(self, start: datetime, end: datetime) -> Sequence[Shown]: ...

    def uses(self, start: datetime, end: datetime) -> Sequence[Use]: ...

    def findings(self, start: datetime, end: datetime) -> Sequence[Finding]: ...
