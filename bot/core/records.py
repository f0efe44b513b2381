"""A record in a register: its state, its approval, and the history of its changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256

from bot.core.people import Person
from bot.core.registers import ORDER_NO, Register

NOTHING = Decimal(0)


class State(StrEnum):
    WAITING = "待办"
    WORKING = "处理中"
    DONE = "完成"
    REJECTED = "驳回"


NEXT: Mapping[State, frozenset[State]] = {
    State.WAITING: frozenset({State.WORKING, State.REJECTED}),
    State.WORKING: frozenset({State.DONE, State.REJECTED}),
    State.REJECTED: frozenset({State.WAITING}),
    State.DONE: frozenset(),
}


class Approval(StrEnum):
    NOT_NEEDED = "不需要"
    AWAITED = "待批准"
    GIVEN = "已批准"


class Act(StrEnum):
    ENTERED = "登记"
    ENTERED_AGAIN = "再次登记"
    FILLED = "填写"
    MOVED = "流转"
    APPROVED = "批准"


@dataclass(frozen=True, slots=True)
class Record:
    id: int
    """0 until it is kept."""
    register: str
    order_no: str
    """Empty while it is not known."""
    reason: str
    fields: Mapping[str, str] = field(repr=False)  # contacts belong in no log
    created_at: datetime
    conversation_id: str = ""
    state: State = State.WAITING
    amount: Decimal | None = None
    compensation: Decimal = NOTHING
    """What it gives the customer out of the agent's own limit."""
    approval: Approval = Approval.NOT_NEEDED
    approved_by: str = ""
    version: int = 1
    updated_at: datetime | None = None

    @property
    def about(self) -> str:
        """What it is about: the order, or the conversation as long as no order is known."""
        return self.order_no or f"会话 {self.conversation_id}"

    @property
    def key(self) -> str:
        """The same for all that would be a second entry of the same thing; short, however long the
        reason.
        """
        return sha256("\0".join((self.register, self.about, self.reason)).encode()).hexdigest()

    def with_fields(self, fields: Mapping[str, str], register: Register) -> "Record":
        """With these values and what follows from them."""
        filled = {title: value for title, value in fields.items() if value}
        return replace(
            self,
            fields=filled,
            order_no=filled.get(ORDER_NO, ""),
            reason=register.reason_of(filled),
            amount=register.amount_of(filled),
            compensation=register.compensation_of(filled),
        )

    def snapshot(self) -> dict[str, str]:
        """All that its history tells of."""
        told = {
            "state": self.state.value,
            "approval": self.approval.value,
            "approved_by": self.approved_by,
        }
        return {name: value for name, value in (told | {**self.fields}).items() if value}


@dataclass(frozen=True, slots=True)
class Change:
    """One line of a record's history; lines are only added."""

    act: Act
    by: Person
    at: datetime
    before: Mapping[str, str] = field(repr=False)
    """What it changed, as it was; without a name where there was nothing."""
    after: Mapping[str, str] = field(repr=False)
    why: str = ""
    source: str = ""
    """The message or the file it came from."""
    unused: Mapping[str, str] = field(default_factory=dict, repr=False)
    """What a second entry said otherwise: the record kept its own."""


def replayed(history: Sequence[Change]) -> dict[str, str]:
    """What the record must look like after these changes."""
    now: dict[str, str] = {}
    for change in history:
        for name in change.before.keys() - change.after.keys():
            now.pop(name, None)
        now |= change.after
    return now


def differing(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[dict[str, str], ...]:
    """What was, and what is, where the two differ."""
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return (
        {name: before[name] for name in names if name in before},
        {name: after[name] for name in names if name in after},
    )
