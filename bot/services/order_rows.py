"""Reads one order out of its rows in an export; what the rows do not say stays unknown."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from bot.core.notes import read_note
from bot.core.orders import Line, Note, Order, OrderStatus, Refund, RefundStatus, ShipmentEvent
from bot.core.tables import Row
from bot.services import order_cells as cells
from bot.services.order_columns import Header, Kind

CONFIRMED = "买家确认收货"

_NOT_PAID = frozenset({OrderStatus.UNPAID, OrderStatus.CLOSED})
# When items differ, the order's refund is the one that still needs somebody.
_URGENCY = (
    RefundStatus.APPLIED,
    RefundStatus.WAITING_RETURN,
    RefundStatus.APPROVED,
    RefundStatus.REJECTED,
    RefundStatus.PAID,
)


class RefusedCell(Exception):
    """One cell cannot be believed."""

    def __init__(self, row: Row, column: str, reason: str, value: str = "") -> None:
        super().__init__(row.number, column, reason)
        self.row, self.column, self.reason, self.value = row, column, reason, value


@dataclass(frozen=True, slots=True)
class RowReader:
    """Reads rows under one header.

    Args:
        header: where this sheet holds what.
        today: a note dated without a year is of this day's year or the one before.
        shop: the shop of every order, whatever the sheet calls it; None to believe the sheet.
    """

    header: Header
    today: date
    shop: str | None = None

    def order_no(self, row: Row) -> str:
        """Raises RefusedCell for a damaged or missing number."""
        return self._read(row, "order_no", cells.order_no, "")

    def order(self, rows: Sequence[Row]) -> Order:
        """The order that these rows, one an item, are about.

        Raises:
            RefusedCell: a value cannot be read; the other rows of the order are not complete then.
        """
        for row in rows:
            self._check_width(row)
        head = self._head(rows)
        if self.header.kind is Kind.ORDERS:
            return replace(head, lines=self._summed(rows[-1], head.status))
        return replace(head, lines=tuple(self._item(row) for row in rows))

    def _check_width(self, row: Row) -> None:
        """Too few or too many cells: a stray comma, a line broken off; none can be believed."""
        wanted, found = len(self.header.names), len(row.cells)
        if found < wanted or any(row.cells[wanted:]):
            raise RefusedCell(row, "整行", f"这一行有 {found} 列,表头有 {wanted} 列,列对不上")

    def _head(self, rows: Sequence[Row]) -> Order:
        first = rows[0]
        return Order(
            order_no=self.order_no(first),
            shop=self.shop or self._said(rows, "shop") or "",
            status=self._status(rows),
            nickname=cells.nickname(self._said(rows, "nickname")),
            phone=self._said(rows, "mobile") or self._said(rows, "telephone") or None,
            recipient=self._said(rows, "recipient") or None,
            address=self._said(rows, "address") or None,
            placed_at=self._read(first, "placed_at", cells.moment, None),
            paid_at=self._read(first, "paid_at", cells.moment, None),
            promised_ship_by=self._read(first, "promised_ship_by", cells.moment, None),
            shipped_at=self._read(first, "shipped_at", cells.moment, None),
            received_at=self._read(first, "received_at", cells.moment, None),
            courier=cells.courier(self._said(rows, "courier")),
            tracking_no=cells.tracking_no(self._said(rows, "tracking_no")),
            events=self._events(first),
            refund=self._refund(rows),
            notes=self._notes(rows),
        )

    def _said(self, rows: Sequence[Row], field: str) -> str:
        return next((text for row in rows if (text := self.header.value(row, field))), "")

    def _read[T, N](self, row: Row, field: str, read: Callable[[str], T], otherwise: N) -> T | N:
        text = self.header.value(row, field)
        if not text and field != "order_no":
            return otherwise
        try:
            return read(text)
        except ValueError as wrong:
            raise RefusedCell(row, self.header.title(field), str(wrong), text) from None

    def _status(self, rows: Sequence[Row]) -> OrderStatus | None:
        """Of items in different states, the state of those not closed, if they agree."""
        found = {self._read(row, "status", cells.status, None) for row in rows}
        if len(found) > 1:
            found.discard(OrderStatus.CLOSED)
        return found.pop() if len(found) == 1 else None

    def _events(self, row: Row) -> tuple[ShipmentEvent, ...]:
        # Confirmed is not received: buyers confirm late or never, and windows count from receipt.
        confirmed = self._read(row, "confirmed_at", cells.moment, None)
        return (ShipmentEvent(confirmed, CONFIRMED),) if confirmed else ()

    def _refund(self, rows: Sequence[Row]) -> Refund | None:
        found: dict[RefundStatus | None, Decimal | None] = {}
        for row in rows:
            status = self._read(row, "refund_status", cells.refund_status, None)
            amount = self._read(row, "refund_amount", cells.money, None)
            if status or (amount and self.header.kind is Kind.ORDERS):
                known = found.get(status)
                found[status] = amount if known is None else known + (amount or Decimal(0))
        if not found:
            return None
        status = next((s for s in _URGENCY if s in found), None)
        return Refund(status=status, amount=found[status])

    def _notes(self, rows: Sequence[Row]) -> tuple[Note, ...]:
        lines = (line for row in rows for line in self.header.value(row, "note").splitlines())
        written = dict.fromkeys(line.strip() for line in lines if line.strip())
        return tuple(read_note(line, self.today) for line in written)

    def _item(self, row: Row) -> Line:
        said = self.header.value
        status = self._read(row, "status", cells.status, None)
        title = f"{said(row, 'title')} {cells.attributes(said(row, 'attributes'))}"
        return Line(
            sku=said(row, "sku") or said(row, "goods_id"),
            title=title.strip(),
            qty=self._read(row, "qty", cells.pieces, 1),
            paid=_really_paid(self._read(row, "paid", cells.money, None), status),
            unit_price=self._read(row, "unit_price", cells.money, None),
            bundle=said(row, "bundle") or None,
        )

    def _summed(self, row: Row, status: OrderStatus | None) -> tuple[Line, ...]:
        """The goods as 订单报表 sums them up: titles in one cell, one number of pieces."""
        title = self.header.value(row, "title")
        if not title:
            return ()
        qty = self._read(row, "total_qty", cells.pieces, 1)
        kinds = self._read(row, "kinds", cells.pieces, None)
        titles = [part.strip() for part in re.split("[,，]", title) if part.strip()]
        if kinds is not None and kinds == qty == len(titles) and qty > 1:
            return tuple(Line("", part) for part in titles)
        # Of several goods it is not known which cost what: a share would be a guess.
        one_kind = kinds == 1 or (kinds is None and len(titles) == 1)
        attributes = cells.attributes(self.header.value(row, "attributes"))
        named = f"{title} {attributes}".strip() if one_kind else title
        return (Line("", named, qty, self._goods_paid(row, status) if one_kind else None),)

    def _goods_paid(self, row: Row, status: OrderStatus | None) -> Decimal | None:
        paid = self._read(row, "paid", cells.money, None)
        freight = self._read(row, "freight", cells.money, Decimal(0))
        goods = paid - freight if paid is not None and paid >= freight else None
        return _really_paid(goods, status)


def _really_paid(amount: Decimal | None, status: OrderStatus | None) -> Decimal | None:
    """An export says 0.00 where nothing has been paid; of a paid order it is a gift's price."""
    return None if not amount and (amount is None or status in _NOT_PAID) else amount
