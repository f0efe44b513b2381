"""The sheet of a drill: its questions in parts, each with the customer it is about, if any."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.core.drills import Question
from bot.core.facts import Origin
from bot.core.orders import Order
from bot.services.composing import shown
from bot.services.practising import Dialogue, Line

TOLD = frozenset({Origin.CUSTOMER, Origin.AGENT})


@dataclass(frozen=True, slots=True)
class Customer:
    """All that one has to go by: nothing in it says what decides."""

    lines: tuple[Line, ...]
    orders: tuple[Order, ...]
    at: datetime
    told: tuple[tuple[str, str], ...] = ()
    """What came out in the dialogue and stands in no order: title and value."""


@dataclass(frozen=True, slots=True)
class Part:
    questions: tuple[Question, ...]
    customer: Customer | None = None
    title: str = ""


def customer_of(dialogue: Dialogue) -> Customer:
    """The customer of this dialogue, as it stands now."""
    orders = dialogue.practice.orders_on(dialogue.at.date())
    return Customer(tuple(dialogue.lines), orders, dialogue.at, tuple(_told(dialogue)))


def _told(dialogue: Dialogue) -> Iterator[tuple[str, str]]:
    policy, facts = dialogue.room.policy(), dialogue.room.desk.known(dialogue.practice.id)
    book = policy.playbooks.get(dialogue.advised.partition(".")[0])
    # Words are read for every case at once; here only what this one asks about is of use.
    wanted = book.facts() if book else frozenset()
    for name in facts:
        fact = facts.get(name)
        if fact and fact.origin in TOLD and name in wanted and name in policy.facts:
            yield policy.facts[name].title, shown(name, fact, policy)
