"""A desk that writes messages, records and promises until somebody kills it; for the tests."""

import random
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import event

from bot.adapters.conversations_sql import SqlConversations
from bot.adapters.database import Database, sqlite_url
from bot.core.conversation import Conversation, Speaker, Turn
from bot.core.outcome import Outcome
from bot.core.promises import Commitment, Kind, Promise, promise_id
from tests.record_builders import NOW, WHOLE, draft

CONVERSATION = "c-1"


def write_until_killed(file: Path, seed: int) -> None:
    """Send one message after the other, each with its record, and again the last one that is there:
    nobody knows whether its sender has been told.
    """
    database = Database(sqlite_url(file))
    chance = random.Random(seed)
    # Between any two statements there is a moment in which the kill may come.
    event.listen(
        database.engine, "after_cursor_execute", lambda *_: time.sleep(chance.uniform(0, 0.002))
    )
    conversations = SqlConversations(database)
    conversations.open(Conversation(CONVERSATION), "api", NOW)
    for number in _from_last(conversations):
        outcome = Outcome((entry(number),), (promise(number),))
        conversations.add(CONVERSATION, reply(number), outcome)


def reply(number: int) -> Turn:
    return Turn(f"m-{number}", Speaker.AGENT, f"给您登记补寄了 {number}", NOW)


def entry(number: int) -> Any:
    fields = {**WHOLE, "订单号": f"2509{number:08}"}
    return draft(fields, conversation_id=CONVERSATION)


def promise(number: int) -> Promise:
    message = reply(number)
    resend = Commitment(Kind.RESEND, "补寄一根", NOW + timedelta(days=3))
    name = promise_id(CONVERSATION, message.id, 0)
    return Promise(name, resend, CONVERSATION, message.id, Speaker.AGENT, NOW)


def _from_last(conversations: SqlConversations) -> Iterator[int]:
    kept = conversations.load(CONVERSATION)
    assert kept is not None
    number = max(len(kept.turns) - 1, 0)
    while True:
        yield number
        number += 1
