"""The statements that find orders and all that belongs to them, each by an index."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Result,
    Select,
    Table,
    bindparam,
    func,
    select,
)

from bot.adapters import schema

MOST = 50
"""No look-up gives more orders: nobody reads further, and a shop's own test buyer has thousands."""


_LAST = "\U0010ffff"
"""After every other character: what begins with a text ends before the text with it."""


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


@dataclass(frozen=True, slots=True)
class Belonging:
    """What belongs to orders: of one, as most look-ups need it, and of many."""

    of_one: Select[Any]
    of_many: Select[Any]

    def rows(self, connection: Connection, ids: Sequence[int]) -> Result[Any]:
        if len(ids) == 1:
            return connection.execute(self.of_one, {"id": ids[0]})
        return connection.execute(self.of_many, {"ids": ids})


def _belonging(source: Table, *order_by: Any) -> Belonging:
    ordered = select(source).order_by(source.c.order_id, *order_by)
    if source is EVENTS:
        ordered = ordered.where(EVENTS.c.leg == schema.OUTBOUND)
    return Belonging(
        ordered.where(source.c.order_id == bindparam("id")),
        ordered.where(source.c.order_id.in_(bindparam("ids", expanding=True))),
    )


OF_LINES = _belonging(LINES, LINES.c.seq)
OF_SHIPMENTS = _belonging(SHIPMENTS, SHIPMENTS.c.seq)
OF_EVENTS = _belonging(EVENTS, EVENTS.c.at, EVENTS.c.seq)
OF_REFUNDS = _belonging(REFUNDS, REFUNDS.c.seq)
OF_EXCHANGES = _belonging(EXCHANGES, EXCHANGES.c.seq)
OF_NOTES = _belonging(NOTES, NOTES.c.seq)
OF_FLAGS = _belonging(FLAGS, FLAGS.c.seq)


def begins(column: Any, text: str) -> tuple[ColumnElement[bool], ...]:
    """Unlike LIKE, by the index on every database."""
    return column >= text, column < text + _LAST
