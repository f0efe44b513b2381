from datetime import date, datetime
from decimal import Decimal

import pytest

from bot.adapters.scenario_orders import scenario_orders
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
)

TODAY = date(2025, 10, 22)


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=SHANGHAI)


def one(**given: object) -> Order:
    (order,) = scenario_orders({"order_no": "250904220031", **given}, TODAY)
    return order


def test_everything_a_scenario_can_say_is_understood():
    order = one(
        status="delivered",
        paid_at="2025-09-04",
        promised_ship_by="2025-09-06",
        shipped_at="2025-09-05 18:30",
        received_at="2025-09-08",
        signed_by="本人",
        courier="韵达",
        tracking_no="46001",
        upgraded_courier_paid=False,
        invoice_issued=True,
        freight_insurance=True,
        payment_method="net_bank",
        quick_pay_bound=False,
        notes=["2025-10-15 客户催单", "10-16 退回件已揽收", "客户差价已付"],
        lines=[
            {
                "sku": "YZ-AX30",
                "title": "双频路由器",
                "qty": 2,
                "paid": "378.00",
                "unit_price": "189.00",
                "bundle": None,
                "made_to_order": False,
            }
        ],
        refund={
            "type": "退运费",
            "status": "paid",
            "applied_at": "2025-10-02",
            "amount": "12.50",
            "succeeded_at": "2025-10-10",
            "slip_approved": True,
        },
        return_tracking_no="SF01",
        return_signed_at="2025-10-09",
        exchange={
            "agreed": True,
            "new_sku": "YZ-AX54",
            "new_price": "299.00",
            "shipped": True,
            "shipped_at": "2025-10-11",
            "tracking_no": "YT01",
        },
    )

    assert order == Order(
        order_no="250904220031",
        status=OrderStatus.DELIVERED,
        paid_at=at(2025, 9, 4),
        promised_ship_by=at(2025, 9, 6, 23, 59, 59),
        shipped_at=at(2025, 9, 5, 18, 30),
        received_at=at(2025, 9, 8),
        signed_by="本人",
        courier="韵达",
        tracking_no="46001",
        upgraded_courier_paid=False,
        payment_method=PaymentMethod.NET_BANK,
        quick_pay_bound=False,
        invoice_issued=True,
        freight_insurance=True,
        lines=(
            Line("YZ-AX30", "双频路由器", 2, Decimal("378.00"), Decimal("189.00"), None, False),
        ),
        refund=Refund(
            "退运费",
            RefundStatus.PAID,
            at(2025, 10, 2),
            Decimal("12.50"),
            at(2025, 10, 10),
            True,
        ),
        return_tracking_no="SF01",
        return_signed_at=at(2025, 10, 9),
        exchange=Exchange(True, "YZ-AX54", Decimal("299.00"), True, at(2025, 10, 11), "YT01"),
        notes=(
            Note("客户催单", at(2025, 10, 15)),
            Note("退回件已揽收", at(2025, 10, 16)),
            Note("客户差价已付"),
        ),
    )


def test_null_is_no_order():
    assert scenario_orders(None, TODAY) == ()


def test_several_orders_are_one_customers_in_the_scenarios_sequence():
    found = scenario_orders([{"order_no": "2"}, {"order_no": "1"}], TODAY, "晚风", "clothing")

    assert [order.order_no for order in found] == ["2", "1"]
    assert {(order.nickname, order.shop) for order in found} == {("晚风", "clothing")}


def test_what_a_scenario_leaves_out_or_leaves_empty_is_unknown():
    assert one(status=None, refund=None, lines=[]) == Order("250904220031")


def test_a_promise_with_a_time_holds_until_that_time():
    assert one(promised_ship_by="2025-09-06 18:00").promised_ship_by == at(2025, 9, 6, 18)


def test_dates_that_the_reader_of_yaml_has_made_are_taken_as_they_are():
    assert one(received_at=date(2025, 9, 8)).received_at == at(2025, 9, 8)


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"recieved_at": "2025-09-08"}, r"order\.recieved_at is not known"),
        ({"status": "lost"}, r"order\.status must be one of unpaid, paid"),
        ({"status": 1}, r"order\.status"),
        ({"received_at": "2025-13-08"}, r"order\.received_at must be a date"),
        ({"received_at": 20250908}, r"order\.received_at must be a date"),
        ({"received_at": "8 September"}, r"order\.received_at must be a date"),
        ({"invoice_issued": "yes"}, r"order\.invoice_issued must be true or false"),
        ({"order_no": 250904220031}, r"order\.order_no must be text"),
        ({"notes": "客户催单"}, r"order\.notes must be a list"),
        ({"notes": [1]}, r"order\.notes\[0\] must be text"),
        ({"lines": [{"sku": "A", "qty": 0}]}, r"order\.lines\[0\]\.qty must be a whole number"),
        ({"lines": [{"sku": "A", "qty": True}]}, r"order\.lines\[0\]\.qty"),
        ({"lines": [{"sku": "A"}, {"paid": 12.5}]}, r"order\.lines\[1\]\.paid .* in quotes"),
        ({"lines": [{"paid": "12.505"}]}, r"order\.lines\[0\]\.paid .* whole fen"),
        ({"lines": [{"paid": "NaN"}]}, r"order\.lines\[0\]\.paid"),
        ({"lines": [{"paid": "十元"}]}, r"order\.lines\[0\]\.paid"),
        ({"refund": {"type": "退款"}}, r"order\.refund\.type must be one of 仅退款"),
        ({"refund": {"status": "done"}}, r"order\.refund\.status must be one of applied"),
        ({"refund": []}, r"order\.refund must be a mapping"),
        ({"exchange": {"price": "1.00"}}, r"order\.exchange\.price is not known"),
        ({"payment_method": "cash"}, r"order\.payment_method must be one of alipay"),
    ],
)
def test_a_wrong_value_is_refused_by_the_name_of_its_field(given, named):
    with pytest.raises(ValueError, match=named):
        one(**given)


def test_of_several_orders_the_wrong_one_is_named():
    with pytest.raises(ValueError, match=r"order\[1\]\.status"):
        scenario_orders([{"order_no": "1"}, {"order_no": "2", "status": "lost"}], TODAY)


@pytest.mark.parametrize("given", [{}, {"order_no": None}])
def test_an_order_without_a_number_is_refused(given):
    with pytest.raises(ValueError, match=r"order\.order_no is missing"):
        scenario_orders(given, TODAY)


def test_what_is_no_order_is_refused():
    with pytest.raises(ValueError, match="order must be a mapping"):
        scenario_orders("250904220031", TODAY)
