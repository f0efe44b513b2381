"""Conversations in the database: each message is kept before anything is made of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, func, select

from bot.adapters.corrections_sql import keep as keep_correction
from bot.adapters.database import Database
from bot.adapters.order_statements import table
from bot.adapters.promises_sql import promise_row
from bot.adapters.registers_sql import enter
from bot.adapters.schema import AdviceRow, ConversationRow, MessageRow
from bot.core.conversation import Conversation, Reading, Speaker, Turn
from bot.core.corrections import Correction
from bot.core.outcome import NOTHING, Outcome
from bot.services.ports import MessageIdTaken, Received

# Each message passes here several times: plain statements, for objects cost more than the database.
CONVERSATIONS = table(ConversationRow)
MESSAGES = table(MessageRow)
ADVICES = table(AdviceRow)

_CONVERSATION = select(CONVERSATIONS).where(CONVERSATIONS.c.id == bindparam("conversation"))
_HELD = _CONVERSATION.with_for_update()
_MESSAGES = (
    select(MESSAGES)
    .where(MESSAGES.c.conversation_id == bindparam("conversation"))
    .order_by(MESSAGES.c.seq)
)
_MESSAGE = _MESSAGES.where(MESSAGES.c.id == bindparam("message"))
_LAST = select(func.max(MESSAGES.c.seq)).where(
    MESSAGES.c.conversation_id == bindparam("conversation")
)
_OF_MESSAGE = and_(
    ADVICES.c.conversation_id == bindparam("conversation"),
    ADVICES.c.message_id == bindparam("message"),
)
_ADVICE = select(ADVICES.c.body).where(_OF_MESSAGE)
_FORGET_ADVICE = ADVICES.delete().where(_OF_MESSAGE)
_LEARN = CONVERSATIONS.update().where(CONVERSATIONS.c.id == bindparam("conversation"))
_SETTLE = MESSAGES.update().where(
    MESSAGES.c.conversation_id == bindparam("conversation"), MESSAGES.c.id == bindparam("message")
)


class SqlConversations:
    """Implements ``ports.Conversations``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def load(self, conversation_id: str) -> Conversation | None:
        with self._database.reading() as connection:
            return _load(connection, conversation_id)

    def since(self, moment: datetime) -> Sequence[Conversation]:
        with self._database.reading() as connection:
            written = written_since(connection, moment)
            rows = connection.execute(
                select(CONVERSATIONS).where(CONVERSATIONS.c.updated_at >= moment)
            )
            return [conversation_of(row, written.get(row.id, [])) for row in rows]

    def ids(self) -> Sequence[str]:
        """All conversations, the oldest first."""
        oldest_first = select(CONVERSATIONS.c.id).order_by(CONVERSATIONS.c.opened_at)
        with self._database.reading() as connection:
            return connection.scalars(oldest_first).all()

    def open(self, conversation: Conversation, channel: str, at: datetime) -> None:
        with self._database.writing() as connection:
            _learn(connection, conversation, channel, at)

    def receive(self, conversation: Conversation, channel: str, turn: Turn) -> Received:
        with self._database.writing() as connection:
            learnt = _learn(connection, conversation, channel, turn.at)
            kept = next((one for one in learnt.turns if one.id == turn.id), None)
            if kept is None:
                _keep(connection, learnt.id, turn)
                return Received(learnt)
            _refuse_another(kept, turn)
            before = tuple(one for one in learnt.turns if one is not kept)
            return Received(replace(learnt, turns=before), _advice(connection, learnt.id, turn.id))

    def add(self, conversation_id: str, turn: Turn, outcome: Outcome = NOTHING) -> None:
        with self._database.sessions.begin() as session:
            connection = session.connection()
            about = {"conversation": conversation_id}
            connection.execute(_HELD, about).one()
            kept = connection.execute(_MESSAGE, {**about, "message": turn.id}).one_or_none()
            if kept is not None:
                return _refuse_another(_turn(kept), turn)
            _keep(connection, conversation_id, turn)
            for draft in outcome.entries:
                enter(session, draft)
            session.add_all(promise_row(promise) for promise in outcome.promises)

    def settle(
        self, conversation_id: str, turn: Turn, advice: dict[str, Any], shop: str = ""
    ) -> None:
        with self._database.writing() as connection:
            _settle(connection, conversation_id, turn, advice)
            if shop:
                connection.execute(_LEARN, {"conversation": conversation_id, "shop": shop})

    def correct(
        self,
        correction: Correction,
        turn: Turn,
        advice: dict[str, Any],
        along: Sequence[Turn] = (),
    ) -> None:
        conversation_id = correction.conversation_id
        with self._database.writing() as connection:
            _settle(connection, conversation_id, turn, advice)
            for reply in along:
                _read_anew(connection, conversation_id, reply)
            keep_correction(connection, correction)

    def advice(self, conversation_id: str, message_id: str) -> dict[str, Any] | None:
        with self._database.reading() as connection:
            return _advice(connection, conversation_id, message_id)


def written_since(connection: Connection, moment: datetime) -> Mapping[str, list[Row[Any]]]:
    """All messages, in order, of each conversation in which somebody has written since then."""
    recent = CONVERSATIONS.c.updated_at >= moment
    messages = MESSAGES.join(CONVERSATIONS)
    ordered = select(MESSAGES).select_from(messages).where(recent).order_by(MESSAGES.c.seq)
    written: dict[str, list[Row[Any]]] = {}
    for message in connection.execute(ordered):
        written.setdefault(message.conversation_id, []).append(message)
    return written


def messages_of(connection: Connection, conversation_id: str) -> Iterable[Row[Any]]:
    """The messages of one conversation, in order."""
    return connection.execute(_MESSAGES, {"conversation": conversation_id})


def _settle(
    connection: Connection, conversation_id: str, turn: Turn, advice: dict[str, Any]
) -> None:
    about = {"conversation": conversation_id, "message": turn.id}
    row = {"conversation_id": conversation_id, "message_id": turn.id, "body": advice}
    # It holds the message: of two who settle the same one, the later is the last.
    _read_anew(connection, conversation_id, turn)
    connection.execute(_FORGET_ADVICE, about)
    connection.execute(ADVICES.insert(), {**row, "created_at": turn.at})


def _read_anew(connection: Connection, conversation_id: str, turn: Turn) -> None:
    about = {"conversation": conversation_id, "message": turn.id}
    connection.execute(_SETTLE, {**about, "reading": asdict(turn.reading)})


def _refuse_another(kept: Turn, turn: Turn) -> None:
    if (kept.speaker, kept.text) != (turn.speaker, turn.text):
        raise MessageIdTaken(turn.id)


def _load(connection: Connection, conversation_id: str) -> Conversation | None:
    about = {"conversation": conversation_id}
    row = connection.execute(_CONVERSATION, about).one_or_none()
    return conversation_of(row, messages_of(connection, conversation_id)) if row else None


def _advice(connection: Connection, conversation_id: str, message_id: str) -> dict[str, Any] | None:
    about = {"conversation": conversation_id, "message": message_id}
    body: dict[str, Any] | None = connection.scalar(_ADVICE, about)
    return body


def _learn(connection: Connection, told: Conversation, channel: str, at: datetime) -> Conversation:
    """The conversation, held, with what is known of it now; a new one where there is none."""
    about = {"conversation": told.id}
    row = connection.execute(_HELD, about).one_or_none()
    if row is None:
        dates = {"opened_at": at, "updated_at": at}
        connection.execute(
            CONVERSATIONS.insert(), {"id": told.id, "channel": channel, **_known_of(told), **dates}
        )
        return replace(told, turns=())
    stored = conversation_of(row, messages_of(connection, told.id))
    learnt = replace(
        stored,
        shop=stored.shop or told.shop,
        order_no=told.order_no or stored.order_no,
        nickname=told.nickname or stored.nickname,
    )
    if learnt != stored:
        connection.execute(_LEARN, {**about, **_known_of(learnt)})
    return learnt


def _known_of(one: Conversation) -> dict[str, str | None]:
    return {"shop": one.shop, "order_no": one.order_no, "nickname": one.nickname}


def _keep(connection: Connection, conversation_id: str, turn: Turn) -> None:
    about = {"conversation": conversation_id}
    connection.execute(_LEARN, {**about, "updated_at": turn.at})
    row: dict[str, Any] = {
        "id": turn.id,
        "role": turn.speaker.value,
        "text": turn.text,
        "at": turn.at,
        "author": turn.author,
    }
    row |= {"conversation_id": conversation_id, "reading": asdict(turn.reading)}
    seq = (connection.scalar(_LAST, about) or 0) + 1
    connection.execute(MESSAGES.insert(), {**row, "seq": seq})


def conversation_of(row: Row[Any], messages: Iterable[Row[Any]]) -> Conversation:
    """The conversation that its row and those of its messages hold."""
    turns = tuple(_turn(message) for message in messages)
    return Conversation(row.id, row.order_no, row.nickname, row.shop, turns)


def _turn(row: Row[Any]) -> Turn:
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
        heard=raw.get("heard", {}),
    )
    return Turn(row.id, Speaker(row.role), row.text, row.at, reading, row.author)
