"""What an order says, as facts."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bot.core.facts import Origin, Value
from bot.core.order_facts import facts_of, signer
from bot.core.orders import (
    Exchange,
    Line,
    Order,
    OrderStatus,
    PaymentMethod,
    Refund,
    RefundStatus,
    ShipmentEvent,
)
from tests.builders import line, moment

DELIVERED = Order(
    "250904220031",
    status=OrderStatus.DELIVERED,
    received_at=moment(date(2026, 3, 8), 23),
    signed_by="本人",
    courier="圆通",
    lines=(line("双频路由器", 2, "378.00", "189.00"),),
)


def said(order: Order, meant: Line | None = None) -> dict[str, Value]:
    return {name: fact.value for name, fact in facts_of(order, meant)}


def test_an_empty_order_says_its_number_and_nothing_else() -> None:
    assert said(Order("250904220031")) == {"order_no": "250904220031"}


def test_a_parcel_received_late_at_night_was_received_on_that_day() -> None:
    assert said(DELIVERED)["received_on"] == date(2026, 3, 8)


def test_everything_an_order_says_is_data() -> None:
    assert {fact.origin for _, fact in facts_of(DELIVERED)} == {Origin.ORDER}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("本人", "customer"),
        ("家人", "family"),
        ("老婆", "family"),
        ("邻居", "neighbour"),
        ("菜鸟驿站", "station"),
        ("丰巢快递柜", "station"),
        ("公司前台", "reception"),
        ("门卫", "reception"),
        ("张师傅", "other"),
    ],
)
def test_who_signed_is_one_of_a_few_kinds_of_people(name: str, kind: str) -> None:
    assert signer(name) == kind


def test_the_pieces_of_an_order_are_counted_over_all_lines() -> None:
    two_lines = replace(DELIVERED, lines=(line("毛巾", 2), line("浴巾", 4)))

    assert said(two_lines)["pieces"] == 6


def test_an_order_whose_lines_are_unknown_has_no_number_of_pieces() -> None:
    assert "pieces" not in said(replace(DELIVERED, lines=()))


@pytest.mark.parametrize(
    ("lines", "made"), [((True, None), True), ((False, True), True), ((False, None), False)]
)
def test_one_line_made_to_order_makes_the_order_so(lines: tuple[Any, ...], made: bool) -> None:
    order = replace(DELIVERED, lines=tuple(Line("a", "a", made_to_order=one) for one in lines))

    assert said(order)["made_to_order"] is made


def test_where_no_line_says_whether_it_was_made_to_order_nobody_knows() -> None:
    assert "made_to_order" not in said(DELIVERED)


def test_the_latest_event_is_the_latest_by_time_whatever_the_sequence() -> None:
    early = ShipmentEvent(moment(date(2026, 3, 6)), "已揽收")
    late = ShipmentEvent(moment(date(2026, 3, 7)), "到达杭州")

    assert said(replace(DELIVERED, events=(late, early)))["last_event"] == "到达杭州"


# ---- lines and prices ----


def test_the_only_line_is_the_one_that_is_meant() -> None:
    assert said(DELIVERED)["line_title"] == "双频路由器"


def test_among_several_lines_none_is_meant_until_it_is_named() -> None:
    towel, robe = line("毛巾", 1, "19.90"), line("浴巾", 1, "39.90")
    order = replace(DELIVERED, lines=(towel, robe))

    assert "line_title" not in said(order)
    assert said(order, robe)["old_price"] == Decimal("39.90")


@pytest.mark.parametrize(
    ("paid", "unit_price", "old"),
    [
        ("378.00", "199.00", "189.00"),
        ("100.00", None, "50.00"),
        ("10.01", None, "5.01"),
        (None, "199.00", "199.00"),
    ],
)
def test_one_piece_cost_what_was_paid_for_it_or_its_back_office_price(
    paid: str | None, unit_price: str | None, old: str
) -> None:
    order = replace(DELIVERED, lines=(line("双频路由器", 2, paid, unit_price),))

    assert said(order)["old_price"] == Decimal(old)


@pytest.mark.parametrize(
    ("new", "change"), [("189.01", "dearer"), ("189.00", "same"), ("188.99", "cheaper")]
)
def test_the_new_piece_is_dearer_cheaper_or_the_same(new: str, change: str) -> None:
    order = replace(DELIVERED, exchange=Exchange(agreed=True, new_price=Decimal(new)))

    facts = said(order)

    assert facts["price_change"] == change
    assert facts["new_price"] == Decimal(new)
    assert facts["exchange_agreed"] is True


def test_without_the_old_price_nobody_knows_what_the_new_one_changes() -> None:
    order = replace(DELIVERED, lines=(), exchange=Exchange(new_price=Decimal("219.00")))

    assert "price_change" not in said(order)


# ---- refunds ----


def refunded(status: RefundStatus, kind: str | None = "退货退款", **more: Any) -> Order:
    refund = Refund(kind, status, moment(date(2026, 3, 1)), Decimal("189.00"))
    return replace(DELIVERED, refund=refund, **more)


def test_a_refund_says_its_state_its_days_and_its_amount() -> None:
    refund = Refund(
        "退货退款",
        RefundStatus.PAID,
        moment(date(2026, 3, 1)),
        Decimal("189.00"),
        moment(date(2026, 3, 10)),
        slip_approved=True,
    )
    order = replace(DELIVERED, refund=refund, payment_method=PaymentMethod.CREDIT_CARD)

    facts = said(order)

    assert facts["refund_status"] == "paid"
    assert facts["refund_applied_on"] == date(2026, 3, 1)
    assert facts["refund_paid_on"] == date(2026, 3, 10)
    assert facts["refund_amount"] == Decimal("189.00")
    assert facts["slip_approved"] is True
    assert facts["payment_method"] == "credit_card"


@pytest.mark.parametrize("status", [RefundStatus.APPROVED, RefundStatus.WAITING_RETURN])
@pytest.mark.parametrize("kind", ["退货退款", None])
def test_a_return_that_was_approved_lacks_its_tracking_number(
    status: RefundStatus, kind: str | None
) -> None:
    assert said(refunded(status, kind))["return_number"] == "missing"


@pytest.mark.parametrize("status", [RefundStatus.APPLIED, RefundStatus.PAID, RefundStatus.REJECTED])
def test_before_and_after_a_return_no_tracking_number_is_missed(status: RefundStatus) -> None:
    assert "return_number" not in said(refunded(status))


@pytest.mark.parametrize("kind", ["仅退款", "退差价", "退运费"])
def test_a_refund_without_goods_needs_no_tracking_number(kind: str) -> None:
    assert "return_number" not in said(refunded(RefundStatus.APPROVED, kind))


def test_a_tracking_number_that_was_entered_is_entered() -> None:
    order = refunded(RefundStatus.WAITING_RETURN, return_tracking_no="SF1100220033")

    assert said(order)["return_number"] == "entered"


def test_goods_that_came_back_without_a_number_lack_it_whatever_the_refund_says() -> None:
    order = replace(DELIVERED, return_signed_at=moment(date(2026, 3, 9)))

    facts = said(order)

    assert facts["return_number"] == "missing"
    assert facts["return_signed_on"] == date(2026, 3, 9)


@pytest.mark.parametrize(
    ("lines", "total"),
    [
        ((line("杯子", 2, "40.00"), line("垫子", 1, "9.90")), Decimal("49.90")),
        ((line("杯子", 2, "40.00"), line("垫子")), None),
        ((), None),
    ],
)
def test_what_was_paid_in_all_is_known_when_every_lines_is(
    lines: tuple[Line, ...], total: Decimal | None
) -> None:
    assert said(Order("1", lines=lines)).get("paid_total") == total


def test_an_order_tells_when_it_was_placed() -> None:
    assert said(Order("1", placed_at=moment()))["placed_on"] == moment().date()


# ---- pay-outs and applications ----


@pytest.mark.parametrize(("kind", "noted"), [("退运费", "freight"), ("退差价", "difference")])
def test_a_refund_of_freight_or_of_a_difference_is_a_pay_out(kind: str, noted: str) -> None:
    refund = Refund(kind, RefundStatus.APPROVED, moment(date(2026, 3, 9)), Decimal("12.00"))

    facts = said(replace(DELIVERED, refund=refund))

    assert facts["payout_noted"] == noted
    assert facts["payout_amount"] == Decimal("12.00")
    assert facts["payout_registered_on"] == date(2026, 3, 9)
    assert "payout_paid" not in facts


def test_a_pay_out_whose_slip_is_approved_is_paid() -> None:
    refund = Refund("退运费", RefundStatus.APPROVED, slip_approved=True)

    assert said(replace(DELIVERED, refund=refund))["payout_paid"] is True


def test_a_refund_for_goods_is_no_pay_out() -> None:
    refund = Refund("退货退款", RefundStatus.PAID, slip_approved=True)

    assert not {n for n in said(replace(DELIVERED, refund=refund)) if n.startswith("payout_")}


def test_how_long_after_receipt_was_applied_is_counted_in_days() -> None:
    refund = Refund("退货退款", RefundStatus.APPLIED, moment(date(2026, 3, 15)))

    assert said(replace(DELIVERED, refund=refund))["applied_after"] == 7


def test_the_goods_were_paid_for_over_all_lines() -> None:
    order = replace(DELIVERED, lines=(line("毛巾", 1, "19.90"), line("浴巾", 1, "39.90")))

    assert said(order)["goods_paid"] == Decimal("59.80")


def test_it_was_bought_when_it_was_paid_else_when_it_was_ordered() -> None:
    placed = replace(DELIVERED, placed_at=moment(date(2026, 3, 4)))

    assert said(placed)["bought_on"] == date(2026, 3, 4)
    assert said(replace(placed, paid_at=moment(date(2026, 3, 5))))["bought_on"] == date(2026, 3, 5)
