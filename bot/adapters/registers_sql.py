"""The registers in the database: records that are never lost, and who changed what when."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from bot.adapters.database import Database
from bot.adapters.record_search_sql import COURIERS, SHOPS, conditions
from bot.adapters.schema import RecordChangeRow, RecordRow
from bot.core.people import Person, Role
from bot.core.record_changes import Changed, Draft, entered
from bot.core.record_refusals import Stale, UnknownRecord
from bot.core.records import Act, Approval, Change, Record, State
from bot.services.ports import Changing, WantedRecords


class SqlRegisters:
    """Implements ``ports.Registers``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def enter(self, draft: Draft) -> Record:
        with self._database.sessions.begin() as session:
            return enter(session, draft)

    def one(self, record_id: int) -> Record:
        with self._database.reading_sessions() as session:
            return _record(_found(session.get(RecordRow, record_id), record_id))

    def find(self, wanted: WantedRecords) -> Sequence[Record]:
        query = select(RecordRow).order_by(RecordRow.id.desc()).limit(wanted.limit)
        with self._database.reading_sessions() as session:
            return [_record(row) for row in session.scalars(query.where(*conditions(wanted)))]

    def couriers(self) -> Sequence[str]:
        return self._names(COURIERS)

    def shops(self) -> Sequence[str]:
        return self._names(SHOPS)

    def _names(self, query: Select[Any]) -> Sequence[str]:
        with self._database.reading_sessions() as session:
            return session.scalars(query).all()

    def change(self, record_id: int, version: int, changing: Changing) -> Record:
        with self._database.sessions.begin() as session:
            row = _held(session, record_id)
            if row.version != version:
                raise Stale(record_id, _last_writer(session, row))
            for changed in changing(_record(row), lambda about: _about(session, about)):
                _write(session, row, changed)
            return _record(row)

    def history(self, record_id: int) -> Sequence[Change]:
        of_record = RecordChangeRow.record_id == record_id
        lines = select(RecordChangeRow).where(of_record).order_by(RecordChangeRow.version)
        with self._database.reading_sessions() as session:
            return [_change(row) for row in session.scalars(lines)]


def enter(session: Session, draft: Draft) -> Record:
    """Enter it within a transaction that keeps other things too."""
    places = _places(draft)
    of_order = [record for place in places for record in _about(session, place)]
    changed = entered(draft, of_order)
    row = session.get(RecordRow, changed.record.id) if changed.record.id else None
    return _write(session, row or RecordRow(), changed)


def _places(draft: Draft) -> list[str]:
    """What records of the same thing may be about."""
    blank = Record(0, draft.register.name, "", "", {}, draft.doing.at, draft.conversation_id)
    known = blank.with_fields(draft.fields, draft.register)
    return sorted({known.about, *([blank.about] if draft.conversation_id else [])})


def _about(session: Session, about: str) -> list[Record]:
    """The records about this, held: nobody else enters or changes one until the end."""
    _hold(session, about)
    rows = session.scalars(
        select(RecordRow)
        .where(RecordRow.about == about)
        .order_by(RecordRow.id)
        .execution_options(populate_existing=True)
    )
    return [_record(row) for row in rows]


def _hold(session: Session, about: str) -> None:
    # On SQLite a writer is alone from its beginning.
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(about, 0))))


def _held(session: Session, record_id: int) -> RecordRow:
    """The record, held with all about the same order; that first, as whoever enters one does."""
    about = session.scalar(select(RecordRow.about).where(RecordRow.id == record_id))
    if about is not None:
        _hold(session, about)
    row = session.get(RecordRow, record_id, with_for_update=True, populate_existing=True)
    return _found(row, record_id)


def _found(row: RecordRow | None, record_id: int) -> RecordRow:
    if row is None:
        raise UnknownRecord(record_id)
    return row


def _last_writer(session: Session, row: RecordRow) -> str:
    last = session.get_one(RecordChangeRow, (row.id, row.version))
    return last.by_name


def _write(session: Session, row: RecordRow, changed: Changed) -> Record:
    record, change = changed.record, changed.change
    for name, value in _columns(record).items():
        setattr(row, name, value)
    session.add(row)
    session.flush()  # numbers a new one
    session.add(
        RecordChangeRow(
            record_id=row.id,
            version=record.version,
            act=change.act.value,
            by_name=change.by.name,
            by_role=change.by.role.value,
            at=change.at,
            before=dict(change.before),
            after=dict(change.after),
            why=change.why,
            source=change.source,
            unused=dict(change.unused),
        )
    )
    session.flush()
    return _record(row)


def _columns(record: Record) -> dict[str, Any]:
    updated: datetime = record.updated_at or record.created_at
    return {
        "register": record.register,
        "about": record.about,
        "key": record.key,
        "order_no": record.order_no,
        "reason": record.reason,
        "fields": dict(record.fields),
        "state": record.state.value,
        "amount": record.amount,
        "compensation": record.compensation,
        "approval": record.approval.value,
        "approved_by": record.approved_by,
        "conversation_id": record.conversation_id,
        "version": record.version,
        "created_at": record.created_at,
        "updated_at": updated,
    }


def _record(row: RecordRow) -> Record:
    return Record(
        id=row.id,
        register=row.register,
        order_no=row.order_no,
        reason=row.reason,
        fields=row.fields,
        created_at=row.created_at,
        conversation_id=row.conversation_id,
        state=State(row.state),
        amount=row.amount,
        compensation=row.compensation,
        approval=Approval(row.approval),
        approved_by=row.approved_by,
        version=row.version,
        updated_at=row.updated_at,
    )


def _change(row: RecordChangeRow) -> Change:
    by = Person(row.by_name, Role(row.by_role))
    return Change(Act(row.act), by, row.at, row.before, row.after, row.why, row.source, row.unused)
