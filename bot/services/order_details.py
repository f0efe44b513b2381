"""What of an order stands beside the chat: enough to decide by, contacts masked, ages in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.core.facts import FactDef, Value
from bot.core.moments import SHANGHAI
from bot.core.money import exact
from bot.core.orders import Exchange, Line, Order, Refund
from bot.core.privacy import mask, mask_address, mask_phone

type Facts = Mapping[str, FactDef]

DAYS_SHOWN_AS_DAYS = 60
EVENTS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Row:
    title: str
    value: str
    age: str = ""
    """How long ago it was, in words; empty where it has no day."""


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Bought:
    title: str
    sku: str
    qty: int
    paid: str | None
    made_to_order: bool


@dataclass(frozen=True, slots=True)
class Remark:
    """A line of text with its moment: a note of the staff, or news of the parcel."""

    text: str
    at: str
    age: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class OrderDetails:
    order_no: str
    shop: str
    status: str
    flag: str
    bought: tuple[Bought, ...]
    paid: str | None
    """The sum of all lines; ``None`` while a line's price is unknown."""
    sections: tuple[Section, ...]
    events: tuple[Remark, ...]
    """The latest news of the parcel, newest first."""
    notes: tuple[Remark, ...]


def details(
    order: Order, facts: Facts, now: datetime, events_shown: int | None = EVENTS_SHOWN
) -> OrderDetails:
    """The order as an agent reads it; values are named as the policy names them.

    Args:
        events_shown: how much of the parcel's latest news; ``None``: all.
    """
    sections = (
        Section("物流", tuple(_parcel(order, now))),
        Section("退款退货", tuple(_refund(order, order.refund or Refund(), facts, now))),
        Section("换货", tuple(_exchange(order.exchange or Exchange(), now))),
        Section("付款", tuple(_payment(order, facts, now))),
        Section("收件人", tuple(_contact(order))),
    )
    events = sorted(order.events, key=lambda event: event.at, reverse=True)[:events_shown]
    return OrderDetails(
        order_no=order.order_no,
        shop=order.shop,
        status=_named(facts, "order_status", order.status) or "状态未知",
        flag=order.flag or "",
        bought=tuple(_bought(line) for line in order.lines),
        paid=_sum(order.lines),
        sections=tuple(section for section in sections if section.rows),
        events=tuple(_remark(event.text, event.at, now) for event in events),
        notes=tuple(_remark(note.text, note.at, now, note.by or "") for note in order.notes),
    )


def moment(at: datetime | None, now: datetime) -> str:
    """``11月20日 14:05``; with the year where it is not this one; empty where unknown.

    Midnight is what a day without an hour is kept as; it shows as the day alone.
    """
    if at is None:
        return ""
    at = at.astimezone(SHANGHAI)
    year = "" if at.year == now.astimezone(SHANGHAI).year else f"{at.year}年"
    hour = f" {at:%H:%M}" if (at.hour, at.minute) != (0, 0) else ""
    return f"{year}{at.month}月{at.day}日{hour}"


def clock(at: datetime, now: datetime) -> str:
    """The moment of a message: today's by the hour alone."""
    told = moment(at, now)
    return told.rpartition(" ")[2] if age(at, now) == "今天" else told


def age(at: datetime | None, now: datetime) -> str:
    """How long ago (or ahead) a moment is, in whole calendar days of the shop."""
    if at is None:
        return ""
    days = (now.astimezone(SHANGHAI).date() - at.astimezone(SHANGHAI).date()).days
    words = {0: "今天", 1: "昨天", -1: "明天"}
    if days in words:
        return words[days]
    if abs(days) > DAYS_SHOWN_AS_DAYS:
        return f"{abs(days) // 30} 个月{'前' if days > 0 else '后'}"
    return f"{days} 天前" if days > 0 else f"还有 {-days} 天"


def _bought(line: Line) -> Bought:
    paid = None if line.paid is None else exact(line.paid)
    return Bought(line.title, line.sku, line.qty, paid, bool(line.made_to_order))


def _sum(lines: Iterable[Line]) -> str | None:
    paid = [line.paid for line in lines]
    known = [amount for amount in paid if amount is not None]
    return exact(sum(known[1:], start=known[0])) if known and len(known) == len(paid) else None


def _remark(text: str, at: datetime | None, now: datetime, by: str = "") -> Remark:
    return Remark(mask(text), moment(at, now), age(at, now), by)


def _parcel(order: Order, now: datetime) -> Iterable[Row]:
    yield from _moment("下单", order.placed_at, now)
    if order.shipped_at is None:
        yield from _moment("承诺发货", order.promised_ship_by, now)
    yield from _moment("发货", order.shipped_at, now)
    yield from _text("快递", " ".join(filter(None, (order.courier, order.tracking_no))))
    yield from _flag("补差价发顺丰", order.upgraded_courier_paid)
    yield from _moment("签收", order.received_at, now)
    yield from _text("签收人", mask(order.signed_by or ""))


def _refund(order: Order, refund: Refund, facts: Facts, now: datetime) -> Iterable[Row]:
    yield from _text("类型", refund.type)
    yield from _text("状态", _named(facts, "refund_status", refund.status))
    yield from _text("金额", "" if refund.amount is None else f"¥{exact(refund.amount)}")
    yield from _moment("申请", refund.applied_at, now)
    yield from _flag("退款单已审核", refund.slip_approved)
    yield from _moment("退款成功", refund.succeeded_at, now)
    yield from _text("退回单号", order.return_tracking_no)
    yield from _moment("退回件签收", order.return_signed_at, now)


def _exchange(exchange: Exchange, now: datetime) -> Iterable[Row]:
    yield from _flag("已同意换货", exchange.agreed)
    yield from _text("换成", exchange.new_sku)
    price = exchange.new_price
    yield from _text("新款价格", "" if price is None else f"¥{exact(price)}")
    yield from _flag("已发出", exchange.shipped)
    yield from _moment("发出", exchange.shipped_at, now)
    yield from _text("单号", exchange.tracking_no)


def _payment(order: Order, facts: Facts, now: datetime) -> Iterable[Row]:
    yield from _moment("付款", order.paid_at, now)
    yield from _text("方式", _named(facts, "payment_method", order.payment_method))
    yield from _flag("已绑快捷支付", order.quick_pay_bound)
    yield from _flag("运费险", order.freight_insurance)
    yield from _flag("已开发票", order.invoice_issued)


def _contact(order: Order) -> Iterable[Row]:
    yield from _text("昵称", order.nickname)
    yield from _text("姓名", order.recipient)
    yield from _text("电话", mask_phone(order.phone or ""))
    yield from _text("地址", mask_address(order.address or ""))


def _text(title: str, value: str | None) -> Iterable[Row]:
    if value:
        yield Row(title, value)


def _flag(title: str, value: bool | None) -> Iterable[Row]:
    if value is not None:
        yield Row(title, "是" if value else "否")


def _moment(title: str, at: datetime | None, now: datetime) -> Iterable[Row]:
    if at is not None:
        yield Row(title, moment(at, now), age(at, now))


def _named(facts: Facts, name: str, value: Value | None) -> str:
    """A value under the name that the policy gives it."""
    if value is None:
        return ""
    return facts[name].shown(value) if name in facts else str(value)
