"""Builds whole orders from the tables, with the same few statements however many they are."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, Select

from bot.adapters import schema
from bot.adapters.order_statements import (
    OF_EVENTS,
    OF_EXCHANGES,
    OF_FLAGS,
    OF_LINES,
    OF_NOTES,
    OF_REFUNDS,
    OF_SHIPMENTS,
    Belonging,
)
from bot.core.orders import (
    Exchange,
    Line,
    Note,
    Order,
    OrderStatus,
    PaymentMethod,
    Refund,
    RefundStatus,
    ShipmentEvent,
)


@dataclass(frozen=True, slots=True)
class Stored:
    """An order and what the tables know it by: the running numbers used last."""

    id: int
    customer_id: int | None
    order: Order
    refund_seq: int = 0
    exchange_seq: int = 0
    note_seq: int = 0
    event_seq: int = 0
    flag_seq: int = 0


type Rows = dict[int, list[Row[Any]]]


def read(connection: Connection, heads: Select[Any], **values: object) -> list[Stored]:
    """The orders that ``heads`` finds, newest first, each complete."""
    found = connection.execute(heads, values).all()
    if not found:
        return []
    ids = [row.id for row in found]
    parts = _Parts(connection, ids)
    return [parts.assemble(row) for row in found]


class _Parcel(NamedTuple):
    """A parcel of which nothing is known."""

    courier: str | None = None
    tracking_no: str | None = None
    shipped_at: datetime | None = None
    signed_at: datetime | None = None
    signed_by: str | None = None


_NO_PARCEL = _Parcel()


class _Parts:
    """All that belongs to the orders found, one statement a table."""

    def __init__(self, connection: Connection, ids: Sequence[int]) -> None:
        def rows(belonging: Belonging) -> Rows:
            grouped: Rows = defaultdict(list)
            for row in belonging.rows(connection, ids):
                grouped[row.order_id].append(row)
            return grouped

        self.lines = rows(OF_LINES)
        self.shipments = rows(OF_SHIPMENTS)
        self.events = rows(OF_EVENTS)
        self.refunds = rows(OF_REFUNDS)
        self.exchanges = rows(OF_EXCHANGES)
        self.notes = rows(OF_NOTES)
        self.flags = rows(OF_FLAGS)

    def assemble(self, head: Row[Any]) -> Stored:
        key = head.id
        refund = _last(self.refunds, key)
        exchange = _last(self.exchanges, key)
        flag = _last(self.flags, key)
        return Stored(
            id=key,
            customer_id=head.customer_id,
            order=self._order(head, refund, exchange, flag),
            refund_seq=refund.seq if refund else 0,
            exchange_seq=exchange.seq if exchange else 0,
            note_seq=_highest(self.notes, key),
            event_seq=_highest(self.events, key),
            flag_seq=flag.seq if flag else 0,
        )

    def _parcels(self, key: int, exchange: int) -> "list[Row[Any] | _Parcel]":
        """The parcel out, the one back, and the one sent in exchange."""
        found = {(row.leg, row.seq): row for row in self.shipments.get(key, ())}
        wanted = ((schema.OUTBOUND, 1), (schema.RETURN, 1), (schema.EXCHANGE, exchange))
        return [found.get(parcel, _NO_PARCEL) for parcel in wanted]

    def _order(
        self,
        head: Row[Any],
        refund: Row[Any] | None,
        exchange: Row[Any] | None,
        flag: Row[Any] | None,
    ) -> Order:
        key = head.id
        out, back, again = self._parcels(key, exchange.seq if exchange else 0)
        return Order(
            order_no=head.order_no,
            shop=head.shop,
            status=OrderStatus(head.status) if head.status else None,
            nickname=head.nickname or None,
            phone=head.phone or None,
            recipient=head.recipient,
            address=head.address,
            placed_at=head.placed_at,
            paid_at=head.paid_at,
            promised_ship_by=head.promised_ship_by,
            shipped_at=out.shipped_at,
            received_at=out.signed_at,
            signed_by=out.signed_by,
            courier=out.courier,
            tracking_no=out.tracking_no,
            upgraded_courier_paid=head.upgraded_courier_paid,
            payment_method=PaymentMethod(head.payment_method) if head.payment_method else None,
            quick_pay_bound=head.quick_pay_bound,
            invoice_issued=head.invoice_issued,
            freight_insurance=head.freight_insurance,
            lines=tuple(_line(row) for row in self.lines.get(key, ())),
            events=tuple(_event(row) for row in self.events.get(key, ())),
            refund=_refund(refund) if refund else None,
            return_tracking_no=back.tracking_no,
            return_signed_at=back.signed_at,
            exchange=_exchange(exchange, again) if exchange else None,
            notes=tuple(Note(row.text, row.at, row.by) for row in self.notes.get(key, ())),
            flag=flag.text if flag else None,
        )


def _last(rows: Rows, key: int) -> Row[Any] | None:
    found = rows.get(key)
    return found[-1] if found else None


def _highest(rows: Rows, key: int) -> int:
    return max((row.seq for row in rows.get(key, ())), default=0)


def _line(row: Row[Any]) -> Line:
    return Line(
        row.sku, row.title, row.qty, row.paid, row.unit_price, row.bundle, row.made_to_order
    )


def _event(row: Row[Any]) -> ShipmentEvent:
    return ShipmentEvent(row.at, row.text, row.place)


def _refund(row: Row[Any]) -> Refund:
    return Refund(
        type=row.type,
        status=RefundStatus(row.status) if row.status else None,
        applied_at=row.applied_at,
        amount=row.amount,
        succeeded_at=row.succeeded_at,
        slip_approved=row.slip_approved,
    )


def _exchange(row: Row[Any], parcel: "Row[Any] | _Parcel") -> Exchange:
    return Exchange(
        agreed=row.agreed,
        new_sku=row.new_sku,
        new_price=row.new_price,
        shipped=row.shipped,
        shipped_at=parcel.shipped_at,
        tracking_no=parcel.tracking_no,
    )
