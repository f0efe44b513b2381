"""What the order itself says, as facts the playbooks can use."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from bot.core.facts import Fact, Origin, Value
from bot.core.money import to_fen
from bot.core.orders import Line, Order, Refund, RefundStatus

# The customer comes last: 「客户邻居」 is a neighbour, and who signed is a ground for paying.
_SIGNERS = {
    "family": (
        "家人",
        "家属",
        "妻",
        "丈夫",
        "老公",
        "老婆",
        "父亲",
        "母亲",
        "爸",
        "妈",
        "儿子",
        "女儿",
        "亲属",
    ),
    "neighbour": ("邻居", "楼上", "楼下", "对门"),
    "station": ("驿站", "快递柜", "丰巢", "自提", "菜鸟", "代收点", "超市", "智能柜", "代收"),
    "reception": ("前台", "门卫", "保安", "物业", "同事", "收发室", "传达室"),
    "customer": ("本人", "客户", "收件人"),
}
_WITH_GOODS = (None, "退货退款")
"""Refunds for which something is sent back; an unknown kind may be one."""
_PAYOUTS = {"退运费": "freight", "退差价": "difference"}
_AWAITING_RETURN = frozenset({RefundStatus.APPROVED, RefundStatus.WAITING_RETURN})


def signer(signed_by: str) -> str:
    """Who signed, as one of a few kinds of people."""
    kinds = (kind for kind, words in _SIGNERS.items() if any(word in signed_by for word in words))
    kind = next(kinds, "other")
    denied = any(no in signed_by for no in ("非本人", "不是本人"))
    return "other" if kind == "customer" and denied else kind


def facts_of(order: Order, line: Line | None = None) -> Iterator[tuple[str, Fact]]:
    """All facts of the order; ``line`` is the one the customer means where it is known."""
    for name, value, as_of in (*_parcel(order), *_money(order), *_exchange(order, line)):
        if value is not None:
            yield name, Fact(value, Origin.ORDER, as_of)


type _Row = tuple[str, Value | None, date | None]


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _parcel(order: Order) -> Iterator[_Row]:
    received = _day(order.received_at)
    yield "order_no", order.order_no, None
    yield "order_status", order.status.value if order.status else None, received
    yield "placed_on", _day(order.placed_at), None
    yield "paid_on", _day(order.paid_at), None
    yield "bought_on", _day(order.paid_at or order.placed_at), None
    yield "ship_by", _day(order.promised_ship_by), None
    yield "shipped_on", _day(order.shipped_at), None
    yield "received_on", received, received
    yield "signed_by", signer(order.signed_by) if order.signed_by else None, received
    yield "courier", order.courier, None
    yield "tracking_no", order.tracking_no, None
    yield "upgraded_courier", order.upgraded_courier_paid, None
    yield "pieces", order.pieces or None, None
    yield "made_to_order", _any_made_to_order(order), None
    last = max(order.events, key=lambda e: e.at, default=None)
    yield "last_event", last.text if last else None, _day(last.at) if last else None


def _any_made_to_order(order: Order) -> bool | None:
    known = [line.made_to_order for line in order.lines if line.made_to_order is not None]
    return any(known) if known else None


def _paid_total(order: Order) -> Decimal | None:
    """What was paid for all lines; unknown as soon as one line's is."""
    paid = [line.paid for line in order.lines if line.paid is not None]
    return sum(paid, Decimal(0)) if paid and len(paid) == len(order.lines) else None


def _money(order: Order) -> Iterator[_Row]:
    yield "paid_total", _paid_total(order), None
    yield "invoice_issued", order.invoice_issued, None
    yield "freight_insurance", order.freight_insurance, None
    yield "payment_method", order.payment_method.value if order.payment_method else None, None
    yield "quick_pay", order.quick_pay_bound, None
    returned = _day(order.return_signed_at)
    yield "return_signed_on", returned, returned
    yield "return_no", order.return_tracking_no, None
    yield "goods_paid", _goods_paid(order), None
    refund = order.refund
    status = refund.status if refund else None
    if order.return_tracking_no:
        yield "return_number", "entered", None
    elif returned or (status in _AWAITING_RETURN and refund and refund.type in _WITH_GOODS):
        yield "return_number", "missing", returned
    if refund is None:
        return
    yield "refund_type", refund.type, None
    yield "refund_status", status.value if status else None, _day(refund.applied_at)
    yield "refund_applied_on", _day(refund.applied_at), None
    yield "refund_paid_on", _day(refund.succeeded_at), None
    yield "refund_amount", refund.amount, None
    yield "slip_approved", refund.slip_approved, None
    if order.received_at and refund.applied_at:
        days = (refund.applied_at.date() - order.received_at.date()).days
        yield "applied_after", max(days, 0), None
    yield from _payout(refund)


def _payout(refund: Refund) -> Iterator[_Row]:
    """Freight or a difference that finance pays out, apart from any refund for goods."""
    kind = _PAYOUTS.get(refund.type or "")
    if kind is None:
        return
    yield "payout_noted", kind, None
    yield "payout_amount", refund.amount, None
    yield "payout_registered_on", _day(refund.applied_at), None
    paid = refund.slip_approved or refund.status is RefundStatus.PAID
    yield "payout_paid", paid or None, _day(refund.succeeded_at)


def _goods_paid(order: Order) -> Decimal | None:
    """What was paid for all goods of the order; a bundle's price may stand at one of its lines."""
    paid = [line.paid for line in order.lines if line.paid is not None]
    return sum(paid, Decimal(0)) if paid else None


def _exchange(order: Order, line: Line | None) -> Iterator[_Row]:
    if line is None and len(order.lines) == 1:
        line = order.lines[0]
    old = _piece_price(line) if line else None
    yield "old_price", old, None
    if line:
        yield "line_title", line.title, None
        yield "line_price", line.unit_price or old, None
        yield "line_qty", line.qty, None
    exchange = order.exchange
    if exchange is None:
        return
    yield "exchange_agreed", exchange.agreed, None
    yield "exchange_shipped", exchange.shipped, _day(exchange.shipped_at)
    yield "exchange_tracking_no", exchange.tracking_no, None
    yield "exchange_for", exchange.new_sku, None
    yield "new_price", exchange.new_price, None
    if exchange.new_price is not None and old is not None:
        yield "price_change", _change(exchange.new_price - old), None


def _piece_price(line: Line) -> Decimal | None:
    """What the customer paid for one piece; the back-office price where that is unknown."""
    return to_fen(line.paid / line.qty) if line.paid is not None else line.unit_price


def _change(difference: Decimal) -> str:
    if difference == 0:
        return "same"
    return "dearer" if difference > 0 else "cheaper"
