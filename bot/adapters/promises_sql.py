"""Promises in the database: each is written with its message and never deleted."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, or_, select

from bot.adapters.database import Database
from bot.adapters.order_statements import CUSTOMERS, ORDERS, table
from bot.adapters.schema import ConversationRow, MessageRow, PromiseChangeRow, PromiseRow
from bot.core.conversation import Speaker
from bot.core.promises import (
    Change,
    Commitment,
    Kind,
    Parties,
    Promise,
    State,
    UnknownPromise,
)

PROMISES = table(PromiseRow)
CHANGES = table(PromiseChangeRow)
CONVERSATIONS = table(ConversationRow)
MESSAGES = table(MessageRow)


_URGENT_FIRST = select(PROMISES).order_by(
    PROMISES.c.due_at.nulls_last(), PROMISES.c.made_at, PROMISES.c.id
)
_OPEN = _URGENT_FIRST.where(PROMISES.c.state == State.OPEN.value)
# Those that are settled are passed over afterwards: asked for the open ones, SQLite would rather
# look through all that are open anywhere.
_ABOUT = _URGENT_FIRST.where(
    or_(
        PROMISES.c.conversation_id == bindparam("conversation"),
        PROMISES.c.order_no == bindparam("order_no"),
    )
)


_MADE_WITH = (MESSAGES.c.conversation_id == PROMISES.c.conversation_id) & (
    MESSAGES.c.id == PROMISES.c.message_id
)
_PARTIES = select(
    PROMISES.c.id,
    CUSTOMERS.c.nickname,
    CONVERSATIONS.c.nickname.label("named"),
    MESSAGES.c.author,
).select_from(
    PROMISES.outerjoin(MESSAGES, _MADE_WITH)
    .outerjoin(CONVERSATIONS, CONVERSATIONS.c.id == PROMISES.c.conversation_id)
    .outerjoin(ORDERS, ORDERS.c.order_no == PROMISES.c.order_no)
    .outerjoin(CUSTOMERS, CUSTOMERS.c.id == ORDERS.c.customer_id)
)
"""The order tells who the customer is; without one, the conversation does."""


class SqlPromises:
    """Implements ``ports.Promises``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def open(self, until: datetime | None = None) -> Sequence[Promise]:
        due = _OPEN if until is None else _OPEN.where(PROMISES.c.due_at <= until)
        return self._found(due)

    def about(self, conversation_id: str, order_no: str | None) -> Sequence[Promise]:
        return self._found(_ABOUT, conversation=conversation_id, order_no=order_no)

    def parties(self, promise_ids: Iterable[str]) -> Mapping[str, Parties]:
        these = _PARTIES.where(PROMISES.c.id.in_(list(promise_ids)))
        with self._database.reading() as connection:
            rows = connection.execute(these).all()
        named = ((row.id, row.nickname or row.named or "", row.author or "") for row in rows)
        return {id: Parties(customer, author) for id, customer, author in named}

    def change(self, promise_id: str, change: Change) -> Promise:
        with self._database.sessions.begin() as session:
            row = session.get(PromiseRow, promise_id, with_for_update=True)
            if row is None:
                raise UnknownPromise(promise_id)
            promise = _promises(session.connection(), [row])[0].changed(change)
            row.state = change.state.value
            session.add(_change_row(promise))
            return promise

    def _found(self, wanted: Select[Any], **values: str | None) -> list[Promise]:
        with self._database.reading() as connection:
            rows = connection.execute(wanted, values).all()
            return _promises(connection, [r for r in rows if r.state == State.OPEN.value])


def promise_row(promise: Promise) -> PromiseRow:
    """A new promise as it is kept."""
    commitment = promise.commitment
    return PromiseRow(
        id=promise.id,
        kind=commitment.kind.value,
        what=commitment.what,
        due_at=commitment.due,
        amount=commitment.amount,
        conversation_id=promise.conversation_id,
        message_id=promise.message_id,
        by=promise.by.value,
        made_at=promise.made_at,
        order_no=promise.order_no,
        case=promise.case,
        state=promise.state.value,
    )


def _change_row(promise: Promise) -> PromiseChangeRow:
    """The latest change of a promise as it is kept."""
    last = promise.history[-1]
    return PromiseChangeRow(
        promise_id=promise.id,
        seq=len(promise.history),
        at=last.at,
        state=last.state.value,
        by=last.by,
        why=last.why,
    )


def _promises(connection: Connection, rows: Sequence[PromiseRow | Row[Any]]) -> list[Promise]:
    changes: dict[str, list[Change]] = {row.id: [] for row in rows}
    # An open promise has seldom a history, so all of them are read at once.
    if rows:
        of_these = CHANGES.c.promise_id.in_(changes)
        ordered = select(CHANGES).where(of_these).order_by(CHANGES.c.seq)
        for change in connection.execute(ordered):
            changes[change.promise_id].append(
                Change(change.at, State(change.state), change.by, change.why)
            )
    return [_promise(row, changes[row.id]) for row in rows]


def _promise(row: PromiseRow | Row[Any], changes: Sequence[Change]) -> Promise:
    return Promise(
        id=row.id,
        commitment=Commitment(Kind(row.kind), row.what, row.due_at, row.amount),
        conversation_id=row.conversation_id,
        message_id=row.message_id,
        by=Speaker(row.by),
        made_at=row.made_at,
        order_no=row.order_no,
        case=row.case,
        history=tuple(changes),
    )
