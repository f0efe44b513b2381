"""Looks through the orders: each search by an index, also with a hundred thousand of them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, select, union

from bot.adapters.conversations_sql import CONVERSATIONS
from bot.adapters.order_statements import CUSTOMERS, FLAGS, LINES, ORDERS, SHIPMENTS, SHOPS, begins
from bot.adapters.orders_sql import SqlOrders
from bot.core.moments import SHANGHAI
from bot.core.numbers import clean_number
from bot.core.orders import OrderStatus
from bot.services.ports.orders import ListedOrder, WantedOrders


class SqlOrderBook(SqlOrders):
    """Implements ``ports.OrderBook``."""

    def find(self, wanted: WantedOrders) -> Sequence[ListedOrder]:
        with self._database.reading() as connection:
            rows = connection.execute(_statement(wanted)).all()
            titles, flags = _titles(connection, rows), _flags(connection, rows)
        return [
            ListedOrder(
                row.order_no,
                row.shop,
                row.nickname or "",
                OrderStatus(row.status) if row.status else None,
                row.placed_at,
                tuple(titles[row.id]),
                flags.get(row.id) or "",
            )
            for row in rows
        ]

    def shops(self) -> Sequence[str]:
        with self._database.reading() as connection:
            return connection.scalars(select(SHOPS.c.name).order_by(SHOPS.c.name)).all()

    def spoken_of_in(self, order_no: str, most: int) -> Sequence[str]:
        about = CONVERSATIONS.c.order_no == clean_number(order_no)
        latest = select(CONVERSATIONS.c.id).where(about).order_by(CONVERSATIONS.c.updated_at.desc())
        with self._database.reading() as connection:
            return connection.scalars(latest.limit(most)).all()


def _statement(wanted: WantedOrders) -> Select[Any]:
    joined = ORDERS.join(SHOPS).outerjoin(CUSTOMERS)
    columns = (ORDERS, SHOPS.c.name.label("shop"), CUSTOMERS.c.nickname)
    return (
        select(*columns)
        .select_from(joined)
        .where(*_conditions(wanted))
        .order_by(ORDERS.c.placed_at.desc().nulls_last(), ORDERS.c.id.desc())
        .offset(wanted.skip)
        .limit(wanted.limit)
    )


def _conditions(wanted: WantedOrders) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if text := wanted.text.strip():
        found.append(ORDERS.c.id.in_(_named(text)))
    if wanted.shop:
        found.append(SHOPS.c.name == wanted.shop)
    if wanted.status:
        found.append(ORDERS.c.status == wanted.status.value)
    if wanted.since:
        found.append(ORDERS.c.placed_at >= datetime.combine(wanted.since, time(), SHANGHAI))
    if wanted.until:
        end = datetime.combine(wanted.until + timedelta(days=1), time(), SHANGHAI)
        found.append(ORDERS.c.placed_at < end)
    return found


def _named(text: str) -> Any:
    """The orders that this text names, each way by its own index."""
    number = clean_number(text)
    ways = [
        select(ORDERS.c.id).join(CUSTOMERS).where(*begins(CUSTOMERS.c.nickname, text)),
    ]
    if number:
        ways += [
            select(ORDERS.c.id).where(*begins(ORDERS.c.order_no, number)),
            select(SHIPMENTS.c.order_id).where(SHIPMENTS.c.tracking_no == number),
        ]
    return union(*ways)


def _titles(connection: Connection, rows: Sequence[Any]) -> dict[int, list[str]]:
    ids = [row.id for row in rows]
    of = select(LINES.c.order_id, LINES.c.title).where(LINES.c.order_id.in_(ids))
    titles: dict[int, list[str]] = defaultdict(list)
    for line in connection.execute(of.order_by(LINES.c.order_id, LINES.c.seq)):
        titles[line.order_id].append(line.title)
    return titles


def _flags(connection: Connection, rows: Sequence[Any]) -> dict[int, str | None]:
    ids = [row.id for row in rows]
    of = select(FLAGS.c.order_id, FLAGS.c.text).where(FLAGS.c.order_id.in_(ids))
    ordered = connection.execute(of.order_by(FLAGS.c.order_id, FLAGS.c.seq))
    return {flag.order_id: flag.text for flag in ordered}
