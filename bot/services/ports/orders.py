"""What the order pages need from outside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.core.orders import Note, Order, OrderStatus


@dataclass(frozen=True, slots=True)
class WantedOrders:
    """Which orders are looked for; what is not said may be anything."""

    text: str = ""
    """The beginning of an order number or of a nickname, or a whole parcel number."""
    shop: str = ""
    status: OrderStatus | None = None
    since: date | None = None
    """Placed on this day of the shop's or later."""
    until: date | None = None
    """Placed on this day or earlier."""
    skip: int = 0
    limit: int = 50


@dataclass(frozen=True, slots=True)
class ListedOrder:
    """An order in a list."""

    order_no: str
    shop: str
    nickname: str
    status: OrderStatus | None
    placed_at: datetime | None
    titles: tuple[str, ...]
    flag: str


class OrderBook(Protocol):
    """The shop's orders, to be looked through and written upon."""

    def by_order_no(self, order_no: str) -> Order | None: ...

    def find(self, wanted: WantedOrders) -> Sequence[ListedOrder]:
        """Those that are looked for, the latest first."""
        ...

    def shops(self) -> Sequence[str]:
        """The names of all shops that have orders."""
        ...

    def spoken_of_in(self, order_no: str, most: int) -> Sequence[str]:
        """The conversations about an order, the latest first."""
        ...

    def add_note(self, order_no: str, note: Note) -> None:
        """Raises UnknownOrder."""
        ...

    def set_flag(
        self, order_no: str, text: str | None, at: datetime | None = None, by: str | None = None
    ) -> None:
        """Raises UnknownOrder."""
        ...
