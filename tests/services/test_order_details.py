"""An order beside the chat: named as the policy names things, aged in whole days, contacts masked."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from bot.core.facts import FactDef, Kind
from bot.core.moments import SHANGHAI
from bot.core.orders import (
    Exchange,
    Line,
    Note,
    Order,
    OrderStatus,
    PaymentMethod,
    Refund,
    RefundStatus,
    ShipmentEvent,
)
from bot.services.order_details import OrderDetails, age, details, moment

NOW = datetime(2025, 9, 12, 9, 0, tzinfo=SHANGHAI)
FACTS = {
    "order_status": FactDef("order_status", "订单状态", Kind.CHOICE, {"delivered": "已签收"}),
    "refund_status": FactDef("refund_status", "退款状态", Kind.CHOICE, {"paid": "已退款"}),
}


def rows(shown: OrderDetails, section: str) -> dict[str, tuple[str, str]]:
    found = next(s for s in shown.sections if s.title == section)
    return {row.title: (row.value, row.age) for row in found.rows}


def test_an_order_of_which_little_is_known_shows_that_little():
    shown = details(Order("1"), {}, NOW)

    assert (shown.order_no, shown.status) == ("1", "状态未知")
    assert (shown.bought, shown.sections, shown.events, shown.notes) == ((), (), (), ())
    assert shown.paid is None


def test_states_are_named_as_the_policy_names_them_else_by_their_code():
    order = Order(
        "1",
        status=OrderStatus.DELIVERED,
        payment_method=PaymentMethod.ALIPAY,
        refund=Refund("仅退款", RefundStatus.PAID, NOW, Decimal("2"), NOW, True),
    )

    shown = details(order, FACTS, NOW)

    assert shown.status == "已签收"
    assert rows(shown, "退款退货")["状态"] == ("已退款", "")
    assert rows(shown, "退款退货")["金额"] == ("¥2.00", "")
    assert rows(shown, "付款")["方式"] == ("alipay", "")


def test_contacts_are_masked_also_inside_notes_and_news():
    order = Order(
        "1",
        phone="13812345678",
        address="浙江省杭州市西湖区某路 8 号",
        signed_by="门卫 13812345678",
        events=(ShipmentEvent(NOW, "快递员 13900001111 派送中"),),
        notes=(Note("支付宝 someone@example.com"),),
    )

    shown = str(details(order, FACTS, NOW))

    assert "138****5678" in shown
    assert "s***@example.com" in shown
    for whole in ("13812345678", "13900001111", "someone@", "西湖区", "8 号"):
        assert whole not in shown


@pytest.mark.parametrize(
    ("lines", "paid"),
    [
        ((), None),
        ((Line("A", "甲", 1, Decimal("1.50")),), "1.50"),
        ((Line("A", "甲", 1, Decimal("1.50")), Line("B", "乙", 2, Decimal("3"))), "4.50"),
        ((Line("A", "甲", 1, Decimal("1.50")), Line("B", "乙", 2)), None),
    ],
)
def test_the_sum_is_shown_only_when_every_line_is_known(lines, paid):
    assert details(Order("1", lines=lines), FACTS, NOW).paid == paid


def test_the_latest_three_news_of_the_parcel_are_shown_newest_first():
    events = tuple(ShipmentEvent(NOW - timedelta(days=n), f"{n} 天") for n in (3, 0, 2, 1))

    shown = details(Order("1", events=events), FACTS, NOW)

    assert [event.text for event in shown.events] == ["0 天", "1 天", "2 天"]


def test_the_promised_day_is_shown_until_the_parcel_has_left():
    waiting = Order("1", promised_ship_by=NOW + timedelta(days=2))
    left = Order("1", promised_ship_by=NOW, shipped_at=NOW)

    assert rows(details(waiting, FACTS, NOW), "物流")["承诺发货"][1] == "还有 2 天"
    assert "承诺发货" not in rows(details(left, FACTS, NOW), "物流")


def test_an_exchange_is_shown_with_what_is_known_of_it():
    exchange = Exchange(agreed=True, new_sku="L", new_price=Decimal("99"), shipped=False)

    shown = rows(details(Order("1", exchange=exchange), FACTS, NOW), "换货")

    assert shown == {
        "已同意换货": ("是", ""),
        "换成": ("L", ""),
        "新款价格": ("¥99.00", ""),
        "已发出": ("否", ""),
    }


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "今天"),
        (1, "昨天"),
        (2, "2 天前"),
        (60, "60 天前"),
        (61, "2 个月前"),
        (-1, "明天"),
        (-2, "还有 2 天"),
        (-61, "2 个月后"),
    ],
)
def test_an_age_is_told_in_whole_days_of_the_calendar(days, words):
    assert age(NOW - timedelta(days=days), NOW) == words


def test_a_day_begins_at_midnight_in_shanghai():
    assert age(datetime(2025, 9, 11, 23, 59, tzinfo=SHANGHAI), NOW) == "昨天"
    assert age(datetime(2025, 9, 11, 16, 0, tzinfo=UTC), NOW) == "今天"
    assert age(None, NOW) == ""


def test_a_moment_of_another_year_is_told_with_its_year():
    assert moment(datetime(2025, 9, 8, 7, 5, tzinfo=SHANGHAI), NOW) == "9月8日 07:05"
    assert moment(datetime(2024, 12, 31, 23, 5, tzinfo=SHANGHAI), NOW) == "2024年12月31日 23:05"
    assert moment(None, NOW) == ""


def test_a_day_without_an_hour_is_told_as_the_day():
    assert moment(datetime(2025, 9, 8, 0, 0, tzinfo=SHANGHAI), NOW) == "9月8日"
    assert moment(datetime(2025, 9, 8, 0, 1, tzinfo=SHANGHAI), NOW) == "9月8日 00:01"
