"""A practice customer's orders stand where the scenario says, on whichever day it is practised."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from bot.core.moments import SHANGHAI
from bot.core.orders import Exchange, Line, Order, Refund
from bot.core.practice import DRAWN_UP_ON, Persona, Practice
from tests.builders import TODAY

DRAWN_UP = datetime(DRAWN_UP_ON.year, DRAWN_UP_ON.month, DRAWN_UP_ON.day, tzinfo=SHANGHAI)
ORDER = Order(
    "240101000001",
    received_at=DRAWN_UP - timedelta(days=7),
    refund=Refund(applied_at=DRAWN_UP - timedelta(days=1), amount=Decimal("12.00")),
    exchange=Exchange(agreed=True, shipped_at=DRAWN_UP),
    lines=(Line("A", "杯子", 2),),
)
PRACTICE = Practice(
    "missing_cable_1",
    "missing_cable",
    "没收到网线",
    1,
    Persona.SILENT,
    3,
    (ORDER,),
    ("没网线",),
    {},
    (),
    "found",
)


def test_seven_days_ago_is_seven_days_before_the_day_of_practice() -> None:
    (order,) = PRACTICE.orders_on(TODAY)

    assert order.received_at is not None
    assert order.received_at.date() == TODAY - timedelta(days=7)


def test_what_hangs_on_the_order_moves_with_it_and_the_rest_stays() -> None:
    (order,) = PRACTICE.orders_on(TODAY)

    assert order.refund is not None
    assert order.refund.applied_at is not None
    assert order.refund.applied_at.date() == TODAY - timedelta(days=1)
    assert order.refund.amount == Decimal("12.00")
    assert order.exchange is not None
    assert order.exchange.shipped_at is not None
    assert order.exchange.shipped_at.date() == TODAY
    assert order.lines == ORDER.lines


def test_a_customer_without_an_order_has_none_on_any_day() -> None:
    practice = replace(PRACTICE, orders=())

    assert practice.orders_on(TODAY) == ()
