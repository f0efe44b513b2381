"""What the desk keeps in the database: marks, drafts, replies held back."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from bot.adapters.conversations_sql import (
    CONVERSATIONS,
    conversation_of,
    messages_of,
    written_since,
)
from bot.adapters.database import Database
from bot.adapters.order_statements import table
from bot.adapters.schema_desk import DraftRow, HeldRow, MarkRow
from bot.core.desk_list import Mark
from bot.core.held import Held, HeldState
from bot.services.ports.desk import Seen

MARKS = table(MarkRow)
DRAFTS = table(DraftRow)
HELD = table(HeldRow)

_MARKED = select(CONVERSATIONS, MARKS.c.seen, MARKS.c.delivered, MARKS.c.closed_at).select_from(
    CONVERSATIONS.join(MARKS, isouter=True)
)
"""Conversations with their marks, as far as they have any."""


class SqlDeskState:
    """Implements ``ports.DeskState``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def one(self, conversation_id: str) -> Seen | None:
        this = _MARKED.where(CONVERSATIONS.c.id == conversation_id)
        with self._database.reading() as connection:
            row = connection.execute(this).one_or_none()
            return _seen(row, messages_of(connection, conversation_id)) if row else None

    def since(self, moment: datetime) -> Sequence[Seen]:
        recent = _MARKED.where(CONVERSATIONS.c.updated_at >= moment)
        with self._database.reading() as connection:
            written = written_since(connection, moment)
            rows = connection.execute(recent)
            return [_seen(row, written.get(row.id, [])) for row in rows]

    def looked(self, conversation_id: str, messages: int) -> bool:
        return self._raise(conversation_id, "seen", messages)

    def delivered(self, conversation_id: str, messages: int) -> bool:
        return self._raise(conversation_id, "delivered", messages)

    def close(self, conversation_id: str, at: datetime | None) -> None:
        with self._database.writing() as connection:
            _there(connection, conversation_id)
            this = MARKS.c.conversation_id == conversation_id
            connection.execute(update(MARKS).where(this).values(closed_at=at))

    def draft(self, author: str, conversation_id: str) -> str:
        wanted = select(DRAFTS.c.text).where(_of(author, conversation_id))
        with self._database.reading() as connection:
            return connection.scalar(wanted) or ""

    def keep_draft(self, author: str, conversation_id: str, text: str, at: datetime) -> None:
        row = {"author": author, "conversation_id": conversation_id, "text": text, "at": at}
        with self._database.writing() as connection:
            connection.execute(DRAFTS.delete().where(_of(author, conversation_id)))
            if text:
                connection.execute(insert(DRAFTS), row)

    def _raise(self, conversation_id: str, name: str, messages: int) -> bool:
        """Set a count that only grows."""
        this = select(MARKS.c[name]).where(MARKS.c.conversation_id == conversation_id)
        with self._database.reading() as connection:
            if (connection.scalar(this) or 0) >= messages:
                return False
        with self._database.writing() as connection:
            _there(connection, conversation_id)
            count = MARKS.c[name]
            behind = (MARKS.c.conversation_id == conversation_id) & (count < messages)
            changed = connection.execute(update(MARKS).where(behind).values({name: messages}))
            return changed.rowcount > 0


class SqlHeldReplies:
    """Implements ``ports.HeldReplies``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def hold(self, held: Held) -> Held:
        row = {
            "conversation_id": held.conversation_id,
            "message_id": held.message_id,
            "text": held.text,
            "script": held.script,
            "findings": [dict(one) for one in held.findings],
            "author": held.author,
            "at": held.at,
            "state": held.state.value,
            "decided_by": held.decided_by,
            "decided_at": held.decided_at,
            "why": held.why,
        }
        with self._database.writing() as connection:
            waiting = (HELD.c.conversation_id == held.conversation_id) & _WAITS
            connection.execute(HELD.delete().where(waiting))
            made = connection.execute(insert(HELD).returning(HELD), row).one()
        return _held(made)

    def waiting(self, conversation_id: str) -> Held | None:
        return self._last((HELD.c.conversation_id == conversation_id) & _WAITS)

    def waiting_in(self) -> Sequence[str]:
        with self._database.reading() as connection:
            return connection.scalars(select(HELD.c.conversation_id).where(_WAITS)).all()

    def latest(self, conversation_id: str, author: str) -> Held | None:
        return self._last((HELD.c.conversation_id == conversation_id) & (HELD.c.author == author))

    def decide(self, held: Held) -> bool:
        decided = {
            "state": held.state.value,
            "decided_by": held.decided_by,
            "decided_at": held.decided_at,
            "why": held.why,
        }
        with self._database.writing() as connection:
            this = update(HELD).where((HELD.c.id == held.id) & _WAITS)
            return connection.execute(this.values(decided)).rowcount > 0

    def _last(self, wanted: Any) -> Held | None:
        last = select(func.max(HELD.c.id)).where(wanted).scalar_subquery()
        with self._database.reading() as connection:
            row = connection.execute(select(HELD).where(HELD.c.id == last)).one_or_none()
        return _held(row) if row else None


_WAITS = HELD.c.state == HeldState.WAITING.value


def _of(author: str, conversation_id: str) -> Any:
    return (DRAFTS.c.author == author) & (DRAFTS.c.conversation_id == conversation_id)


def _seen(row: Row[Any], messages: Iterable[Row[Any]]) -> Seen:
    mark = Mark(row.seen or 0, row.delivered or 0, row.closed_at)
    return Seen(conversation_of(row, messages), row.channel, mark)


def _there(connection: Connection, conversation_id: str) -> None:
    """Make the conversation's mark where it has none; the caller may write."""
    this = select(MARKS.c.conversation_id).where(MARKS.c.conversation_id == conversation_id)
    held = select(CONVERSATIONS.c.id).where(CONVERSATIONS.c.id == conversation_id)
    # It holds the conversation: of two who mark it first, the second finds the mark.
    connection.execute(held.with_for_update()).one()
    if connection.scalar(this) is None:
        row = {"conversation_id": conversation_id, "seen": 0, "delivered": 0}
        connection.execute(insert(MARKS), row)


def _held(row: Row[Any]) -> Held:
    return Held(
        conversation_id=row.conversation_id,
        message_id=row.message_id,
        text=row.text,
        script=row.script,
        findings=tuple(row.findings),
        author=row.author,
        at=row.at,
        id=row.id,
        state=HeldState(row.state),
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        why=row.why,
    )
