"""Whether a condition can hold: its fact exists and is of the kind that the test is for."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.core.days import LENGTHS, Unit
from bot.core.facts import FactDef, Kind, Value
from bot.core.playbook import Condition, Playbook, Test
from bot.core.policy import Policy

NUMBERS = frozenset({Kind.COUNT, Kind.MONEY})
NUMERIC = frozenset(Unit) - {Unit.CLOCK, Unit.NAMES, Unit.TEXT}


@dataclass(frozen=True, slots=True)
class _Use:
    """What a test can be put to, and what to say of anything else."""

    kinds: frozenset[Kind]
    wrong_kind: str
    units: frozenset[Unit]
    wrong_unit: str


_WINDOW = _Use(
    frozenset({Kind.DATE}),
    "期限只能用于日期 {} is no date",
    LENGTHS,
    "不是期限 {} is no length of time",
)
_LIMIT = _Use(
    NUMBERS, "只有数量和金额能比大小 {} is no count or money", NUMERIC, "不是数字 {} is no number"
)
_LIST = _Use(
    frozenset({Kind.TEXT, Kind.CHOICE}),
    "名单只能用于文字 {} is no text",
    frozenset({Unit.NAMES}),
    "不是名单 {} is no list of names",
)
_USES = {
    Test.WITHIN: _WINDOW,
    Test.OLDER_THAN: _WINDOW,
    Test.MORE_THAN: _LIMIT,
    Test.AT_MOST: _LIMIT,
    Test.AT_LEAST: _LIMIT,
    Test.IN: _LIST,
}


def condition_faults(
    condition: Condition, policy: Policy, playbook: Playbook | None = None
) -> Iterator[str]:
    """What is wrong with the condition.

    What was done and offered is known only while a playbook's own steps are chosen: pass it then.
    """
    fact = _definition(condition.fact, policy, playbook)
    if fact is None:
        yield _unknown(condition.fact, playbook)
    elif condition.parameter and condition.parameter not in policy.figures:
        yield f"没有这个参数 unknown parameter {condition.parameter}"
    elif use := _USES.get(condition.test):
        yield from _misused(use, condition, fact, policy)
    else:
        for value in condition.values:
            if not can_be(value, fact):
                yield f"{fact.name} 没有这个值 has no value {_written(value)}"


def can_be(value: Value, fact: FactDef) -> bool:
    """Whether the fact can ever have this value, as a policy file writes it."""
    match fact.kind:
        case Kind.CHOICE:
            return value in fact.values
        case Kind.FLAG:
            return isinstance(value, bool)
        case Kind.COUNT | Kind.MONEY:
            return isinstance(value, int) and not isinstance(value, bool)
        case Kind.TEXT:
            return isinstance(value, str)
        case Kind.DATE:
            return False


def _written(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _definition(name: str, policy: Policy, playbook: Playbook | None) -> FactDef | None:
    """The fact; what is done and offered in a playbook is true or unknown."""
    if playbook:
        done = {f"done_{step.id}" for step in playbook.steps}
        if name in done | {f"offered_{amount}" for amount in playbook.amounts}:
            return FactDef(name, name, Kind.FLAG)
    return policy.facts.get(name)


def _unknown(name: str, playbook: Playbook | None) -> str:
    if playbook and name.startswith("done_"):
        return f"本规程没有这个步骤 no step {name.removeprefix('done_')} here"
    if playbook and name.startswith("offered_"):
        return f"本规程没有这个金额 no amount {name.removeprefix('offered_')} here"
    return f"没有这个事实 unknown fact {name}"


def _misused(use: _Use, condition: Condition, fact: FactDef, policy: Policy) -> Iterator[str]:
    if fact.kind not in use.kinds:
        yield use.wrong_kind.format(fact.name)
    if condition.parameter and policy.figures[condition.parameter].unit not in use.units:
        yield use.wrong_unit.format(condition.parameter)
