"""What is known of an order after a second source: news replaces, silence wipes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from bot.core.orders import Exchange, Line, Order, OrderStatus, Refund

_TOGETHER = frozenset({"lines", "events", "notes", "refund", "exchange"})
_COURSE = tuple(OrderStatus)
"""From unpaid to closed, as an order goes."""
_SINGLE = tuple(f.name for f in fields(Order) if f.name not in _TOGETHER)


@dataclass(frozen=True, slots=True)
class Written:
    """How many orders were new, changed, or already known just so."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0

    @property
    def orders(self) -> int:
        return self.added + self.changed + self.unchanged

    def __add__(self, other: "Written") -> "Written":
        return Written(
            self.added + other.added,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
        )


def merge(known: Order, news: Order) -> Order:
    """The order as known, with what the news adds or changes.

    What the news does not say stays. Notes and shipment events are added, never removed, and the
    status never goes back: an export still calls shipped what is known to have arrived.
    """
    single: dict[str, Any] = {
        name: _newer(getattr(known, name), getattr(news, name)) for name in _SINGLE
    }
    single["status"] = _further(known.status, news.status)
    return replace(
        known,
        **single,
        lines=merge_lines(known.lines, news.lines),
        events=_added(known.events, news.events),
        notes=_added(known.notes, news.notes),
        refund=_merge_refund(known.refund, news.refund),
        exchange=_merge_exchange(known.exchange, news.exchange),
    )


def same_refund(known: Refund | None, news: Refund | None) -> bool:
    """Whether the news tells more of the known refund rather than of a new one."""
    if known is None or news is None:
        return False
    return _agree(known.applied_at, news.applied_at) and _agree(known.type, news.type)


def same_exchange(known: Exchange | None, news: Exchange | None) -> bool:
    """Whether the news tells more of the known exchange rather than of a new one."""
    if known is None or news is None:
        return False
    return _agree(known.new_sku, news.new_sku) and _agree(known.shipped_at, news.shipped_at)


def merge_lines(known: Sequence[Line], news: Sequence[Line]) -> tuple[Line, ...]:
    """The news' lines, completed by what was known of the same goods.

    Lines with neither sku nor price come from a sheet that only sums the goods up: they do not
    replace real lines.
    """
    if not news or (_itemised(known) and not _itemised(news)):
        return tuple(known)
    left = list(known)
    return tuple(_completed(line, left) for line in news)


def _completed(line: Line, left: list[Line]) -> Line:
    for old in left:
        if (old.sku, old.title) == (line.sku, line.title):
            left.remove(old)
            return _overlay(old, line)
    return line


def _itemised(lines: Sequence[Line]) -> bool:
    return any(line.sku or line.unit_price is not None for line in lines)


def _merge_refund(known: Refund | None, news: Refund | None) -> Refund | None:
    if known is None or news is None or not same_refund(known, news):
        return news or known
    return _overlay(known, news)


def _merge_exchange(known: Exchange | None, news: Exchange | None) -> Exchange | None:
    if known is None or news is None or not same_exchange(known, news):
        return news or known
    return _overlay(known, news)


def _overlay[T: (Line, Refund, Exchange)](known: T, news: T) -> T:
    said = {f.name: getattr(news, f.name) for f in fields(news)}
    return replace(known, **{name: value for name, value in said.items() if value is not None})


def _further(known: OrderStatus | None, news: OrderStatus | None) -> OrderStatus | None:
    if known is None or news is None:
        return news or known
    return max(known, news, key=_COURSE.index)


def _newer(known: object, news: object) -> object:
    return known if news is None or news == "" else news


def _agree(known: object, news: object) -> bool:
    return known is None or news is None or known == news


def _added[T](known: tuple[T, ...], news: tuple[T, ...]) -> tuple[T, ...]:
    return known + tuple(item for item in news if item not in known)
