"""Phrases in the database."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import Row, insert, select, update

from bot.adapters.database import Database
from bot.adapters.order_statements import table
from bot.adapters.schema_phrases import PhraseRow
from bot.core.phrases import SHARED, Phrase

PHRASES = table(PhraseRow)


class SqlPhrases:
    """Implements ``ports.Phrases``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, name: str) -> Sequence[Phrase]:
        usable = select(PHRASES).where(PHRASES.c.owner.in_((name, SHARED)))
        ordered = usable.order_by(PHRASES.c.owner.desc(), PHRASES.c.folder, PHRASES.c.title)
        with self._database.reading() as connection:
            return [_phrase(row) for row in connection.execute(ordered)]

    def one(self, phrase_id: int) -> Phrase | None:
        with self._database.reading() as connection:
            row = connection.execute(select(PHRASES).where(PHRASES.c.id == phrase_id)).one_or_none()
        return _phrase(row) if row else None

    def keep(self, phrase: Phrase) -> Phrase:
        values = asdict(phrase)
        number = values.pop("id")
        with self._database.writing() as connection:
            if number:
                connection.execute(update(PHRASES).where(PHRASES.c.id == number).values(values))
                return phrase
            made = connection.execute(insert(PHRASES).returning(PHRASES.c.id), values).scalar_one()
        return replace(phrase, id=made)

    def drop(self, phrase_id: int) -> None:
        with self._database.writing() as connection:
            connection.execute(PHRASES.delete().where(PHRASES.c.id == phrase_id))


def _phrase(row: Row[Any]) -> Phrase:
    return Phrase(row.id, row.owner, row.folder, row.title, row.text, row.picture)
