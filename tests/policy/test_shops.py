"""The example shops: each has its own rules, from its own folder."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.adapters.orders_sql import SqlOrders
from bot.core.orders import Line, Order, OrderStatus
from bot.services.desk import Message
from tests.builders import TODAY, moment
from tests.databases import new_database
from tests.desks import POLICY, desk_on
from tests.fakes import FakeReader


def test_the_example_shops_are_there() -> None:
    assert {"routers", "clothing", "furniture", "car_dealer"} <= POLICY.shops.keys()


@pytest.mark.parametrize(("shop", "days"), [("furniture", 60), ("clothing", 7), ("routers", 7)])
def test_the_furniture_shop_gives_longer_to_think_it_over(shop: str, days: int) -> None:
    assert POLICY.for_shop(shop).figures.number("no_reason_window", TODAY) == days


def test_a_car_is_judged_by_the_dealers_rule(tmp_path: Path) -> None:
    database = new_database(tmp_path / "shop.db")
    sold = moment() - timedelta(days=30)
    car = Order(
        "C1", "启程汽车", OrderStatus.DELIVERED, received_at=sold, lines=(Line("C", "轿车"),)
    )
    SqlOrders(database).upsert(car)
    desk = desk_on(database, FakeReader({"车有问题": "quality_issue"}))

    steps = []
    for number, text in enumerate(["车有问题", "刹车失灵了", "2月20号开的发票", "两千八百公里"]):
        at = moment() + timedelta(minutes=number)
        advice = desk.advise(Message("c", f"{number}", text, at, order_no="C1"))
        steps.append(advice["step"])
        desk.observe("c", f"r{number}", advice["replies"][0]["text"], at)

    database.close()
    assert steps == ["ask_failure", "ask_invoice", "ask_kilometres", "offer_choice"]
