"""What only the whole desk brings together: prices held against each other, and cases of one matter."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.orders_sql import SqlOrders
from bot.core.moments import SHANGHAI
from bot.core.orders import Line, Note, Order, OrderStatus
from bot.services.desk import Message
from tests.databases import new_database
from tests.desks import desk_on
from tests.fakes import FakeReader

NOW = datetime(2025, 10, 20, 12, tzinfo=SHANGHAI)
COAT = Order(
    "251015000001",
    status=OrderStatus.DELIVERED,
    paid_at=NOW - timedelta(days=5),
    received_at=NOW - timedelta(days=3),
    lines=(Line("DN-02", "羽绒服", 1, Decimal("399.00"), Decimal("399.00")),),
)


def advice(tmp_path: Path, order: Order, intents: dict[str, str], *words: str) -> dict[str, Any]:
    """The advice on the last of the customer's messages."""
    database = new_database(tmp_path / "shop.db")
    SqlOrders(database).upsert(order)
    desk = desk_on(database, FakeReader(intents))
    body: dict[str, Any] = {}
    for number, text in enumerate(words):
        at = NOW + timedelta(minutes=number)
        body = desk.advise(Message("c", f"m{number}", text, at, order_no=order.order_no))
    database.close()
    return body


def noted(text: str) -> Order:
    return replace(COAT, notes=(Note(text, NOW),))


@pytest.mark.parametrize(
    ("note", "words", "amount"),
    [
        ("该款今天起售价359.00元", "降价了，退差价", "40.00"),
        ("客户来问过", "便宜了30元，退差价", "30.00"),
        ("该款今天起售价359.00元", "便宜了60元，退差价", "40.00"),
    ],
    ids=["the page's price", "the customer's words", "the page before the words"],
)
def test_the_fall_is_the_price_paid_less_todays_price(
    tmp_path: Path, note: str, words: str, amount: str
) -> None:
    body = advice(tmp_path, noted(note), {words: "price_drop"}, words)

    assert (body["step"], body["amount"]) == ("ask_account", amount)


def test_nobody_knows_the_fall_while_todays_price_is_not_known(tmp_path: Path) -> None:
    body = advice(tmp_path, COAT, {"降价了": "price_drop"}, "降价了")

    assert body["step"] == "ask_price"


def test_what_was_said_about_the_size_counts_when_the_customer_returns_it_after_all(
    tmp_path: Path,
) -> None:
    intents = {"衣服太小了，没穿过吊牌都在": "size_issue", "不换了": "return_request"}

    body = advice(tmp_path, COAT, intents, "衣服太小了，没穿过吊牌都在", "不换了")

    assert (body["case"], body["step"]) == ("size_issue", "return_goods")
