"""What the customers' chat keeps: hand-overs in the database, pictures as files beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Row, insert, select

from bot.adapters.database import Database
from bot.adapters.order_statements import table
from bot.adapters.schema_chat import HandoffRow, PhotoRow
from bot.core.handed_over import HandedOver, Handoff, Why
from bot.services.ports.chat import Photo

HANDOFFS = table(HandoffRow)
PHOTOS = table(PhotoRow)


class SqlHandoffs:
    """Implements ``ports.Handoffs``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, handed: HandedOver) -> None:
        handoff = handed.handoff
        row = {
            "conversation_id": handed.conversation_id,
            "message_id": handed.message_id,
            "at": handed.at,
            "reason": handoff.reason.value,
            "to_role": handoff.to,
            "packet": dict(handoff.packet),
            "known": list(handoff.known),
        }
        there = select(HANDOFFS.c.at).where(
            HANDOFFS.c.conversation_id == handed.conversation_id,
            HANDOFFS.c.message_id == handed.message_id,
        )
        with self._database.writing() as connection:
            if connection.scalar(there) is None:
                connection.execute(insert(HANDOFFS), row)

    def latest(self, conversation_id: str) -> HandedOver | None:
        this = select(HANDOFFS).where(HANDOFFS.c.conversation_id == conversation_id)
        with self._database.reading() as connection:
            row = connection.execute(this.order_by(HANDOFFS.c.at.desc()).limit(1)).one_or_none()
        return _handed(row) if row else None

    def between(self, start: datetime, end: datetime) -> Sequence[HandedOver]:
        these = select(HANDOFFS).where(HANDOFFS.c.at >= start, HANDOFFS.c.at < end)
        with self._database.reading() as connection:
            rows = connection.execute(these.order_by(HANDOFFS.c.at)).all()
        return [_handed(row) for row in rows]


class SqlPhotos:
    """Implements ``ports.Photos``: the files stand in a folder that no address leads to."""

    def __init__(self, database: Database, folder: Path) -> None:
        self._database = database
        self._folder = folder

    def keep(self, photo: Photo, data: bytes) -> None:
        there = select(PHOTOS.c.id).where(
            PHOTOS.c.conversation_id == photo.conversation_id,
            PHOTOS.c.message_id == photo.message_id,
        )
        # The file first: a row without its picture would be shown broken for ever.
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = self._folder / photo.id
        with self._database.writing() as connection:
            if connection.scalar(there) is None:
                file.write_bytes(data)
                connection.execute(insert(PHOTOS), asdict(photo))

    def of(self, conversation_id: str) -> Mapping[str, Photo]:
        these = select(PHOTOS).where(PHOTOS.c.conversation_id == conversation_id)
        with self._database.reading() as connection:
            return {row.message_id: _photo(row) for row in connection.execute(these)}

    def read(self, photo_id: str) -> tuple[Photo, bytes] | None:
        with self._database.reading() as connection:
            row = connection.execute(select(PHOTOS).where(PHOTOS.c.id == photo_id)).one_or_none()
        # The name of the file is the database's, never the caller's.
        file = self._folder / row.id if row else None
        if row is None or file is None or not file.is_file():
            return None
        return _photo(row), file.read_bytes()


def _handed(row: Row[Any]) -> HandedOver:
    handoff = Handoff(Why(row.reason), row.to_role, row.packet, tuple(row.known))
    return HandedOver(row.conversation_id, row.message_id, row.at, handoff)


def _photo(row: Row[Any]) -> Photo:
    return Photo(
        row.id,
        row.conversation_id,
        row.message_id,
        row.kind,
        row.width,
        row.height,
        row.at,
    )
