"""What must be written so that the tables hold an order as merged, one statement a table."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Table, delete
from sqlalchemy.dialects import postgresql, sqlite

from bot.adapters.order_reading import Stored
from bot.adapters.order_statements import (
    EVENTS,
    EXCHANGES,
    FLAGS,
    LINES,
    NOTES,
    REFUNDS,
    SHIPMENTS,
)
from bot.adapters.schema import EXCHANGE, OUTBOUND, RETURN
from bot.core.order_merge import same_exchange, same_refund
from bot.core.orders import Exchange, Order, Refund

type Values = dict[str, Any]


def insert(connection: Connection, into: Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that can say what happens when the row is there already."""
    if connection.dialect.name == "sqlite":
        return sqlite.insert(into)
    return postgresql.insert(into)


class Batch:
    """Rows to put, table by table: inserted, or changed where the key is there already."""

    def __init__(self) -> None:
        self._rows: dict[Table, list[Values]] = {}
        self._old_lines: list[int] = []

    def put(self, into: Table, rows: Iterable[Values]) -> None:
        self._rows.setdefault(into, []).extend(rows)

    def drop_lines(self, order_id: int) -> None:
        self._old_lines.append(order_id)

    def flush(self, connection: Connection) -> None:
        if self._old_lines:
            connection.execute(delete(LINES).where(LINES.c.order_id.in_(self._old_lines)))
        for into, rows in self._rows.items():
            if rows:
                _put(connection, into, rows)


def _put(connection: Connection, into: Table, rows: Sequence[Values]) -> None:
    statement = insert(connection, into)
    key = [column.name for column in into.primary_key.columns]
    news = {c.name: c for c in statement.excluded if c.name not in key}
    connection.execute(statement.on_conflict_do_update(index_elements=key, set_=news), rows)


def gather(batch: Batch, stored: Stored, order: Order) -> None:
    """Gather what differs between the order as stored and as it shall be."""
    _lines(batch, stored, order)
    _parcels(batch, stored, order)
    _refund(batch, stored, order.refund)
    _exchange(batch, stored, order.exchange)
    _additions(batch, stored, order)


def _lines(batch: Batch, stored: Stored, order: Order) -> None:
    if order.lines == stored.order.lines:
        return
    if stored.order.lines:
        batch.drop_lines(stored.id)
    rows = (
        {
            "order_id": stored.id,
            "seq": seq,
            "sku": line.sku,
            "title": line.title,
            "qty": line.qty,
            "paid": line.paid,
            "unit_price": line.unit_price,
            "bundle": line.bundle,
            "made_to_order": line.made_to_order,
        }
        for seq, line in enumerate(order.lines, 1)
    )
    batch.put(LINES, rows)


def _parcels(batch: Batch, stored: Stored, order: Order) -> None:
    out = _outbound(order)
    if out != _outbound(stored.order):
        batch.put(SHIPMENTS, [{**_parcel(stored.id, OUTBOUND), **out}])
    back = _return(order)
    if back != _return(stored.order):
        batch.put(SHIPMENTS, [{**_parcel(stored.id, RETURN), **back}])


def _outbound(order: Order) -> Values:
    return {
        "courier": order.courier,
        "tracking_no": order.tracking_no,
        "shipped_at": order.shipped_at,
        "signed_at": order.received_at,
        "signed_by": order.signed_by,
    }


def _return(order: Order) -> Values:
    return {"tracking_no": order.return_tracking_no, "signed_at": order.return_signed_at}


def _parcel(order_id: int, leg: str, seq: int = 1) -> Values:
    """An empty parcel: rows put together must name the same columns."""
    blank = dict.fromkeys(("courier", "tracking_no", "shipped_at", "signed_at", "signed_by"))
    return {"order_id": order_id, "leg": leg, "seq": seq, **blank}


def _refund(batch: Batch, stored: Stored, refund: Refund | None) -> None:
    before = stored.order.refund
    if refund is None or refund == before:
        return
    seq = stored.refund_seq if same_refund(before, refund) else stored.refund_seq + 1
    status = refund.status.value if refund.status else None
    values = {**asdict(refund), "status": status}
    batch.put(REFUNDS, [{"order_id": stored.id, "seq": seq, **values}])


def _exchange(batch: Batch, stored: Stored, exchange: Exchange | None) -> None:
    before = stored.order.exchange
    if exchange is None or exchange == before:
        return
    seq = stored.exchange_seq if same_exchange(before, exchange) else stored.exchange_seq + 1
    values = asdict(exchange)
    parcel = {name: values.pop(name) for name in ("tracking_no", "shipped_at")}
    batch.put(EXCHANGES, [{"order_id": stored.id, "seq": seq, **values}])
    if any(parcel.values()):
        batch.put(SHIPMENTS, [{**_parcel(stored.id, EXCHANGE, seq), **parcel}])


def _additions(batch: Batch, stored: Stored, order: Order) -> None:
    """Notes, events and flags are only ever added."""
    key, before = stored.id, stored.order
    notes = [note for note in order.notes if note not in before.notes]
    batch.put(NOTES, _numbered(key, stored.note_seq, [asdict(note) for note in notes]))
    events = [event for event in order.events if event not in before.events]
    rows = [{"leg": OUTBOUND, **asdict(event)} for event in events]
    batch.put(EVENTS, _numbered(key, stored.event_seq, rows))
    if order.flag != before.flag:
        flag = {"text": order.flag, "at": None, "by": None}
        batch.put(FLAGS, _numbered(key, stored.flag_seq, [flag]))


def _numbered(order_id: int, last: int, rows: Iterable[Values]) -> list[Values]:
    return [
        {"order_id": order_id, "seq": seq, **values} for seq, values in enumerate(rows, last + 1)
    ]
