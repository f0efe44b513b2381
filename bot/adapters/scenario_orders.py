"""The orders of a worked conversation, from the scenario's ``order`` mapping, list or null.

A scenario says only what matters; everything else stays unknown. What it says wrongly is refused.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from bot.core.moments import SHANGHAI
from bot.core.notes import read_note
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

type Read = Callable[[object, str], Any]

REFUND_TYPES = ("仅退款", "退货退款", "退差价", "退运费")

_END_OF_DAY = time(23, 59, 59)


def scenario_orders(
    order: object, today: date, nickname: str | None = None, shop: str = ""
) -> tuple[Order, ...]:
    """The customer's orders, in the scenario's sequence; none for null.

    Args:
        order: what the scenario's ``order`` key holds: a mapping, a list of mappings, or None.
        today: the scenario's day; a note dated without a year is of this day's year,
            or of the year before when it would lie more than half a year ahead.
        nickname: given to every order that names none, so that they are one customer's.
        shop: given to every order that names none.

    Raises:
        ValueError: a key that is not in the vocabulary or a value that does not fit; names it.
    """
    if order is None:
        return ()
    given = order if isinstance(order, list) else [order]
    many = isinstance(order, list)
    return tuple(
        _order(
            one, today, f"order[{at}]" if many else "order", {"nickname": nickname, "shop": shop}
        )
        for at, one in enumerate(given)
    )


def _order(given: object, today: date, where: str, defaults: dict[str, str | None]) -> Order:
    def notes(value: object, at: str) -> tuple[Note, ...]:
        return tuple(read_note(_text(v, w), today) for v, w in _listed(value, at))

    values = _fields(given, where, {**_ORDER, "notes": notes})
    if "order_no" not in values:
        raise ValueError(f"{where}.order_no is missing")
    return Order(**{**{k: v for k, v in defaults.items() if v}, **values})


def _fields(given: object, where: str, vocabulary: Mapping[str, Read]) -> dict[str, Any]:
    """The values given, each read as the vocabulary says; null says nothing."""
    if not isinstance(given, Mapping):
        raise ValueError(f"{where} must be a mapping, not {given!r}")
    unknown = [key for key in given if key not in vocabulary]
    if unknown:
        known = ", ".join(vocabulary)
        raise ValueError(f"{where}.{unknown[0]} is not known; an order may hold {known}")
    return {
        key: vocabulary[key](value, f"{where}.{key}")
        for key, value in given.items()
        if value is not None
    }


def _listed(value: object, where: str) -> list[tuple[object, str]]:
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise ValueError(f"{where} must be a list, not {value!r}")
    return [(item, f"{where}[{at}]") for at, item in enumerate(value)]


def _text(value: object, where: str) -> str:
    # A number that lost its quotes has lost its leading zeros as well, maybe; refuse, never guess.
    if not isinstance(value, str):
        raise ValueError(f"{where} must be text, not {value!r}; put it in quotes")
    return str(value)


def _yes_no(value: object, where: str) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"{where} must be true or false, not {value!r}")
    return value


def _pieces(value: object, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise ValueError(f"{where} must be a whole number from 1, not {value!r}")
    return int(value)


def _money(value: object, where: str) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise ValueError(f"{where} must be an amount in quotes, not {value!r}")
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        raise ValueError(f"{where} must be an amount such as '12.50', not {value!r}") from None
    if not amount.is_finite() or amount != round(amount, 2):
        raise ValueError(f"{where} must be an amount in whole fen, not {value!r}")
    return amount


def _moment(value: object, where: str) -> datetime:
    return _at(value, where, time())


def _deadline(value: object, where: str) -> datetime:
    """A promise for a day holds until that day ends."""
    return _at(value, where, _END_OF_DAY)


def _at(value: object, where: str, otherwise: time) -> datetime:
    match value:
        case datetime():
            moment = value
        case date():
            moment = datetime.combine(value, otherwise)
        case str():
            moment = _parsed(value, where, otherwise)
        case _:
            raise ValueError(f"{where} must be a date such as 2025-09-08, not {value!r}")
    return moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)


def _parsed(value: str, where: str, otherwise: time) -> datetime:
    try:
        if len(value.strip()) <= len("2025-09-08"):
            return datetime.combine(date.fromisoformat(value.strip()), otherwise)
        return datetime.fromisoformat(value.strip())
    except ValueError:
        raise ValueError(
            f"{where} must be a date such as 2025-09-08 or 2025-09-08 14:30, not {value!r}"
        ) from None


def _one_of[E: StrEnum](kind: type[E]) -> Callable[[object, str], E]:
    def read(value: object, where: str) -> E:
        if not isinstance(value, str) or value not in list(kind):
            raise ValueError(f"{where} must be one of {', '.join(kind)}, not {value!r}")
        return kind(value)

    return read


def _refund_type(value: object, where: str) -> str:
    if value not in REFUND_TYPES:
        raise ValueError(f"{where} must be one of {', '.join(REFUND_TYPES)}, not {value!r}")
    return str(value)


def _lines(value: object, where: str) -> tuple[Line, ...]:
    return tuple(_line(item, at) for item, at in _listed(value, where))


def _line(given: object, where: str) -> Line:
    values = _fields(given, where, _LINE)
    return Line(**{"sku": "", "title": "", **values})


def _refund(given: object, where: str) -> Refund:
    return Refund(**_fields(given, where, _REFUND))


def _exchange(given: object, where: str) -> Exchange:
    return Exchange(**_fields(given, where, _EXCHANGE))


_LINE: Mapping[str, Read] = {
    "sku": _text,
    "title": _text,
    "qty": _pieces,
    "paid": _money,
    "unit_price": _money,
    "bundle": _text,
    "made_to_order": _yes_no,
}
_REFUND: Mapping[str, Read] = {
    "type": _refund_type,
    "status": _one_of(RefundStatus),
    "applied_at": _moment,
    "amount": _money,
    "succeeded_at": _moment,
    "slip_approved": _yes_no,
}
_EXCHANGE: Mapping[str, Read] = {
    "agreed": _yes_no,
    "new_sku": _text,
    "new_price": _money,
    "shipped": _yes_no,
    "shipped_at": _moment,
    "tracking_no": _text,
}
_ORDER: Mapping[str, Read] = {
    "order_no": _text,
    "shop": _text,
    "status": _one_of(OrderStatus),
    "nickname": _text,
    "phone": _text,
    "placed_at": _moment,
    "paid_at": _moment,
    "promised_ship_by": _deadline,
    "shipped_at": _moment,
    "received_at": _moment,
    "signed_by": _text,
    "courier": _text,
    "tracking_no": _text,
    "upgraded_courier_paid": _yes_no,
    "payment_method": _one_of(PaymentMethod),
    "quick_pay_bound": _yes_no,
    "invoice_issued": _yes_no,
    "freight_insurance": _yes_no,
    "lines": _lines,
    "refund": _refund,
    "return_tracking_no": _text,
    "return_signed_at": _moment,
    "exchange": _exchange,
    "flag": _text,
}
DATED = frozenset(
    name
    for vocabulary in (_ORDER, _REFUND, _EXCHANGE)
    for name, read in vocabulary.items()
    if read in (_moment, _deadline)
)
"""The keys, of whatever mapping, that hold a day."""
