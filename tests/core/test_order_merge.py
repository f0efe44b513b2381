from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from bot.core.moments import SHANGHAI
from bot.core.order_merge import Written, merge, merge_lines
from bot.core.orders import (
    Exchange,
    Line,
    Note,
    Order,
    OrderStatus,
    Refund,
    RefundStatus,
    ShipmentEvent,
)

DAY = datetime(2025, 10, 16, 9, 0, tzinfo=SHANGHAI)
KNOWN = Order(
    "250904220031",
    shop="routers",
    status=OrderStatus.SHIPPED,
    nickname="晚风",
    notes=(Note("客户来电", DAY),),
    events=(ShipmentEvent(DAY, "已揽收"),),
)


def test_what_the_news_does_not_say_stays():
    assert merge(KNOWN, Order(KNOWN.order_no)) == KNOWN


def test_what_the_news_says_replaces():
    merged = merge(KNOWN, Order(KNOWN.order_no, courier="中通", nickname="山茶"))

    assert (merged.courier, merged.nickname, merged.shop) == ("中通", "山茶", "routers")


def test_merging_the_same_twice_changes_nothing():
    news = replace(KNOWN, courier="中通", notes=(Note("催单"),))

    once = merge(KNOWN, news)

    assert merge(once, news) == once


def test_notes_and_events_are_added_and_never_removed():
    merged = merge(KNOWN, Order(KNOWN.order_no, notes=(Note("催单"),)))

    assert merged.notes == (Note("客户来电", DAY), Note("催单"))
    assert merged.events == KNOWN.events


@pytest.mark.parametrize(
    ("known", "news", "then"),
    [
        (OrderStatus.PAID, OrderStatus.SHIPPED, OrderStatus.SHIPPED),
        (OrderStatus.DELIVERED, OrderStatus.SHIPPED, OrderStatus.DELIVERED),
        (OrderStatus.CLOSED, OrderStatus.DELIVERED, OrderStatus.CLOSED),
        (None, OrderStatus.PAID, OrderStatus.PAID),
        (OrderStatus.PAID, None, OrderStatus.PAID),
    ],
)
def test_the_status_never_goes_back(known, news, then):
    merged = merge(replace(KNOWN, status=known), Order(KNOWN.order_no, status=news))

    assert merged.status is then


def test_real_lines_are_not_replaced_by_a_sum():
    real = (Line("YZ-AX15", "路由器", 1, Decimal("129.00")),)

    assert merge_lines(real, (Line("", "路由器，网线", 2),)) == real


def test_a_sum_is_replaced_by_real_lines():
    real = (Line("YZ-AX15", "路由器", 1, Decimal("129.00")),)

    assert merge_lines((Line("", "路由器，网线", 2),), real) == real


def test_a_line_keeps_what_was_known_of_the_same_goods():
    known = (Line("MH-BK90", "定制书柜", made_to_order=True), Line("MH-LP15", "台灯"))

    merged = merge_lines(known, (Line("MH-BK90", "定制书柜", 2, Decimal("6400.00")),))

    assert merged == (Line("MH-BK90", "定制书柜", 2, Decimal("6400.00"), made_to_order=True),)


def test_a_refund_goes_on_under_the_same_application():
    applied = Refund("退货退款", RefundStatus.APPLIED, DAY, Decimal("59.00"))
    known = replace(KNOWN, refund=applied)

    merged = merge(known, Order(KNOWN.order_no, refund=Refund(status=RefundStatus.PAID)))

    assert merged.refund == replace(applied, status=RefundStatus.PAID)


def test_a_refund_applied_for_another_day_is_another_refund():
    known = replace(KNOWN, refund=Refund("退货退款", RefundStatus.REJECTED, DAY, Decimal("59.00")))
    second = Refund("仅退款", RefundStatus.APPLIED, DAY + timedelta(days=2))

    assert merge(known, Order(KNOWN.order_no, refund=second)).refund == second


def test_an_exchange_for_other_goods_is_another_exchange():
    known = replace(KNOWN, exchange=Exchange(agreed=True, new_sku="SS-JN31-L"))
    second = Exchange(new_sku="SS-JN31-XL")

    assert merge(known, Order(KNOWN.order_no, exchange=second)).exchange == second


def test_an_exchange_agreed_on_is_the_one_that_is_shipped():
    known = replace(KNOWN, exchange=Exchange(agreed=True, new_sku="SS-JN31-L"))
    shipped = Exchange(shipped=True, shipped_at=DAY, tracking_no="SF1")

    merged = merge(known, Order(KNOWN.order_no, exchange=shipped)).exchange

    assert merged == Exchange(True, "SS-JN31-L", None, True, DAY, "SF1")


def test_counts_add_up():
    total = Written(1, 2, 3) + Written(4, 5, 6)

    assert (total, total.orders) == (Written(5, 7, 9), 21)
