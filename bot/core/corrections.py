"""What a person says a customer's message is about: a correction, and an example to learn from."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Correction:
    """The latest one of a message counts."""

    conversation_id: str
    message_id: str
    text: str
    """What the customer wrote, without private data."""
    before: str | None
    """The intent until then."""
    chosen: str
    author: str
    at: datetime
