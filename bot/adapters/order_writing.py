"""Writes orders in bulk: new ones whole, known ones only where the news changes something."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Table, bindparam, select, update

from bot.adapters.order_parts import Batch, gather, insert
from bot.adapters.order_reading import Stored, read
from bot.adapters.order_statements import CUSTOMERS, ORDERS, SHOPS, TO_CHANGE
from bot.core.numbers import clean_number, last_four
from bot.core.order_merge import Written, merge
from bot.core.orders import Order

type Values = dict[str, Any]
type Contact = tuple[str, str]

_HEAD = (
    "recipient",
    "address",
    "placed_at",
    "paid_at",
    "promised_ship_by",
    "upgraded_courier_paid",
    "quick_pay_bound",
    "invoice_issued",
    "freight_insurance",
)


def write(connection: Connection, orders: Iterable[Order]) -> Written:
    """Merge the orders into the tables, by order number; several with one number count in turn.

    The caller's transaction holds it all. On PostgreSQL the known orders stay locked until it
    ends, so that two who write the same order do not undo each other.
    """
    wanted = _by_number(orders)
    known = {s.order.order_no: s for s in read(connection, TO_CHANGE, order_nos=list(wanted))}
    merged = {no: merge(known[no].order, wanted[no]) for no in known}
    changed = [no for no, order in merged.items() if order != known[no].order]
    fresh = [order for no, order in wanted.items() if no not in known]
    keys = _Keys(connection, [*fresh, *(merged[no] for no in changed)])
    batch = Batch()
    overtaken = _add(connection, batch, fresh, keys)
    _change(connection, [{"key": known[no].id, **_head(merged[no], keys)} for no in changed])
    for no in changed:
        gather(batch, known[no], merged[no])
    batch.flush(connection)
    done = Written(len(fresh) - len(overtaken), len(changed), len(known) - len(changed))
    return done + write(connection, overtaken) if overtaken else done


def _by_number(orders: Iterable[Order]) -> dict[str, Order]:
    wanted: dict[str, Order] = {}
    for order in map(_cleaned, orders):
        earlier = wanted.get(order.order_no)
        wanted[order.order_no] = merge(earlier, order) if earlier else order
    return wanted


def _cleaned(order: Order) -> Order:
    number = clean_number(order.order_no)
    if not number:
        raise ValueError(f"order_no {order.order_no!r} has neither letters nor digits")
    exchange = order.exchange
    if exchange and exchange.tracking_no:
        exchange = replace(exchange, tracking_no=clean_number(exchange.tracking_no))
    return replace(
        order,
        order_no=number,
        nickname=(order.nickname or "").strip() or None,
        tracking_no=clean_number(order.tracking_no or "") or None,
        return_tracking_no=clean_number(order.return_tracking_no or "") or None,
        exchange=exchange,
    )


def _add(
    connection: Connection, batch: Batch, orders: Sequence[Order], keys: "_Keys"
) -> list[Order]:
    """Insert new orders; gives back those that another writer has inserted meanwhile."""
    if not orders:
        return []
    rows = [{"order_no": order.order_no, **_head(order, keys)} for order in orders]
    statement = insert(connection, ORDERS).on_conflict_do_nothing()
    found = connection.execute(statement.returning(ORDERS.c.order_no, ORDERS.c.id), rows)
    ids: dict[str, int] = {row.order_no: row.id for row in found}
    for order in orders:
        if order.order_no in ids:
            gather(batch, Stored(ids[order.order_no], None, Order(order.order_no)), order)
    return [order for order in orders if order.order_no not in ids]


def _change(connection: Connection, rows: Sequence[Values]) -> None:
    if rows:
        connection.execute(update(ORDERS).where(ORDERS.c.id == bindparam("key")), rows)


def _head(order: Order, keys: "_Keys") -> Values:
    values: Values = {name: getattr(order, name) for name in _HEAD}
    values["status"] = order.status.value if order.status else None
    values["payment_method"] = order.payment_method.value if order.payment_method else None
    values["shop_id"] = keys.shops[order.shop]
    values["customer_id"] = keys.customers.get(_contact(order))
    return values


class _Keys:
    """The keys of the shops and customers that the orders name, made where missing."""

    def __init__(self, connection: Connection, orders: Sequence[Order]) -> None:
        self.shops = _shop_keys(connection, {order.shop for order in orders})
        self.customers = _customer_keys(connection, {_contact(order) for order in orders})


def _contact(order: Order) -> Contact:
    return order.nickname or "", order.phone or ""


def _shop_keys(connection: Connection, names: set[str]) -> dict[str, int]:
    _insert_missing(connection, SHOPS, [{"name": name} for name in sorted(names)])
    c = SHOPS.c
    rows = connection.execute(select(c.name, c.id).where(c.name.in_(names)))
    return {row.name: row.id for row in rows}


def _customer_keys(connection: Connection, contacts: set[Contact]) -> dict[Contact, int]:
    contacts.discard(("", ""))
    rows = [
        {"nickname": nickname, "phone": phone, "phone_last4": last_four(phone)}
        for nickname, phone in sorted(contacts)
    ]
    _insert_missing(connection, CUSTOMERS, rows)
    c = CUSTOMERS.c
    found = select(c.nickname, c.phone, c.id)
    named = {nickname for nickname, _ in contacts if nickname}
    nameless = {phone for nickname, phone in contacts if not nickname}
    keys: dict[Contact, int] = {}
    for statement in (
        found.where(c.nickname.in_(named)),
        found.where(c.nickname == "", c.phone.in_(nameless)),
    ):
        keys |= {(nickname, phone): key for nickname, phone, key in connection.execute(statement)}
    return keys


def _insert_missing(connection: Connection, into: Table, rows: Sequence[Values]) -> None:
    if rows:
        connection.execute(insert(connection, into).on_conflict_do_nothing(), rows)
