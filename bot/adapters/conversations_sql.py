"""Conversations in the database: each message is kept before anything is made of it."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.adapters.database import Database
from bot.adapters.promises_sql import promise_row
from bot.adapters.registers_sql import enter
from bot.adapters.schema import AdviceRow, ConversationRow, MessageRow
from bot.core.conversation import Conversation, Reading, Speaker, Turn
from bot.core.outcome import NOTHING, Outcome
from bot.services.ports import MessageIdTaken


class SqlConversations:
    """Implements ``ports.Conversations``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def load(self, conversation_id: str) -> Conversation | None:
        with self._database.reading_sessions() as session:
            row = session.get(ConversationRow, conversation_id)
            if row is None:
                return None
            of_conversation = MessageRow.conversation_id == conversation_id
            messages = session.scalars(
                select(MessageRow).where(of_conversation).order_by(MessageRow.seq)
            )
            return _conversation(row, messages)

    def since(self, moment: datetime) -> Sequence[Conversation]:
        recent = ConversationRow.updated_at >= moment
        messages = select(MessageRow).join(ConversationRow).where(recent).order_by(MessageRow.seq)
        with self._database.reading_sessions() as session:
            written: dict[str, list[MessageRow]] = {}
            for message in session.scalars(messages):
                written.setdefault(message.conversation_id, []).append(message)
            rows = session.scalars(select(ConversationRow).where(recent))
            return [_conversation(row, written.get(row.id, [])) for row in rows]

    def ids(self) -> Sequence[str]:
        """All conversations, the oldest first."""
        with self._database.reading_sessions() as session:
            oldest_first = select(ConversationRow.id).order_by(ConversationRow.opened_at)
            return session.scalars(oldest_first).all()

    def open(self, conversation: Conversation, channel: str, at: datetime) -> None:
        with self._database.sessions.begin() as session:
            row = session.get(ConversationRow, conversation.id)
            if row is None:
                row = ConversationRow(
                    id=conversation.id,
                    channel=channel,
                    shop=conversation.shop,
                    opened_at=at,
                    updated_at=at,
                )
                session.add(row)
            row.order_no = conversation.order_no or row.order_no
            row.nickname = conversation.nickname or row.nickname
            row.shop = row.shop or conversation.shop

    def add(self, conversation_id: str, turn: Turn, outcome: Outcome = NOTHING) -> None:
        with self._database.sessions.begin() as session:
            kept = session.get(MessageRow, (conversation_id, turn.id))
            if kept is not None:
                if (kept.role, kept.text) != (turn.speaker.value, turn.text):
                    raise MessageIdTaken(turn.id)
                return
            session.get_one(ConversationRow, conversation_id).updated_at = turn.at
            session.add(
                MessageRow(
                    conversation_id=conversation_id,
                    id=turn.id,
                    seq=_next_seq(session, conversation_id),
                    role=turn.speaker.value,
                    text=turn.text,
                    at=turn.at,
                    reading=asdict(turn.reading),
                )
            )
            session.flush()  # what comes with the message points to it
            for draft in outcome.entries:
                enter(session, draft)
            session.add_all(promise_row(promise) for promise in outcome.promises)

    def settle(
        self, conversation_id: str, message_id: str, reading: Reading, advice: dict[str, Any]
    ) -> None:
        with self._database.sessions.begin() as session:
            message = session.get_one(MessageRow, (conversation_id, message_id))
            message.reading = asdict(reading)
            session.merge(
                AdviceRow(
                    conversation_id=conversation_id,
                    message_id=message_id,
                    body=advice,
                    created_at=message.at,
                )
            )

    def advice(self, conversation_id: str, message_id: str) -> dict[str, Any] | None:
        with self._database.reading_sessions() as session:
            row = session.get(AdviceRow, (conversation_id, message_id))
            return row.body if row else None


def _next_seq(session: Session, conversation_id: str) -> int:
    of_conversation = MessageRow.conversation_id == conversation_id
    last = session.scalar(select(func.max(MessageRow.seq)).where(of_conversation))
    return (last or 0) + 1


def _conversation(row: ConversationRow, messages: Iterable[MessageRow]) -> Conversation:
    turns = tuple(_turn(message) for message in messages)
    return Conversation(row.id, row.order_no, row.nickname, row.shop, turns)


def _turn(row: MessageRow) -> Turn:
    raw = row.reading or {}
    reading = Reading(
        case=raw.get("case"),
        step=raw.get("step"),
        asked=tuple(raw.get("asked", ())),
        said=raw.get("said", {}),
        intent=raw.get("intent"),
        numbers=tuple(raw.get("numbers", ())),
        amount=raw.get("amount"),
        guessed=bool(raw.get("guessed")),
        kept=tuple(raw.get("kept", ())),
    )
    return Turn(row.id, Speaker(row.role), row.text, row.at, reading)
