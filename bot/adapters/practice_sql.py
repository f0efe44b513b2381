"""What people have practised, in the database."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from bot.adapters.database import Database
from bot.adapters.order_statements import table
from bot.adapters.schema_practice import MarkRow, PracticeRow, RequiredRow
from bot.core.filing import Filing
from bot.core.mastery import NOTHING_REQUIRED, Mark, Requirement, Shown, Where
from bot.services.ports.practice import Attempt, Mode, Said

ATTEMPTS, MARKS, REQUIRED = table(PracticeRow), table(MarkRow), table(RequiredRow)


class SqlAttempts:
    """Implements ``ports.practice.Attempts``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, attempt: Attempt) -> Attempt:
        this = insert(ATTEMPTS).returning(ATTEMPTS)
        with self._database.writing() as connection:
            return _attempt(connection.execute(this, _values(attempt)).one())

    def one(self, attempt_id: int) -> Attempt | None:
        this = select(ATTEMPTS).where(ATTEMPTS.c.id == attempt_id)
        with self._database.reading() as connection:
            row = connection.execute(this).one_or_none()
        return _attempt(row) if row else None

    def keep(self, attempt: Attempt, marks: Sequence[Mark] = ()) -> None:
        this = update(ATTEMPTS).where(ATTEMPTS.c.id == attempt.id)
        with self._database.writing() as connection:
            connection.execute(this.values(_values(attempt)))
            _write(connection, attempt.person, marks)

    def of(self, person: str) -> Sequence[Attempt]:
        theirs = select(ATTEMPTS).where(ATTEMPTS.c.person == person)
        with self._database.reading() as connection:
            rows = connection.execute(theirs.order_by(ATTEMPTS.c.id.desc())).all()
        return [_attempt(row) for row in rows]

    def passed(self, person: str) -> frozenset[str]:
        theirs = select(ATTEMPTS.c.scenario).where(
            ATTEMPTS.c.person == person, ATTEMPTS.c.passed, ATTEMPTS.c.mode != Mode.GUIDED
        )
        with self._database.reading() as connection:
            return frozenset(connection.scalars(theirs))

    def graded(self) -> Sequence[Attempt]:
        over = select(ATTEMPTS).where(ATTEMPTS.c.score.is_not(None)).order_by(ATTEMPTS.c.id)
        with self._database.reading() as connection:
            return [_attempt(row) for row in connection.execute(over)]

    def mark(self, person: str, marks: Sequence[Mark]) -> None:
        with self._database.writing() as connection:
            _write(connection, person, marks)

    def marks(self, person: str) -> Sequence[Mark]:
        theirs = select(MARKS).where(MARKS.c.person == person).order_by(MARKS.c.id)
        with self._database.reading() as connection:
            return [_mark(row) for row in connection.execute(theirs)]

    def all_marks(self) -> Sequence[tuple[str, Mark]]:
        with self._database.reading() as connection:
            rows = connection.execute(select(MARKS).order_by(MARKS.c.id)).all()
        return [(row.person, _mark(row)) for row in rows]


class SqlRequired:
    """Implements ``ports.practice.Required``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> dict[str, Requirement]:
        with self._database.reading() as connection:
            rows = connection.execute(select(REQUIRED)).all()
        return {row.case: Requirement(row.level, frozenset(row.scenarios)) for row in rows}

    def require(self, case: str, what: Requirement) -> None:
        row = {"case": case, "level": what.level, "scenarios": sorted(what.scenarios)}
        with self._database.writing() as connection:
            connection.execute(delete(REQUIRED).where(REQUIRED.c.case == case))
            if what != NOTHING_REQUIRED:
                connection.execute(insert(REQUIRED), row)


def _write(connection: Connection, person: str, marks: Sequence[Mark]) -> None:
    if marks:
        connection.execute(insert(MARKS), [{"person": person, **asdict(one)} for one in marks])


def _values(attempt: Attempt) -> dict[str, Any]:
    values = asdict(attempt)
    del values["id"]
    filed = attempt.filed
    return values | {
        "said": [asdict(one) for one in attempt.said],
        "filed": _written(filed) if filed else None,
    }


def _written(filed: Filing) -> dict[str, Any]:
    return {
        "registers": sorted(filed.registers),
        "amount": None if filed.amount is None else str(filed.amount),
        "follow_up": filed.follow_up.isoformat() if filed.follow_up else None,
    }


def _filing(kept: dict[str, Any]) -> Filing:
    amount, on = kept["amount"], kept["follow_up"]
    return Filing(
        frozenset(kept["registers"]),
        None if amount is None else Decimal(amount),
        date.fromisoformat(on) if on else None,
    )


def _attempt(row: Row[Any]) -> Attempt:
    values = dict(row._mapping)
    filed: dict[str, Any] | None = values["filed"]
    return Attempt(
        **values
        | {
            "said": tuple(Said(**one) for one in values["said"]),
            "mode": Mode(values["mode"]),
            "filed": _filing(filed) if filed else None,
        }
    )


def _mark(row: Row[Any]) -> Mark:
    at: datetime = row.at
    return Mark(row.item, Shown(row.shown), at, Where(row.where))
