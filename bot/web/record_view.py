"""What a person may do with a record, for the buttons that the pages show."""

from collections.abc import Iterable

from bot.core.people import Role
from bot.core.record_refusals import RecordRefused
from bot.core.record_rights import may_approve, may_enter, may_fill, may_move, moves_ever
from bot.core.records import NEXT, Approval, State
from bot.core.registers import Register
from bot.services.casework import Seen

APPROVE = "approve"
DOES = {
    APPROVE: "批准",
    State.WORKING: "开始处理",
    State.DONE: "完成",
    State.REJECTED: "驳回",
    State.WAITING: "重新待办",
}
"""What stands on the button, by what it does."""


def moves(role: Role, seen: Seen) -> dict[str, str]:
    """What this role may do with the record as it is."""
    record = seen.record
    found = [
        state
        for state in State
        if state in NEXT[record.state] and _allowed(may_move, role, seen.register, record, state)
    ]
    if record.approval is Approval.AWAITED and _allowed(may_approve, role):
        return {APPROVE: DOES[APPROVE]} | {state: DOES[state] for state in found}
    return {state: DOES[state] for state in found}


def fillable(role: Role, seen: Seen) -> bool:
    """Whether this role may write into its fields as it is."""
    open_ = seen.record.state is not State.DONE
    return open_ and _allowed(may_fill, role, seen.register, seen.record)


def ways(role: Role, registers: Iterable[Register]) -> dict[str, str]:
    """What this role may do with several records of these registers at once; each is looked at by
    itself.
    """
    approving = [APPROVE] if _allowed(may_approve, role) else []
    reached = {state for register in registers for state in moves_ever(role, register)}
    return {one: DOES[one] for one in [*approving, *(s for s in State if s in reached)]}


def enterable(role: Role, registers: Iterable[Register]) -> list[str]:
    """The registers into which this role may write."""
    return [one.name for one in registers if _allowed(may_enter, role, one)]


def _allowed(right: object, *of: object) -> bool:
    try:
        right(*of)  # type: ignore[operator]
    except RecordRefused:
        return False
    return True
