"""Finds the orders a conversation is about, by whatever the customer has named."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.core.conversation import Conversation
from bot.core.numbers import clean_number
from bot.core.orders import Order
from bot.core.understanding import Entity, Understanding
from bot.services.ports import Orders

NUMBERS = ("order_no", "tracking_no")


@dataclass(frozen=True, slots=True)
class Found:
    orders: tuple[Order, ...]
    named: Order | None = None
    """The one whose number this message gives."""
    unknown_number: str | None = None
    """A number in this message that belongs to no order."""


def numbers_in(heard: Understanding) -> tuple[str, ...]:
    """Order and parcel numbers in the message, cleaned."""
    return tuple(clean_number(e.value) for e in heard.entities if e.entity in NUMBERS)


class OrderFinder:
    def __init__(self, orders: Orders) -> None:
        self._orders = orders

    def find(self, conversation: Conversation, heard: Understanding) -> Found:
        """All orders that may be meant: of the customer, of the numbers given so far."""
        numbers = numbers_in(heard)
        named = [o for o in self._by_numbers(numbers) if _may_ask(conversation, o)]
        own = self._own(conversation)
        earlier = self._by_numbers(
            number for turn in conversation.customer_turns() for number in turn.reading.numbers
        )
        by_phone = [] if own else self._by_phone(conversation, heard)
        everything = {o.order_no: o for o in (*named, *own, *earlier, *by_phone)}
        unknown = numbers[0] if numbers and not named and _is_order_no(heard) else None
        return Found(tuple(everything.values()), named[0] if named else None, unknown)

    def find_again(self, conversation: Conversation, numbers: Sequence[str]) -> Found:
        """The same for a message of which only the numbers in it were kept."""
        heard = Understanding("", entities=tuple(Entity(NUMBERS[0], n, 0, 0) for n in numbers))
        return self.find(conversation, heard)

    def _own(self, conversation: Conversation) -> Sequence[Order]:
        order = conversation.order_no and self._orders.by_order_no(conversation.order_no)
        if order:
            return [order]
        return self._orders.by_nickname(conversation.nickname) if conversation.nickname else []

    def _by_numbers(self, numbers: Iterable[str]) -> list[Order]:
        found: list[Order] = []
        for number in dict.fromkeys(numbers):
            order = self._orders.by_order_no(number)
            found += [order] if order else self._orders.by_tracking_no(number)
        return found

    def _by_phone(self, conversation: Conversation, heard: Understanding) -> Sequence[Order]:
        phones = [e.value for e in heard.entities if e.entity == "phone"]
        if not phones or not conversation.nickname:
            return []
        return self._orders.by_phone(phones[0][-4:], conversation.nickname)


def _may_ask(conversation: Conversation, order: Order) -> bool:
    """Numbers can be guessed: who is known by name only gets to see orders of that name."""
    known = conversation.nickname
    return known is None or order.nickname is None or order.nickname == known


def _is_order_no(heard: Understanding) -> bool:
    return any(e.entity == "order_no" for e in heard.entities)
