"""Past conversations told as if they were of a later day, with their orders."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from bot.core.conversation import Conversation
from bot.core.moving import moved, whole_weeks
from bot.core.orders import Order
from bot.services.ports import Orders


class MovedOrders:
    """Implements ``ports.Orders``: the same orders, each moment of theirs so much later."""

    def __init__(self, orders: Orders) -> None:
        self._orders = orders
        self.by = timedelta()

    def by_order_no(self, order_no: str) -> Order | None:
        order: Order | None = moved(self._orders.by_order_no(order_no), self.by)
        return order

    def by_tracking_no(self, tracking_no: str) -> Sequence[Order]:
        return self._moved(self._orders.by_tracking_no(tracking_no))

    def by_phone(self, last_four: str, nickname: str) -> Sequence[Order]:
        return self._moved(self._orders.by_phone(last_four, nickname))

    def by_nickname(self, nickname: str) -> Sequence[Order]:
        return self._moved(self._orders.by_nickname(nickname))

    def _moved(self, orders: Sequence[Order]) -> Sequence[Order]:
        found: tuple[Order, ...] = moved(tuple(orders), self.by)
        return found


def told_on(past: Iterable[Conversation], day: date, orders: MovedOrders) -> Iterator[Conversation]:
    """Each conversation as if it had begun on this day or in the week after it; while it is
    looked at, the orders are of that day, too.
    """
    for conversation in past:
        if conversation.turns:
            orders.by = whole_weeks(conversation.turns[0].at.date(), day)
            yield moved(conversation, orders.by)
