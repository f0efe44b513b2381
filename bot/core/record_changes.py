"""How records come about and change: entered once, filled in, approved, moved on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from bot.core.people import Person, Role
from bot.core.record_refusals import (
    AwaitsApproval,
    BadValue,
    Duplicate,
    Finished,
    Incomplete,
    NothingToApprove,
    ReasonWanted,
    UnknownField,
    WrongMove,
)
from bot.core.record_rights import may_approve, may_enter, may_fill, may_move, sees_contacts
from bot.core.records import NEXT, Act, Approval, Change, Record, State, differing
from bot.core.registers import ORDER_NO, Register


@dataclass(frozen=True, slots=True)
class Doing:
    """Who does something to a record, when, and on what account."""

    by: Person
    at: datetime
    limit: Decimal = Decimal(0)
    """What an agent may give on one order that day; nothing where no figure says so."""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry on its way into its register. What is missing in it is filled in there."""

    register: Register
    fields: Mapping[str, str] = field(repr=False)
    doing: Doing
    conversation_id: str = ""
    to_approve: bool = False
    """The rules themselves leave it to a supervisor."""


@dataclass(frozen=True, slots=True)
class Changed:
    record: Record
    change: Change


@dataclass(frozen=True, slots=True)
class Revision:
    """What somebody wants of a record: its fields filled, its approval, its next state."""

    fields: Mapping[str, str] = field(default_factory=dict, repr=False)
    approve: bool = False
    to: State | None = None
    why: str = ""


def entered(draft: Draft, of_order: Sequence[Record]) -> Changed:
    """The new record; where the order has one for the same reason, that one filled in.

    Args:
        of_order: the records about the same order, of every register.
    """
    register, doing = draft.register, draft.doing
    may_enter(doing.by.role, register)
    blank = Record(0, register.name, "", "", {}, doing.at, draft.conversation_id)
    new = blank.with_fields(draft.fields, register)
    same = _same(new, of_order)
    if same is None:
        return _changed(blank, _judged(blank, new, of_order, draft), Act.ENTERED, doing)
    record = same
    if same.state is not State.DONE:
        state = State.WAITING if same.state is State.REJECTED else same.state
        joined = replace(_joined(same, new, register), state=state)
        record = _judged(same, joined, of_order, draft)
    unused = {t: v for t, v in new.fields.items() if record.fields.get(t) != v}
    return _changed(same, record, Act.ENTERED_AGAIN, doing, unused=unused)


def revised(
    record: Record,
    register: Register,
    wanted: Revision,
    doing: Doing,
    of_order: Sequence[Record],
) -> list[Changed]:
    """Each change that it takes, in order; none where everything is so already."""
    changes: list[Changed] = []
    now = record
    if wanted.fields:
        change = filled(now, register, wanted.fields, doing, of_order)
        changes += [change] if change else []
        now = change.record if change else now
    if wanted.approve:
        changes.append(approved(now, doing, wanted.why))
        now = changes[-1].record
    if wanted.to is not None:
        changes.append(moved(now, register, wanted.to, doing, wanted.why, of_order))
    return changes


def filled(
    record: Record,
    register: Register,
    given: Mapping[str, str],
    doing: Doing,
    of_order: Sequence[Record],
) -> Changed | None:
    """With these values in its fields; ``None`` where that changes nothing.

    A value as the writer sees it, masked, is no change.

    Args:
        of_order: the records about the order that it is then about.
    """
    values = _new_values(record, register, given, doing.by.role)
    if not values:
        return None
    may_fill(doing.by.role, register, record)
    if record.state is State.DONE:
        raise Finished
    after = record.with_fields({**record.fields, **values}, register)
    if record.order_no and not after.order_no:
        raise BadValue(ORDER_NO, "不能清空 must not be emptied")
    missing = register.missing(after.fields)
    if missing and after.state is State.WORKING:
        raise Incomplete(missing)
    others = [other for other in of_order if other.id != record.id]
    for other in others:
        if other.key == after.key:
            raise Duplicate(other.id)
    after = _judged(record, after, others, Draft(register, {}, doing))
    return _changed(record, after, Act.FILLED, doing)


def moved(
    record: Record,
    register: Register,
    to: State,
    doing: Doing,
    why: str,
    of_order: Sequence[Record],
) -> Changed:
    """In its next state."""
    if to not in NEXT[record.state]:
        raise WrongMove(record.state.value, to.value)
    may_move(doing.by.role, register, record, to)
    if to in (State.REJECTED, State.WAITING):
        _wants_reason(why, to.value)
    else:
        missing = register.missing(record.fields)
        if missing:
            raise Incomplete(missing)
        if record.approval is Approval.AWAITED:
            raise AwaitsApproval
    after = _judged(record, replace(record, state=to), of_order, Draft(register, {}, doing))
    return _changed(record, after, Act.MOVED, doing, why)


def approved(record: Record, doing: Doing, why: str) -> Changed:
    """With a supervisor's approval."""
    may_approve(doing.by.role)
    if record.approval is not Approval.AWAITED or record.state is State.REJECTED:
        raise NothingToApprove
    _wants_reason(why, "批准")
    given = replace(record, approval=Approval.GIVEN, approved_by=doing.by.name)
    return _changed(record, given, Act.APPROVED, doing, why)


def _same(new: Record, of_order: Sequence[Record]) -> Record | None:
    """The entry of the same thing: for the same reason, or while one of the two tells none yet.

    An entry made while the conversation's order was not known is one of the order's.
    """
    orderless = replace(new, order_no="").about
    mine = [r for r in of_order if r.register == new.register and r.about in (new.about, orderless)]
    equal = [r for r in mine if r.reason == new.reason]
    unsaid = [r for r in mine if not (r.reason and new.reason)]
    return max(equal or unsaid, key=lambda r: (bool(r.order_no), r.id), default=None)


def _joined(old: Record, new: Record, register: Register) -> Record:
    """What was missing is filled in, what tells how far things are is replaced, the rest stays."""
    newest = {f.title for f in register.fields if f.latest}
    newer = {title: value for title, value in new.fields.items() if title in newest}
    return old.with_fields({**new.fields, **old.fields, **newer}, register)


def _judged(before: Record, after: Record, of_order: Sequence[Record], draft: Draft) -> Record:
    """Waiting for a supervisor where the order's compensations go beyond the agent's limit.

    An approval given holds as long as the amount does not grow.
    """
    others = sum((_given(r) for r in of_order if r.id != before.id), Decimal(0))
    grown = _given(after) > _given(before) or after.order_no != before.order_no
    beyond = grown and _given(after) > 0 and others + _given(after) > draft.doing.limit
    asked = draft.to_approve and before.approval is Approval.NOT_NEEDED
    if not (beyond or asked):
        return after
    by = draft.doing.by
    if by.role is Role.SUPERVISOR:
        return replace(after, approval=Approval.GIVEN, approved_by=by.name)
    return replace(after, approval=Approval.AWAITED, approved_by="")


def _given(record: Record) -> Decimal:
    """What the customer gets by it; nothing once it is rejected."""
    return Decimal(0) if record.state is State.REJECTED else record.compensation


def _new_values(
    record: Record, register: Register, given: Mapping[str, str], role: Role
) -> dict[str, str]:
    values: dict[str, str] = {}
    for title, text in given.items():
        known, now = register.field(title), record.fields.get(title, "")
        if known is None:
            raise UnknownField(register.name, title)
        if text == (now if sees_contacts(role, register) else known.masked(now)):
            continue
        value = known.kept(text)
        if value != now:
            values[title] = value
    return values


def _wants_reason(why: str, what: str) -> None:
    if not why.strip():
        raise ReasonWanted(what)


def _changed(
    before: Record,
    after: Record,
    act: Act,
    doing: Doing,
    why: str = "",
    unused: Mapping[str, str] | None = None,
) -> Changed:
    was = before.snapshot() if before.id else {}
    old, new = differing(was, after.snapshot())
    change = Change(act, doing.by, doing.at, old, new, why.strip(), doing.source, unused or {})
    version = before.version + 1 if before.id else 1
    return Changed(replace(after, version=version, updated_at=doing.at), change)
