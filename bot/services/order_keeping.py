"""What the staff write on orders: notes and flags, each with its author, in the audit log."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.core.orders import Note, Order
from bot.core.people import Person
from bot.core.privacy import mask
from bot.services.ports import AuditLog, UnknownOrder
from bot.services.ports.orders import OrderBook

LONGEST_NOTE = 500
LONGEST_FLAG = 40
SPOKEN_OF = 20
"""Conversations that are told of a change."""


class BadRemark(ValueError):
    """It cannot be kept; says why."""


@dataclass(frozen=True, slots=True)
class OrderKeeping:
    book: OrderBook
    audit: AuditLog
    refresh: Callable[[str, datetime], object]
    """Makes the advice of a conversation anew: what the staff note is among its facts."""

    def note(self, by: Person, at: datetime, order_no: str, text: str) -> None:
        """Write a line on the order.

        Raises:
            BadRemark: nothing is written, or too much.
            UnknownOrder: there is none of this number.
        """
        text = _remark(text, LONGEST_NOTE)
        order = self._order(order_no)
        self.book.add_note(order.order_no, Note(text, at, by.name))
        self.audit.note(by, at, "写订单备注", order.order_no, None, {"备注": mask(text)})
        self._tell(order, at)

    def flag(self, by: Person, at: datetime, order_no: str, text: str) -> None:
        """Mark the order; an empty text takes the mark off.

        Raises:
            BadRemark: it is too long.
            UnknownOrder: there is none of this number.
        """
        text = _remark(text, LONGEST_FLAG) if text.strip() else ""
        order = self._order(order_no)
        if text == (order.flag or ""):
            return
        self.book.set_flag(order.order_no, text or None, at, by.name)
        before, after = ({"标记": mask(one)} if one else None for one in (order.flag, text))
        self.audit.note(by, at, "改订单标记", order.order_no, before, after)
        self._tell(order, at)

    def _order(self, order_no: str) -> Order:
        order = self.book.by_order_no(order_no)
        if order is None:
            raise UnknownOrder(order_no)
        return order

    def _tell(self, order: Order, at: datetime) -> None:
        for conversation_id in self.book.spoken_of_in(order.order_no, SPOKEN_OF):
            self.refresh(conversation_id, at)


def _remark(text: str, longest: int) -> str:
    text = " ".join(text.split())
    if not text:
        raise BadRemark("还没有写内容。")
    if len(text) > longest:
        raise BadRemark(f"太长了：{len(text)} 字，最多 {longest} 字。")
    return text
