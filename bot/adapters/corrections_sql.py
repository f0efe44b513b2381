"""Corrections in the database: each is written with what its message came to, and stays."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select

from bot.adapters.database import Database
from bot.adapters.order_statements import table
from bot.adapters.schema import CorrectionRow
from bot.core.corrections import Correction

CORRECTIONS = table(CorrectionRow)

_OF_MESSAGE = (
    select(CORRECTIONS)
    .where(
        CORRECTIONS.c.conversation_id == bindparam("conversation"),
        CORRECTIONS.c.message_id == bindparam("message"),
    )
    .order_by(CORRECTIONS.c.seq.desc())
    .limit(1)
)
_OTHERS = CORRECTIONS.alias()
_LATEST = (
    select(CORRECTIONS)
    .where(
        CORRECTIONS.c.seq
        == select(func.max(_OTHERS.c.seq))
        .where(
            _OTHERS.c.conversation_id == CORRECTIONS.c.conversation_id,
            _OTHERS.c.message_id == CORRECTIONS.c.message_id,
        )
        .scalar_subquery()
    )
    .order_by(CORRECTIONS.c.at, CORRECTIONS.c.conversation_id, CORRECTIONS.c.message_id)
)


class SqlCorrections:
    """Implements ``ports.Corrections``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def latest(self) -> Sequence[Correction]:
        with self._database.reading() as connection:
            return [_correction(row) for row in connection.execute(_LATEST)]


def keep(connection: Connection, correction: Correction) -> None:
    """Keep it as the last of its message; the same from the same person again is kept once.

    The caller holds the message: of two who correct it at once, the later comes last.
    """
    about = {"conversation": correction.conversation_id, "message": correction.message_id}
    last = connection.execute(_OF_MESSAGE, about).one_or_none()
    if last and (last.chosen, last.author) == (correction.chosen, correction.author):
        return
    row: dict[str, Any] = {name: getattr(correction, name) for name in Correction.__slots__}
    connection.execute(CORRECTIONS.insert(), {**row, "seq": last.seq + 1 if last else 1})


def _correction(row: Row[Any]) -> Correction:
    return Correction(
        conversation_id=row.conversation_id,
        message_id=row.message_id,
        text=row.text,
        before=row.before,
        chosen=row.chosen,
        author=row.author,
        at=row.at,
    )
