"""Which records are looked for, as the database is asked for them."""

from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from bot.adapters.order_statements import begins
from bot.adapters.schema import OrderRow, RecordRow, ShipmentRow, ShopRow
from bot.core.moments import SHANGHAI
from bot.services.ports import WantedRecords

_ORDERS = select(RecordRow.about)
COURIERS: Select[Any] = (
    select(ShipmentRow.courier)
    .join(OrderRow, OrderRow.id == ShipmentRow.order_id)
    .where(OrderRow.order_no.in_(_ORDERS), ShipmentRow.courier.is_not(None))
    .distinct()
    .order_by(ShipmentRow.courier)
)
"""Those that have carried an order of any record."""
SHOPS: Select[Any] = (
    select(ShopRow.name)
    .where(ShopRow.id.in_(select(OrderRow.shop_id).where(OrderRow.order_no.in_(_ORDERS))))
    .order_by(ShopRow.name)
)
"""Those of whose orders there is a record."""


def conditions(wanted: WantedRecords) -> list[ColumnElement[bool]]:
    """What a record must meet; nothing where every one is wanted."""
    return [*_own(wanted), *_of_order(wanted)]


def _own(wanted: WantedRecords) -> Iterator[ColumnElement[bool]]:
    if wanted.registers is not None:
        yield RecordRow.register.in_(wanted.registers)
    if wanted.states:
        yield RecordRow.state.in_([state.value for state in wanted.states])
    if wanted.approval:
        yield RecordRow.approval == wanted.approval.value
    if wanted.before:
        yield RecordRow.id < wanted.before
    if wanted.since:
        yield RecordRow.created_at >= datetime.combine(wanted.since, time(), SHANGHAI)
    if wanted.until:
        yield RecordRow.created_at <= datetime.combine(wanted.until, time.max, SHANGHAI)


def _of_order(wanted: WantedRecords) -> Iterator[ColumnElement[bool]]:
    if wanted.order_no:
        yield RecordRow.order_no == wanted.order_no
    if wanted.order_begins:
        yield from begins(RecordRow.about, wanted.order_begins)
    if wanted.shop:
        of_shop = select(OrderRow.order_no).join(ShopRow).where(ShopRow.name == wanted.shop)
        yield RecordRow.about.in_(of_shop)
    if wanted.courier:
        carried = (
            select(OrderRow.order_no)
            .join(ShipmentRow, ShipmentRow.order_id == OrderRow.id)
            .where(ShipmentRow.courier == wanted.courier)
        )
        yield RecordRow.about.in_(carried)
