"""The desk's list as it stands: kept in memory, made anew for each conversation that changes."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.core.desk_list import Row, row_of
from bot.core.policy import Policy
from bot.core.reply_clock import ReplyClock
from bot.services.ports.desk import DeskState, Seen

SHOWN_FOR = timedelta(days=3)
"""Older conversations are found by their order; records and promises are kept elsewhere anyway."""


@dataclass
class Board:
    """The rows of all recent conversations. The truth is in the database; this is a view of it."""

    policy: Callable[[], Policy]
    state: DeskState
    _rows: dict[str, Row] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _filled: bool = False

    def rows(self, now: datetime) -> Sequence[Row]:
        """All rows, the most urgent first."""
        with self._lock:
            if not self._filled:
                found = map(_row, self.state.since(now - SHOWN_FOR))
                self._rows = {row.conversation_id: row for row in found if row}
                self._filled = True
            recent = [row for row in self._rows.values() if _is_shown(row, now)]
        return sorted(recent, key=lambda row: row.key)

    def renew(self, conversation_id: str, now: datetime) -> Row | None:
        """The row as it is now that something has changed; nothing where none is shown."""
        seen = self.state.one(conversation_id)
        row = _row(seen) if seen else None
        with self._lock:
            if row:
                self._rows[conversation_id] = row
            else:
                self._rows.pop(conversation_id, None)
        return row if row and _is_shown(row, now) else None

    def clock(self, now: datetime) -> timedelta:
        """How long a customer may wait for a reply."""
        return ReplyClock(self.policy().figures).limit(now)


def _is_shown(row: Row, now: datetime) -> bool:
    return now - row.last_at <= SHOWN_FOR


def _row(seen: Seen) -> Row | None:
    return row_of(seen.conversation, seen.channel, seen.mark)
