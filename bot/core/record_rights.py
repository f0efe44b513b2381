"""Who may do what with a record: its keeper works on it, a supervisor approves, nobody else."""

from bot.core.people import Role, titles
from bot.core.record_refusals import NotAllowed
from bot.core.records import NEXT, Record, State
from bot.core.registers import Register

TALKING = frozenset({Role.AGENT, Role.SUPERVISOR})
"""Those who talk with customers: entries come from them, and so do corrections."""
READING = frozenset(Role) - {Role.BOT, Role.TRAINEE}
"""Trainees practise elsewhere: these are real customers."""


def sees_contacts(role: Role, register: Register) -> bool:
    """Who works on the entries needs the whole phone, address or account; nobody else does."""
    return role is register.owner


def may_read(role: Role) -> None:
    """Raises NotAllowed."""
    _only(READING, role, "看登记表")


def may_enter(role: Role, register: Register) -> None:
    """Raises NotAllowed; the bot's entries come with what it says."""
    _only(TALKING | {register.owner, Role.BOT}, role, "登记")


def may_fill(role: Role, register: Register, record: Record) -> None:
    """Raises NotAllowed: once it is being worked on, its keeper has it in hand."""
    in_hand = record.state is State.WORKING
    _only({register.owner} if in_hand else TALKING | {register.owner}, role, "填写")


def may_move(role: Role, register: Register, record: Record, to: State) -> None:
    """Raises NotAllowed."""
    _only(_movers(register, record.state, to), role, f"变为{to.value}")


def moves_ever(role: Role, register: Register) -> frozenset[State]:
    """The states to which this role may take some record of the register."""
    steps = ((before, to) for before in State for to in NEXT[before])
    return frozenset(to for before, to in steps if role in _movers(register, before, to))


def _movers(register: Register, before: State, to: State) -> frozenset[Role]:
    allowed = {register.owner}
    if to is State.WAITING:
        allowed |= TALKING
    if to is State.REJECTED and before is State.WAITING:
        allowed |= {Role.SUPERVISOR}
    return frozenset(allowed)


def may_approve(role: Role) -> None:
    """Raises NotAllowed."""
    _only({Role.SUPERVISOR}, role, "批准")


def _only(allowed: frozenset[Role] | set[Role], role: Role, what: str) -> None:
    if role not in allowed:
        raise NotAllowed(what, titles(allowed))
