"""Promises in the database: each is written with its message and never deleted."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from bot.adapters.database import Database
from bot.adapters.schema import PromiseChangeRow, PromiseRow
from bot.core.conversation import Speaker
from bot.core.promises import Change, Commitment, Kind, Promise, State, UnknownPromise


class SqlPromises:
    """Implements ``ports.Promises``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def open(self, until: datetime | None = None) -> Sequence[Promise]:
        return self._open(*([] if until is None else [PromiseRow.due_at <= until]))

    def about(self, conversation_id: str, order_no: str | None) -> Sequence[Promise]:
        here = PromiseRow.conversation_id == conversation_id
        return self._open(here if order_no is None else or_(here, PromiseRow.order_no == order_no))

    def change(self, promise_id: str, change: Change) -> Promise:
        with self._database.sessions.begin() as session:
            row = session.get(PromiseRow, promise_id, with_for_update=True)
            if row is None:
                raise UnknownPromise(promise_id)
            promise = _promises(session, [row])[0].changed(change)
            row.state = change.state.value
            session.add(_change_row(promise))
            return promise

    def _open(self, *conditions: ColumnElement[bool]) -> Sequence[Promise]:
        is_open = PromiseRow.state == State.OPEN.value
        urgent_first = (PromiseRow.due_at.nulls_last(), PromiseRow.made_at, PromiseRow.id)
        wanted = select(PromiseRow).where(is_open, *conditions).order_by(*urgent_first)
        with self._database.reading_sessions() as session:
            return _promises(session, session.scalars(wanted).all())


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


def _promises(session: Session, rows: Sequence[PromiseRow]) -> list[Promise]:
    changes: dict[str, list[Change]] = {row.id: [] for row in rows}
    # An open promise has seldom a history, so all of them are read at once.
    if rows:
        of_these = PromiseChangeRow.promise_id.in_(changes)
        ordered = select(PromiseChangeRow).where(of_these).order_by(PromiseChangeRow.seq)
        for change in session.scalars(ordered):
            changes[change.promise_id].append(
                Change(change.at, State(change.state), change.by, change.why)
            )
    return [_promise(row, changes[row.id]) for row in rows]


def _promise(row: PromiseRow, changes: Sequence[Change]) -> Promise:
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
