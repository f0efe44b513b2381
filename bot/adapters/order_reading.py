"""Builds whole orders from the tables, with the same few statements however many they are."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import (
    Connection,
    FromClause,
    Row,
    Select,
    Table,
    bindparam,
    func,
    select,
)

from bot.adapters import schema
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

MOST = 50
"""No look-up gives more orders: nobody reads further, and a shop's own test buyer has thousands."""


def table(model: type[schema.Base]) -> Table:
    """The plain table of a model: look-ups and bulk writing need no object tracking."""
    return cast(Table, model.__table__)


SHOPS = table(schema.ShopRow)
CUSTOMERS = table(schema.CustomerRow)
ORDERS = table(schema.OrderRow)
LINES = table(schema.LineRow)
SHIPMENTS = table(schema.ShipmentRow)
EVENTS = table(schema.ShipmentEventRow)
REFUNDS = table(schema.RefundRow)
EXCHANGES = table(schema.ExchangeRow)
NOTES = table(schema.NoteRow)
FLAGS = table(schema.FlagRow)


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


def _heads(joined: FromClause) -> Select[Any]:
    return (
        select(ORDERS, SHOPS.c.name.label("shop"), CUSTOMERS.c.nickname, CUSTOMERS.c.phone)
        .select_from(joined)
        .order_by(
            func.coalesce(ORDERS.c.placed_at, ORDERS.c.paid_at).desc().nulls_last(),
            ORDERS.c.order_no.desc(),
        )
    )


_WITH_CUSTOMER = ORDERS.join(SHOPS).outerjoin(CUSTOMERS)
_OF_CUSTOMER = CUSTOMERS.join(ORDERS).join(SHOPS)

BY_ORDER_NO = _heads(_WITH_CUSTOMER).where(ORDERS.c.order_no == bindparam("order_no"))
TO_CHANGE = (
    _heads(_WITH_CUSTOMER)
    .where(ORDERS.c.order_no.in_(bindparam("order_nos", expanding=True)))
    # Everybody locks in the same order: one of two writers waits, never both for ever.
    .order_by(None)
    .order_by(ORDERS.c.order_no)
    .with_for_update(of=ORDERS)
)
BY_TRACKING_NO = (
    _heads(_WITH_CUSTOMER)
    .where(
        ORDERS.c.id.in_(
            select(SHIPMENTS.c.order_id).where(SHIPMENTS.c.tracking_no == bindparam("tracking_no"))
        )
    )
    .limit(MOST)
)
BY_NICKNAME = _heads(_OF_CUSTOMER).where(CUSTOMERS.c.nickname == bindparam("nickname")).limit(MOST)
BY_PHONE = (
    _heads(_OF_CUSTOMER)
    .where(
        CUSTOMERS.c.phone_last4 == bindparam("last_four"),
        CUSTOMERS.c.nickname == bindparam("nickname"),
    )
    .limit(MOST)
)


def _belonging(source: Table, *order_by: Any) -> Select[Any]:
    return (
        select(source)
        .where(source.c.order_id.in_(bindparam("ids", expanding=True)))
        .order_by(source.c.order_id, *order_by)
    )


_LINES = _belonging(LINES, LINES.c.seq)
_SHIPMENTS = _belonging(SHIPMENTS, SHIPMENTS.c.seq)
_EVENTS = _belonging(EVENTS, EVENTS.c.at, EVENTS.c.seq).where(EVENTS.c.leg == schema.OUTBOUND)
_REFUNDS = _belonging(REFUNDS, REFUNDS.c.seq)
_EXCHANGES = _belonging(EXCHANGES, EXCHANGES.c.seq)
_NOTES = _belonging(NOTES, NOTES.c.seq)
_FLAGS = _belonging(FLAGS, FLAGS.c.seq)

type Rows = dict[int, list[Row[Any]]]


def read(connection: Connection, heads: Select[Any], **values: object) -> list[Stored]:
    """The orders that ``heads`` finds, newest first, each complete."""
    found = connection.execute(heads, values).all()
    if not found:
        return []
    ids = [row.id for row in found]
    parts = _Parts(connection, ids)
    return [parts.assemble(row) for row in found]


class _Parts:
    """All that belongs to the orders found, one statement a table."""

    def __init__(self, connection: Connection, ids: Sequence[int]) -> None:
        def rows(statement: Select[Any]) -> Rows:
            grouped: Rows = defaultdict(list)
            for row in connection.execute(statement, {"ids": ids}):
                grouped[row.order_id].append(row)
            return grouped

        self.lines = rows(_LINES)
        self.shipments = rows(_SHIPMENTS)
        self.events = rows(_EVENTS)
        self.refunds = rows(_REFUNDS)
        self.exchanges = rows(_EXCHANGES)
        self.notes = rows(_NOTES)
        self.flags = rows(_FLAGS)

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

    def _order(
        self,
        head: Row[Any],
        refund: Row[Any] | None,
        exchange: Row[Any] | None,
        flag: Row[Any] | None,
    ) -> Order:
        key = head.id
        parcels = {(row.leg, row.seq): row for row in self.shipments.get(key, ())}
        out = parcels.get((schema.OUTBOUND, 1))
        back = parcels.get((schema.RETURN, 1))
        again = parcels.get((schema.EXCHANGE, exchange.seq)) if exchange else None
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
            shipped_at=out.shipped_at if out else None,
            received_at=out.signed_at if out else None,
            signed_by=out.signed_by if out else None,
            courier=out.courier if out else None,
            tracking_no=out.tracking_no if out else None,
            upgraded_courier_paid=head.upgraded_courier_paid,
            payment_method=PaymentMethod(head.payment_method) if head.payment_method else None,
            quick_pay_bound=head.quick_pay_bound,
            invoice_issued=head.invoice_issued,
            freight_insurance=head.freight_insurance,
            lines=tuple(_line(row) for row in self.lines.get(key, ())),
            events=tuple(
                ShipmentEvent(row.at, row.text, row.place) for row in self.events.get(key, ())
            ),
            refund=_refund(refund) if refund else None,
            return_tracking_no=back.tracking_no if back else None,
            return_signed_at=back.signed_at if back else None,
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


def _refund(row: Row[Any]) -> Refund:
    return Refund(
        type=row.type,
        status=RefundStatus(row.status) if row.status else None,
        applied_at=row.applied_at,
        amount=row.amount,
        succeeded_at=row.succeeded_at,
        slip_approved=row.slip_approved,
    )


def _exchange(row: Row[Any], parcel: Row[Any] | None) -> Exchange:
    shipped_at: datetime | None = parcel.shipped_at if parcel else None
    return Exchange(
        agreed=row.agreed,
        new_sku=row.new_sku,
        new_price=row.new_price,
        shipped=row.shipped,
        shipped_at=shipped_at,
        tracking_no=parcel.tracking_no if parcel else None,
    )
