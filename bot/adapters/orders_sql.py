"""The shop's orders: found by whatever the customer can name, merged with what is learned."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection, Select, Table, func, select

from bot.adapters.database import Database
from bot.adapters.order_reading import read
from bot.adapters.order_statements import (
    BY_NICKNAME,
    BY_ORDER_NO,
    BY_PHONE,
    BY_TRACKING_NO,
    FLAGS,
    NOTES,
    ORDERS,
)
from bot.adapters.order_writing import write
from bot.core.numbers import clean_number
from bot.core.order_merge import Written
from bot.core.orders import Note, Order
from bot.services.ports import UnknownOrder


class SqlOrders:
    """Implements ``ports.Orders``; numbers may be typed wide, with blanks or dashes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def by_order_no(self, order_no: str) -> Order | None:
        return next(iter(self._found(BY_ORDER_NO, order_no=clean_number(order_no))), None)

    def by_tracking_no(self, tracking_no: str) -> Sequence[Order]:
        """The orders of a parcel: sent out, sent back or sent in exchange."""
        return self._found(BY_TRACKING_NO, tracking_no=clean_number(tracking_no))

    def by_phone(self, last_four: str, nickname: str) -> Sequence[Order]:
        """Orders of the customer with this nickname whose phone ends in these four digits."""
        digits = clean_number(last_four)
        return self._found(BY_PHONE, last_four=digits, nickname=nickname.strip())

    def by_nickname(self, nickname: str) -> Sequence[Order]:
        return self._found(BY_NICKNAME, nickname=nickname.strip())

    def upsert(self, *orders: Order) -> Written:
        """Keep the orders: new ones whole; of known ones what the order says, the rest stays."""
        with self._database.writing() as connection:
            return write(connection, orders)

    @contextmanager
    def writing(self) -> Iterator[Callable[[Iterable[Order]], Written]]:
        """One transaction for many orders: all are kept, or on an error none."""
        with self._database.writing() as connection:
            yield partial(write, connection)

    def add_note(self, order_no: str, note: Note) -> None:
        """Write a line on the order.

        Raises:
            UnknownOrder: no order has this number.
        """
        row = {"text": note.text, "at": note.at, "by": note.by}
        self._append(NOTES, order_no, row)

    def set_flag(
        self, order_no: str, text: str | None, at: datetime | None = None, by: str | None = None
    ) -> None:
        """Mark the order, or take its mark off with None; earlier marks stay on record.

        Raises:
            UnknownOrder: no order has this number.
        """
        self._append(FLAGS, order_no, {"text": text, "at": at, "by": by})

    def _found(self, heads: Select[Any], **values: str) -> list[Order]:
        if not all(values.values()):
            return []
        with self._database.reading() as connection:
            return [stored.order for stored in read(connection, heads, **values)]

    def _append(self, into: Table, order_no: str, row: dict[str, Any]) -> None:
        with self._database.writing() as connection:
            key = _locked(connection, order_no)
            last = connection.scalar(select(func.max(into.c.seq)).where(into.c.order_id == key))
            row |= {"order_id": key, "seq": (last or 0) + 1}
            connection.execute(into.insert(), row)


def _locked(connection: Connection, order_no: str) -> int:
    """The order's key, held so that no two give the same running number."""
    number = clean_number(order_no)
    wanted = select(ORDERS.c.id).where(ORDERS.c.order_no == number).with_for_update()
    key: int | None = connection.scalar(wanted)
    if key is None:
        raise UnknownOrder(number)
    return key
