"""Which facts on an order settle a promise, and which do not."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from bot.core.conversation import Speaker
from bot.core.moments import SHANGHAI
from bot.core.orders import Exchange, Note, Order, Refund, RefundStatus, ShipmentEvent
from bot.core.promises import Commitment, Kind, Promise
from bot.core.settling import seen

MADE = datetime(2025, 10, 12, 15, tzinfo=SHANGHAI)
LATER = MADE + timedelta(days=1)
EARLIER = MADE - timedelta(hours=1)
ORDER = Order("251012000001")


def promise(kind: Kind, amount: str | None = None) -> Promise:
    commitment = Commitment(kind, "…", None, Decimal(amount) if amount else None)
    return Promise("p", commitment, "c", "m", Speaker.AGENT, MADE)


def refunded(amount: str, at: datetime | None = LATER) -> Order:
    refund = Refund(status=RefundStatus.PAID, amount=Decimal(amount), succeeded_at=at)
    return replace(ORDER, refund=refund)


def noted(text: str, at: datetime | None = LATER) -> Order:
    return replace(ORDER, notes=(Note(text, at),))


def test_a_refund_that_came_after_the_promise_settles_it() -> None:
    assert seen(promise(Kind.PAYMENT), refunded("2.00")) == "退款10月13日到账（2元）"
    assert seen(promise(Kind.PAYMENT, "2.00"), refunded("2.00"))


@pytest.mark.parametrize(
    "order",
    [
        refunded("189.00"),  # another sum
        refunded("2.00", EARLIER),  # it was there before
        refunded("2.00", None),  # nobody knows when
        replace(ORDER, refund=Refund(status=RefundStatus.APPROVED, amount=Decimal("2.00"))),
        ORDER,
    ],
)
def test_another_refund_does_not(order: Order) -> None:
    assert seen(promise(Kind.PAYMENT, "2.00"), order) is None


def test_an_approved_slip_counts_for_the_very_sum_only() -> None:
    order = replace(ORDER, refund=Refund(slip_approved=True, amount=Decimal("2.00")))

    assert seen(promise(Kind.PAYMENT, "2.00"), order) == "打款单已审核（2元）"
    assert seen(promise(Kind.PAYMENT, "4.00"), order) is None
    assert seen(promise(Kind.PAYMENT), order) is None


def test_an_exchange_or_a_parcel_that_left_after_the_promise_settles_a_shipment() -> None:
    exchanged = replace(ORDER, exchange=Exchange(shipped=True, shipped_at=LATER))

    assert seen(promise(Kind.SHIP), exchanged) == "换货件10月13日发出"
    assert seen(promise(Kind.SHIP), replace(ORDER, shipped_at=LATER)) == "包裹10月13日发出"
    assert seen(promise(Kind.SHIP), replace(ORDER, shipped_at=EARLIER)) is None


def test_a_resend_that_was_signed_for_settles_a_resend() -> None:
    signed = replace(ORDER, events=(ShipmentEvent(LATER, "补发件已签收，本人"),))

    assert seen(promise(Kind.RESEND), signed)
    assert seen(promise(Kind.RESEND), noted("补发件未签收")) is None
    assert seen(promise(Kind.RESEND), noted("已登记补发")) is None


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Kind.CALL_BACK, "已回电客户，同意退款"),
        (Kind.CALL_BACK, "电话沟通过，客户接受"),
        (Kind.REPLY, "已回复客户"),
        (Kind.PAYMENT, "财务已打款"),
    ],
)
def test_a_later_note_settles_what_it_tells(kind: Kind, text: str) -> None:
    assert seen(promise(kind), noted(text)) == f"10月13日备注：{text}"
    assert seen(promise(kind), noted(text, EARLIER)) is None
    assert seen(promise(kind), noted(text, None)) is None


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Kind.CALL_BACK, "已电话客户，无人接听"),
        (Kind.CALL_BACK, "客户要求回电"),
        (Kind.REPLY, "未已回复客户"),
        (Kind.PAYMENT, "待打款"),
        (Kind.PAYMENT, "未打款成功，失败"),
        (Kind.DEED, "已打款"),
        (Kind.FOLLOW_UP, "已打款"),
    ],
)
def test_a_note_that_tells_less_does_not(kind: Kind, text: str) -> None:
    assert seen(promise(kind), noted(text)) is None


def test_a_note_of_another_sum_does_not_settle_a_payment() -> None:
    assert seen(promise(Kind.PAYMENT, "2.00"), noted("已打款2元"))
    assert seen(promise(Kind.PAYMENT, "2.00"), noted("已打款15元运费")) is None


def test_a_note_is_told_without_the_customers_contacts() -> None:
    assert "13800001234" not in (seen(promise(Kind.CALL_BACK), noted("已回电13800001234")) or "")
