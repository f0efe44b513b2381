"""What Rasa remembers of a conversation: enough to choose the next action, and no more.

The truth is in our own database. As it comes, Rasa keeps every event of every conversation, reads
them all again with each message and sends them all to the application: ever slower, ever larger.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from typing import Any

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

TURNS = 4
"""As far back as the policies look (``max_history`` in config.yml)."""
CONVERSATIONS = 2_000
"""The latest ones; an older one begins anew in Rasa and goes on in our database."""


class ShortMemory(TrackerStore):
    """A tracker store of the latest turns of the latest conversations, in this process's memory."""

    def __init__(
        self,
        domain: Domain,
        event_broker: Any = None,
        turns: int = TURNS,
        conversations: int = CONVERSATIONS,
        **kwargs: Any,
    ) -> None:
        super().__init__(domain, event_broker, **kwargs)
        self._turns = turns
        self._conversations = conversations
        self._kept: OrderedDict[str, list[Event]] = OrderedDict()

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep the conversation's latest turns; what was said in reply is not looked at again."""
        await self.stream_events(tracker)
        told = [event for event in tracker.events if not isinstance(event, BotUttered)]
        self._kept[tracker.sender_id] = _latest(told, self._turns)
        self._kept.move_to_end(tracker.sender_id)
        while len(self._kept) > self._conversations:
            self._kept.popitem(last=False)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation as far as it is remembered."""
        events = self._kept.get(sender_id)
        if events is None:
            return None
        slots = self.domain.slots
        return DialogueStateTracker.from_events(sender_id, events, slots, domain=self.domain)

    async def keys(self) -> Iterable[str]:
        return self._kept.keys()


def _latest(events: list[Event], turns: int) -> list[Event]:
    """The events of the latest turns, with the listening before the first of them."""
    asked = [place for place, event in enumerate(events) if isinstance(event, UserUttered)]
    if len(asked) <= turns:
        return events
    return events[max(asked[-turns] - 1, 0) :]
