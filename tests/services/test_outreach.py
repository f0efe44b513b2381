"""Which message is due to a buyer on which day, as the order's notes tell what was sent."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from bot.adapters.policy_files import load_checked
from bot.core.moments import SHANGHAI
from bot.core.orders import Line, Note, Order, OrderStatus, ShipmentEvent
from bot.services.outreach import due_message

CHECKOUT = Path(__file__).parents[2]
POLICY = load_checked(CHECKOUT / "bot/policy", CHECKOUT / "scripts_zh")
PLACED = datetime(2026, 3, 2, 20, 30, tzinfo=SHANGHAI)
UNPAID = Order(
    "260302000001",
    status=OrderStatus.UNPAID,
    placed_at=PLACED,
    lines=(Line("CUP", "马克杯", 1, Decimal("68.00"), Decimal("68.00")),),
)
PAID = replace(
    UNPAID,
    status=OrderStatus.PAID,
    paid_at=PLACED,
    promised_ship_by=PLACED + timedelta(days=2),
)
CLOSED = replace(
    PAID,
    status=OrderStatus.CLOSED,
    received_at=PLACED + timedelta(days=3),
    events=(ShipmentEvent(PLACED + timedelta(days=8), "买家确认收货"),),
)


def noting(order: Order, **notes: str) -> Order:
    """The order with a note on each of these days of March: ``d3`` is the third."""
    written = (
        Note(text, datetime(2026, 3, int(day[1:]), 9, tzinfo=SHANGHAI))
        for day, text in notes.items()
    )
    return replace(order, notes=tuple(written))


def due(order: Order, day: int, month: int = 3) -> str | None:
    message = due_message(order, POLICY, date(2026, month, day))
    return message.step if message else None


@pytest.mark.parametrize(
    ("order", "day", "step"),
    [
        (UNPAID, 2, "confirm_deal"),
        (noting(UNPAID, d2="已发成交确认"), 4, None),
        (noting(UNPAID, d2="已发成交确认"), 5, "call"),
        (noting(UNPAID, d2="已发成交确认", d3="客户已回复，周末付"), 5, "remind_who_answered"),
        (noting(UNPAID, d2="已发成交确认", d5="已打电话，客户说会付"), 5, "remind_payment"),
        (noting(UNPAID, d2="已发成交确认", d5="已打电话；已催付"), 12, None),
        (noting(UNPAID, d2="已发成交确认", d5="已打电话；已催付"), 13, "close_unpaid"),
        (PAID, 2, "payment_received"),
        (noting(PAID, d2="已发收款通知"), 2, None),
        (CLOSED, 25, "check_in"),
        (CLOSED, 26, None),
        (noting(CLOSED, d12="已回访，挺好"), 13, None),
        (noting(CLOSED, d12="老客户，已回访"), 13, "welcome_vip"),
        (noting(CLOSED, d12="老客户，已回访", d13="已标VIP"), 13, None),
        (noting(CLOSED, d12="售后已完结"), 12, "ask_satisfaction"),
        (noting(CLOSED, d12="售后已完结；已问满意度；已回访"), 12, None),
        (noting(PAID, d3="厂家停产，无货"), 3, "offer_substitute"),
    ],
)
def test_the_message_of_the_day_follows_from_what_was_done_and_when(
    order: Order, day: int, step: str | None
) -> None:
    assert due(order, day) == step


def test_a_note_without_a_day_does_not_tell_when_a_message_was_sent() -> None:
    order = replace(UNPAID, notes=(Note("已发成交确认"),))

    assert due(order, 2) == "confirm_deal"


def test_a_message_is_worded_with_what_the_order_knows() -> None:
    message = due_message(PAID, POLICY, PLACED.date())

    assert message is not None
    assert message.order_no == PAID.order_no
    assert message.title == "收到货款，告诉客户，报发货日期"
    assert "3月4日" in message.replies[0].text
    assert message.replies[0].script == "after_the_sale.payment_received"


def test_what_the_order_does_not_know_is_left_out_of_the_wording() -> None:
    message = due_message(replace(PAID, promised_ship_by=None), POLICY, PLACED.date())

    assert message is not None
    assert [reply.variant for reply in message.replies] == [2]


def test_the_figures_are_those_of_the_day() -> None:
    order = noting(UNPAID, d2="已发成交确认", d5="已打电话")

    message = due_message(order, POLICY, date(2026, 3, 5))

    assert message is not None
    assert "7天" in message.replies[0].text
