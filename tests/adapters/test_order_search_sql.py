"""The orders are looked through by what people have at hand, and each search uses an index."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import text as sql

from bot.adapters.conversations_sql import SqlConversations
from bot.adapters.database import Database
from bot.adapters.order_search_sql import SqlOrderBook, _statement
from bot.core.conversation import Conversation
from bot.core.moments import SHANGHAI
from bot.core.orders import Line, Order, OrderStatus
from bot.services.ports.orders import WantedOrders

NOON = datetime(2026, 11, 20, 12, tzinfo=SHANGHAI)
FIRST = Order(
    "261120000001",
    shop="路由器店",
    status=OrderStatus.DELIVERED,
    nickname="慢慢走的鱼",
    placed_at=NOON,
    tracking_no="YT4455667788",
    lines=(Line("A", "双频路由器"), Line("B", "网线")),
)
SECOND = replace(
    FIRST,
    order_no="261121000002",
    shop="服装店",
    status=OrderStatus.PAID,
    nickname="慢羊羊",
    placed_at=NOON + timedelta(days=1),
    tracking_no=None,
)
UNDATED = Order("3000", shop="服装店")


@pytest.fixture
def book(database: Database) -> SqlOrderBook:
    kept = SqlOrderBook(database)
    kept.upsert(FIRST, SECOND, UNDATED)
    return kept


def numbers(book: SqlOrderBook, **wanted: object) -> list[str]:
    return [one.order_no for one in book.find(WantedOrders(**wanted))]  # type: ignore[arg-type]


def test_all_orders_the_latest_first_and_undated_ones_last(book):
    assert numbers(book) == [SECOND.order_no, FIRST.order_no, UNDATED.order_no]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"text": "2611"}, [SECOND.order_no, FIRST.order_no]),
        ({"text": "２６１１-20"}, [FIRST.order_no]),
        ({"text": "yt 4455667788"}, [FIRST.order_no]),
        ({"text": "YT44"}, []),
        ({"text": "慢"}, [SECOND.order_no, FIRST.order_no]),
        ({"text": "慢慢"}, [FIRST.order_no]),
        ({"text": "慢%"}, []),
        ({"shop": "服装店"}, [SECOND.order_no, UNDATED.order_no]),
        ({"status": OrderStatus.PAID}, [SECOND.order_no]),
        ({"since": date(2026, 11, 21)}, [SECOND.order_no]),
        ({"until": date(2026, 11, 20)}, [FIRST.order_no]),
        (
            {"since": date(2026, 11, 20), "until": date(2026, 11, 21), "text": "慢慢"},
            [FIRST.order_no],
        ),
        ({"skip": 1, "limit": 1}, [FIRST.order_no]),
    ],
)
def test_orders_are_found_by_what_is_known_of_them(book, wanted, found):
    assert numbers(book, **wanted) == found


def test_the_list_tells_what_was_bought_and_the_latest_mark(book):
    book.set_flag(FIRST.order_no, "催", NOON, "小周")
    book.set_flag(FIRST.order_no, "VIP", NOON, "小周")
    book.set_flag(SECOND.order_no, "催", NOON, "小周")
    book.set_flag(SECOND.order_no, None, NOON, "小周")

    second, first, _ = book.find(WantedOrders())

    assert (first.titles, first.flag) == (("双频路由器", "网线"), "VIP")
    assert second.flag == ""


def test_the_conversations_about_an_order_the_latest_first(book, database):
    kept = SqlConversations(database)
    for number, name in enumerate(("early", "late", "other")):
        order_no = FIRST.order_no if name != "other" else SECOND.order_no
        kept.open(Conversation(name, order_no), "chat", NOON + timedelta(minutes=number))

    assert book.spoken_of_in(FIRST.order_no, 5) == ["late", "early"]
    assert book.spoken_of_in(FIRST.order_no, 1) == ["late"]


@pytest.mark.parametrize("wanted", [{"text": "2611"}, {"text": "慢"}, {}])
def test_no_search_on_sqlite_reads_every_order(book, database, wanted):
    if database.engine.dialect.name != "sqlite":
        pytest.skip("the plan is told in SQLite's words")
    statement = _statement(WantedOrders(**wanted)).compile(
        database.engine, compile_kwargs={"literal_binds": True}
    )
    with database.reading() as connection:
        plan = [row.detail for row in connection.execute(sql(f"EXPLAIN QUERY PLAN {statement}"))]

    assert not [step for step in plan if step == "SCAN orders"]
