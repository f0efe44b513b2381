"""What the shop has promised: each promise with its due moment and all that became of it.

A promise is never taken away. It is open until a fact or a person says what became of it; one that
is past its moment and still open has lapsed and stays to be seen.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256

from bot.core.conversation import Speaker
from bot.core.money import plain

BY_FACT = "订单"
"""Who settles a promise whose fact has been seen."""
_ID_LENGTH = 16


class Kind(StrEnum):
    PAYMENT = "payment"
    CALL_BACK = "call_back"
    REPLY = "reply"
    RESEND = "resend"
    SHIP = "ship"
    DEED = "deed"
    """Something else that was to be done by a named time."""
    FOLLOW_UP = "follow_up"
    """What a step of a playbook wants looked at."""


class State(StrEnum):
    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"
    WITHDRAWN = "withdrawn"
    """It no longer holds: the customer does not want it, or it was read wrongly."""


@dataclass(frozen=True, slots=True)
class Change:
    at: datetime
    state: State
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class Commitment:
    """What a text promises."""

    kind: Kind
    what: str
    due: datetime | None = None
    """``None`` while it waits for an event, or when no time was named."""
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """A commitment, where and by whom it was made, and what became of it."""

    id: str
    commitment: Commitment
    conversation_id: str
    message_id: str
    by: Speaker
    made_at: datetime
    order_no: str | None = None
    case: str | None = None
    history: tuple[Change, ...] = ()

    @property
    def state(self) -> State:
        return self.history[-1].state if self.history else State.OPEN

    @property
    def is_open(self) -> bool:
        return self.state is State.OPEN

    def lapsed(self, now: datetime) -> bool:
        """Past its moment, and nobody has said what became of it."""
        due = self.commitment.due
        return self.is_open and due is not None and due < now

    def changed(self, change: Change) -> "Promise":
        """The same promise with one more thing that became of it.

        Raises:
            AlreadySo: it is in this state.
        """
        if change.state is self.state:
            raise AlreadySo(self)
        return replace(self, history=(*self.history, change))


@dataclass(frozen=True, slots=True)
class Parties:
    """To whom something was promised, and by whom of the staff; empty where nobody knows."""

    customer: str = ""
    """The name under which the customer buys."""
    author: str = ""


class AlreadySo(ValueError):
    """The promise has this state already."""

    def __init__(self, promise: Promise) -> None:
        super().__init__(
            f"state {promise.state}: 已经是这个状态 the promise is {promise.state} already"
        )


class UnknownPromise(LookupError):
    """No promise has this id."""

    def __init__(self, promise_id: str) -> None:
        super().__init__(
            f"promise {promise_id}: 没有这条承诺 no such promise; take an id from duties"
        )


def promise_id(conversation_id: str, message_id: str, number: int) -> str:
    """The same for the same promise of the same message, however often it is read."""
    name = "\0".join((conversation_id, message_id, str(number)))
    return sha256(name.encode()).hexdigest()[:_ID_LENGTH]


def told(promise: Promise, now: datetime) -> str:
    """「10月12日答应：两天内打款，今天到期」, for whoever has the customer next."""
    made, commitment = promise.made_at, promise.commitment
    verb = "留的跟进" if commitment.kind is Kind.FOLLOW_UP else "答应"
    amount = commitment.amount
    money = f"（{plain(amount)}元）" if amount and plain(amount) not in commitment.what else ""
    return f"{made.month}月{made.day}日{verb}：{commitment.what}{money}，{fate(promise, now)}"


def fate(promise: Promise, now: datetime) -> str:
    """「今天18:00到期」, or what became of it."""
    if not promise.is_open:
        last = promise.history[-1]
        return f"{_SETTLED[last.state]}：{last.why}"
    due = promise.commitment.due
    if due is None:
        return "还没有结果"
    clock = "" if (due.hour, due.minute) == (23, 59) else f"{due:%H:%M}"
    days = (due.date() - now.date()).days
    if promise.lapsed(now):
        return f"已过期（今天{clock}到期）" if days == 0 else f"已过期{-days}天（{_day(due)}到期）"
    return f"今天{clock}到期" if days == 0 else f"{_day(due)}{clock}到期"


_SETTLED = {State.KEPT: "已做到", State.BROKEN: "没有做到", State.WITHDRAWN: "已作废"}


def _day(moment: datetime) -> str:
    return f"{moment.month}月{moment.day}日"
