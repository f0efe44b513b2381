"""Whether the duties are whole: their registers, figures and sources exist."""

from collections.abc import Iterator

from bot.core.days import LENGTHS, Unit
from bot.core.duties import CUTOFF, DutyRule
from bot.core.policy import Policy

type Place = tuple[str | int, ...]


def duty_faults(policy: Policy) -> Iterator[tuple[str, Place, str]]:
    """What is wrong: the duty's name, the keys that lead there, and the mend."""
    for rule in policy.duties:
        for place, what in _duty(rule, policy):
            yield rule.id, (rule.id, *place), what


def _duty(rule: DutyRule, policy: Policy) -> Iterator[tuple[Place, str]]:
    for number, name in enumerate(rule.registers):
        if name not in policy.registers:
            yield ("registers", number), f"没有这个登记表 unknown register {name}"
    for number, source in enumerate(rule.sources):
        if source.doc not in policy.documents:
            yield ("sources", number, "doc"), f"没有这份文件 unknown document {source.doc}"
    if rule.before and _unit(rule.before, policy) is not Unit.CLOCK:
        yield ("before",), f"不是钟点 {rule.before} is no time of day"
    if rule.within and _unit(rule.within, policy) not in LENGTHS:
        yield ("within",), f"不是期限 {rule.within} is no length of time"
    if _unit(CUTOFF, policy) is not Unit.CLOCK:
        yield (), f"缺少财务收单时间 add the parameter {CUTOFF}, a time of day"


def _unit(name: str, policy: Policy) -> Unit | None:
    return policy.figures[name].unit if name in policy.figures else None
