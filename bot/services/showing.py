"""Notes which advice stood before whom: nobody is said to have ignored what they never saw."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.core.conversation import Speaker
from bot.core.suggestion_use import Shown
from bot.services.ports import Conversations
from bot.services.ports.quality import Telemetry


@dataclass(frozen=True, slots=True)
class Showing:
    conversations: Conversations
    telemetry: Telemetry

    def noted(self, conversation_id: str, people: Mapping[str, datetime]) -> None:
        """These people have the conversation before them, each since the given moment.

        Nothing is noted where the customer waits for no reply or no advice is there yet.
        """
        conversation = self.conversations.load(conversation_id)
        last = conversation.turns[-1] if conversation and conversation.turns else None
        if last is None or last.speaker is not Speaker.CUSTOMER:
            return
        advice = self.conversations.advice(conversation_id, last.id)
        if advice is None:
            return
        script, replies = script_of(advice), len(advice["replies"])
        self.telemetry.shown(
            [
                Shown(conversation_id, last.id, name, at, last.at, script, replies)
                for name, at in people.items()
            ]
        )


def script_of(advice: Mapping[str, object]) -> str:
    """``<playbook>.<step>`` of what an advice suggests; empty where it suggests nothing."""
    replies = advice.get("replies") or ()
    assert isinstance(replies, list | tuple)
    return str(replies[0]["script"]) if replies else ""
