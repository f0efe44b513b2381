"""What a person did wrong at the desk lately: it becomes something to practise."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.mastery import Mark, Shown, Where
from bot.core.suggestion_use import Outcome
from bot.services.ports import Conversations
from bot.services.ports.quality import Telemetry
from bot.services.sending import NOT_OPEN

LATELY = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Slips:
    """Replies that the guard stopped, or that a supervisor let go against the rules."""

    telemetry: Telemetry
    conversations: Conversations

    def __call__(self, person: str, now: datetime) -> Sequence[Mark]:
        """A mark for each case; the guard's findings of one reply count once."""
        found = [
            (one.at, one.conversation_id, one.message_id)
            for one in self.telemetry.findings(now - LATELY, now)
            if one.author == person and one.severity is not Outcome.WARNED and one.rule != NOT_OPEN
        ]
        cases: dict[str, str | None] = {}
        for _, conversation_id, _ in found:
            if conversation_id not in cases:
                held = self.conversations.load(conversation_id)
                cases[conversation_id] = held.case if held else None
        marks = {
            (conversation_id, message_id): Mark(case, Shown.WRONG, at, Where.DESK)
            for at, conversation_id, message_id in reversed(found)
            if (case := cases[conversation_id])
        }
        return sorted(marks.values(), key=lambda one: one.at)
