"""What people have practised, in the database."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update

from bot.adapters.database import Database
from bot.adapters.order_statements import table
from bot.adapters.schema_practice import PracticeRow
from bot.services.ports.practice import Attempt, Said

ATTEMPTS = table(PracticeRow)


class SqlAttempts:
    """Implements ``ports.Attempts``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, person: str, scenario: str, seed: int, at: datetime) -> Attempt:
        begun = Attempt(0, person, scenario, seed, at)
        with self._database.writing() as connection:
            row = connection.execute(insert(ATTEMPTS).returning(ATTEMPTS), _values(begun)).one()
        return _attempt(row)

    def one(self, attempt_id: int) -> Attempt | None:
        this = select(ATTEMPTS).where(ATTEMPTS.c.id == attempt_id)
        with self._database.reading() as connection:
            row = connection.execute(this).one_or_none()
        return _attempt(row) if row else None

    def keep(self, attempt: Attempt) -> None:
        this = update(ATTEMPTS).where(ATTEMPTS.c.id == attempt.id)
        with self._database.writing() as connection:
            connection.execute(this.values(_values(attempt)))

    def of(self, person: str) -> Sequence[Attempt]:
        theirs = select(ATTEMPTS).where(ATTEMPTS.c.person == person)
        with self._database.reading() as connection:
            rows = connection.execute(theirs.order_by(ATTEMPTS.c.id.desc())).all()
        return [_attempt(row) for row in rows]


def _values(attempt: Attempt) -> dict[str, Any]:
    values = asdict(attempt)
    del values["id"]
    return values | {"said": [asdict(one) for one in attempt.said]}


def _attempt(row: Row[Any]) -> Attempt:
    values = dict(row._mapping)
    return Attempt(**values | {"said": tuple(Said(**one) for one in values["said"])})
