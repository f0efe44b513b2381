"""Lets pages wait for what changes in conversations, whichever door it came through."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

EVERY: None = None
"""To watch all conversations."""


class Watch:
    """The conversations that have changed since they were last looked at, each once."""

    def __init__(self) -> None:
        self._changed: dict[str, None] = {}
        self._any = asyncio.Event()

    def add(self, conversation_id: str) -> None:
        self._changed[conversation_id] = None
        self._any.set()

    async def next(self) -> tuple[str, ...]:
        """Wait for a change; what changes while one is busy is given together the next time."""
        await self._any.wait()
        return self.take()

    def take(self) -> tuple[str, ...]:
        """What has changed until now; nothing where nothing has."""
        changed, self._changed = tuple(self._changed), {}
        self._any.clear()
        return changed


class Live:
    """The pages that look on; made on the loop that serves them."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._watches: defaultdict[str | None, set[Watch]] = defaultdict(set)

    def tell(self, conversation_id: str) -> None:
        """Something has changed in this conversation; may be called from any thread."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._spread, conversation_id)

    def _spread(self, conversation_id: str) -> None:
        for key in (conversation_id, EVERY):
            for watch in self._watches.get(key, ()):
                watch.add(conversation_id)

    @asynccontextmanager
    async def watching(self, conversation_id: str | None = EVERY) -> AsyncIterator[Watch]:
        """Watch one conversation, or every one, for as long as this lasts."""
        watch = Watch()
        self._watches[conversation_id].add(watch)
        try:
            yield watch
        finally:
            self._watches[conversation_id].discard(watch)
            if not self._watches[conversation_id]:
                del self._watches[conversation_id]
