"""What the figures of the team's work need from outside."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.core.suggestion_use import Finding, Use


class Telemetry(Protocol):
    """Keeps what became of suggestions, and what the guard said."""

    def used(self, use: Use) -> None:
        """Keep it; of the same reply once."""
        ...

    def found(self, findings: Sequence[Finding]) -> None: ...

    def uses(self, start: datetime, end: datetime) -> Sequence[Use]: ...

    def findings(self, start: datetime, end: datetime) -> Sequence[Finding]: ...
