"""A reply is checked before it is sent, by what the order and the conversation say at that moment."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.database import Database
from bot.adapters.orders_sql import SqlOrders
from bot.core.moments import SHANGHAI
from bot.core.orders import Line, Note, Order, OrderStatus
from bot.core.playbook import Role
from bot.services.desk import Message
from tests.databases import new_database
from tests.desks import desk_on
from tests.fakes import FakeReader

NOW = datetime(2025, 10, 20, 12, tzinfo=SHANGHAI)
NO_CABLE = "路由器收到了，里面没有网线"
ROUTER = Order(
    "251014000001",
    status=OrderStatus.DELIVERED,
    nickname="小雨",
    received_at=NOW - timedelta(days=3),
    lines=(Line("RT-1", "双频路由器", 1, Decimal("189.00"), Decimal("189.00")),),
)


class Chat:
    def __init__(self, database: Database) -> None:
        self.orders = SqlOrders(database)
        self.orders.upsert(ROUTER)
        self.desk = desk_on(database, FakeReader({NO_CABLE: "missing_cable"}))

    def customer(self, text: str) -> None:
        self.desk.advise(Message("c-1", text, text, NOW, nickname="小雨"))

    def check(self, text: str, sender: Role = Role.AGENT) -> list[str]:
        return [one["rule"] for one in self.desk.check("c-1", text, NOW, sender)]


@pytest.fixture
def chat(tmp_path: Path) -> Iterator[Chat]:
    database = new_database(tmp_path / "shop.db")
    yield Chat(database)
    database.close()


def test_a_finding_is_told_in_the_promised_form(chat: Chat) -> None:
    chat.customer(NO_CABLE)

    (found,) = chat.desk.check("c-1", "马上给您补发一根", NOW)

    assert found.keys() == {"rule", "severity", "start", "end", "why", "source", "better"}
    assert (found["rule"], found["severity"]) == ("promise", "block")
    assert found["better"]


def test_before_the_customer_has_written_anything_manners_count_all_the_same(chat: Chat) -> None:
    found = chat.check("您自己没看清楚吧")

    assert found == ["respect"]


def test_a_note_that_comes_after_the_advice_counts(chat: Chat) -> None:
    chat.customer(NO_CABLE)
    before = chat.check("已经给您补发了")
    chat.orders.upsert(replace(ROUTER, notes=(Note("10-20 已补发网线", NOW),)))

    after = chat.check("已经给您补发了")

    assert (before, after) == (["promise"], [])


def test_checking_a_reply_notes_nothing(chat: Chat) -> None:
    chat.customer(NO_CABLE)
    first = chat.check("马上给您补发一根")

    again = chat.check("马上给您补发一根")

    assert first == again


def test_what_was_carried_out_before_stays_granted(chat: Chat) -> None:
    chat.customer(NO_CABLE)
    script = "missing_cable.resend"
    chat.desk.observe("c-1", "a-1", "网线给您登记补发", NOW, script=script)
    chat.customer("什么时候到")

    found = chat.check("已经给您登记补发了，请您等几天，有事随时找我")

    assert found == []


def test_the_bot_may_promise_nothing_of_its_own(chat: Chat) -> None:
    chat.customer(NO_CABLE)

    found: Any = chat.check("马上给您补发一根", Role.BOT)

    assert found == ["authority"]
