"""Promises are kept with their message, on either database, and none is lost."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from bot.adapters.conversations_sql import SqlConversations
from bot.adapters.database import Database
from bot.adapters.orders_sql import SqlOrders
from bot.adapters.promises_sql import SqlPromises
from bot.adapters.schema import ConversationRow
from bot.core.conversation import Conversation, Speaker, Turn
from bot.core.moments import SHANGHAI
from bot.core.orders import Order
from bot.core.outcome import Outcome
from bot.core.promises import (
    AlreadySo,
    Change,
    Commitment,
    Kind,
    Parties,
    Promise,
    State,
    UnknownPromise,
    promise_id,
)

NOW = datetime(2025, 10, 12, 15, tzinfo=SHANGHAI)
TOMORROW = NOW + timedelta(days=1)
KEPT = Change(NOW, State.KEPT, "小周", "电话打过了")


def promise(
    number: int = 0, message: str = "m1", due: datetime | None = TOMORROW, order: str | None = None
) -> Promise:
    return Promise(
        promise_id("c", message, number),
        Commitment(Kind.CALL_BACK, "明天给您回电", due, Decimal("2.00")),
        "c",
        message,
        Speaker.AGENT,
        NOW,
        order,
        "missing_cable",
    )


@pytest.fixture
def promises(database: Database) -> SqlPromises:
    return SqlPromises(database)


def say(database: Database, *made: Promise, message: str = "m1") -> None:
    kept = SqlConversations(database)
    kept.open(Conversation("c"), "test", NOW)
    kept.add("c", Turn(message, Speaker.AGENT, "明天给您回电", NOW), Outcome(promises=made))


def ids(found: Sequence[Promise]) -> list[str]:
    return [one.id for one in found]


def test_a_promise_comes_back_as_it_was_made(database: Database, promises: SqlPromises) -> None:
    say(database, promise(order="251012000001"))

    assert promises.open() == [promise(order="251012000001")]


def test_the_same_message_again_promises_nothing_new(
    database: Database, promises: SqlPromises
) -> None:
    say(database, promise())
    say(database, promise())

    assert promises.open() == [promise()]


def test_a_message_whose_promise_cannot_be_kept_is_not_kept_either(database: Database) -> None:
    say(database, promise())

    with pytest.raises(IntegrityError):
        say(database, promise(), message="m2")

    conversation = SqlConversations(database).load("c")
    assert conversation
    assert [turn.id for turn in conversation.turns] == ["m1"]


def test_the_most_urgent_come_first_and_those_without_a_time_last(
    database: Database, promises: SqlPromises
) -> None:
    someday, later, soon = promise(0, due=None), promise(1, due=TOMORROW), promise(2, due=NOW)
    say(database, someday, later, soon)

    assert ids(promises.open()) == ids([soon, later, someday])


def test_those_due_up_to_a_moment_include_that_moment(
    database: Database, promises: SqlPromises
) -> None:
    say(database, promise(), promise(1, due=None))

    assert promises.open(TOMORROW) == [promise()]
    assert promises.open(TOMORROW - timedelta(minutes=1)) == []


def test_a_promise_is_found_by_its_conversation_and_by_its_order(
    database: Database, promises: SqlPromises
) -> None:
    say(database, promise(order="251012000001"))

    assert len(promises.about("c", None)) == 1
    assert len(promises.about("another", "251012000001")) == 1
    assert promises.about("another", None) == []
    assert promises.about("another", "251012000002") == []


def test_a_settled_promise_keeps_its_history_and_can_be_opened_again(
    database: Database, promises: SqlPromises
) -> None:
    say(database, promise())
    again = Change(TOMORROW, State.OPEN, "小周", "打错了人")

    kept = promises.change(promise().id, KEPT)
    assert promises.open() == []
    opened = promises.change(promise().id, again)

    assert kept.history == (KEPT,)
    assert promises.open() == [opened]
    assert opened.history == (KEPT, again)


def test_the_same_state_twice_and_an_unknown_promise_are_refused(
    database: Database, promises: SqlPromises
) -> None:
    say(database, promise())
    promises.change(promise().id, KEPT)

    with pytest.raises(AlreadySo):
        promises.change(promise().id, KEPT)
    with pytest.raises(UnknownPromise, match="no such promise"):
        promises.change("nobody", KEPT)


def test_a_conversation_cannot_be_deleted_while_it_holds_a_promise(
    database: Database, promises: SqlPromises
) -> None:
    say(database, promise())

    with pytest.raises(IntegrityError), database.sessions.begin() as session:
        session.execute(delete(ConversationRow))

    assert promises.open() == [promise()]


def test_a_promise_names_who_made_it_and_to_whom(database, promises):
    SqlOrders(database).upsert(Order("77", nickname="慢慢走的鱼"))
    kept = SqlConversations(database)
    kept.open(Conversation("c", nickname="鱼"), "test", NOW)
    of_order, orderless = promise(0, order="77"), promise(1)
    made = Outcome(promises=(of_order, orderless))
    kept.add("c", Turn("m1", Speaker.AGENT, "明天给您回电", NOW, author="小周"), made)

    parties = promises.parties([of_order.id, orderless.id, "nothing"])

    assert parties == {
        of_order.id: Parties("慢慢走的鱼", "小周"),
        orderless.id: Parties("鱼", "小周"),
    }
    assert promises.parties([]) == {}
