"""What an order shows that a promise has been kept: the refund, the parcel, the note of a call.

Only what happened after the promise counts, and a sum only where it is the promised one. What
happened at an unknown time settles nothing: a person says so.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from re import Pattern

from bot.core.money import plain
from bot.core.orders import Order, RefundStatus
from bot.core.privacy import mask
from bot.core.promises import Kind, Promise

_NOT_YET = r"(?<![未没待等不需再])"
_NOTED = {
    Kind.PAYMENT: re.compile(_NOT_YET + "已(?:经)?(?:打款|转账|退款|补款|付款)|(?:打款|转账)成功"),
    Kind.CALL_BACK: re.compile(
        _NOT_YET + "已(?:经)?(?:回电|致电|去电|电话|打电话|电联)|电话(?:沟通|联系|回访)(?:过|了|完)"
    ),
    Kind.REPLY: re.compile(_NOT_YET + "已(?:经)?(?:回复|答复|告知|联系|通知)|(?:回复|告知)了客户"),
    Kind.RESEND: re.compile("补(?:发|寄).{0,12}(?:签收|送达)(?!失败)"),
}
_IN_VAIN = re.compile(
    "未接|没接|无人接|打不通|关机|停机|空号|没联系上|联系不上|未果|失败|(?:未|没)签收"
)
_YUAN = re.compile(r"(\d+(?:\.\d{1,2})?)\s?(?:元|块)")


def seen(promise: Promise, order: Order) -> str | None:
    """The fact that the promise has been kept, in words; ``None`` as long as none is seen."""
    match promise.commitment.kind:
        case Kind.PAYMENT:
            return _paid(promise, order) or _noted(promise, order)
        case Kind.SHIP:
            return _shipped(promise, order)
        case Kind.CALL_BACK | Kind.REPLY | Kind.RESEND:
            return _noted(promise, order)
        case _:
            return None


def _paid(promise: Promise, order: Order) -> str | None:
    refund, promised = order.refund, promise.commitment.amount
    if refund is None or (promised and refund.amount and promised != refund.amount):
        return None
    sum_ = f"（{plain(refund.amount)}元）" if refund.amount else ""
    if refund.status is RefundStatus.PAID and _after(promise, refund.succeeded_at):
        return f"退款{_day(refund.succeeded_at)}到账{sum_}"
    # An approved slip bears no date: it must at least be for the very sum.
    if refund.slip_approved and promised and promised == refund.amount:
        return f"打款单已审核{sum_}"
    return None


def _shipped(promise: Promise, order: Order) -> str | None:
    exchanged = order.exchange.shipped_at if order.exchange else None
    for moment, what in ((exchanged, "换货件"), (order.shipped_at, "包裹")):
        if _after(promise, moment):
            return f"{what}{_day(moment)}发出"
    return None


def _noted(promise: Promise, order: Order) -> str | None:
    pattern = _NOTED[promise.commitment.kind]
    for at, text in _lines(order):
        if _after(promise, at) and _tells(pattern, text, promise.commitment.amount):
            return f"{_day(at)}备注：{mask(text)}"
    return None


def _tells(pattern: Pattern[str], text: str, promised: Decimal | None) -> bool:
    if not pattern.search(text) or _IN_VAIN.search(text):
        return False
    sums = [Decimal(found) for found in _YUAN.findall(text)]
    return not (promised and sums) or promised in sums


def _lines(order: Order) -> Iterator[tuple[datetime | None, str]]:
    """What staff and couriers wrote, with its time."""
    yield from ((note.at, note.text) for note in order.notes)
    yield from ((event.at, event.text) for event in order.events)


def _after(promise: Promise, moment: datetime | None) -> bool:
    return moment is not None and moment > promise.made_at


def _day(moment: datetime | None) -> str:
    return f"{moment.month}月{moment.day}日" if moment else ""
