"""One line of the audit log: who changed what, when, from what to what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.core.people import Person


@dataclass(frozen=True, slots=True)
class Noted:
    id: int
    at: datetime
    by: Person
    what: str
    about: str
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None
