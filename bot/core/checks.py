"""Whether a policy is whole: every name exists, every step is worded, whatever commits has its
grounds.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.core.days import LENGTHS, Unit
from bot.core.facts import Kind
from bot.core.playbook import COMMITTING, WINDOWS, Condition, Decision, Playbook, Step, Test
from bot.core.policy import Policy
from bot.core.scripts import placeholders

VARIANTS = 3
COMPUTED = frozenset({"amount", "follow_up_on", "order_titles"})
_FIGURE = re.compile(r"[0-9０-９]|[一二两三四五六七八九十百千]+(?:元|块|天|日内|小时|个月|毛|角)")

type Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    room: str
    """``playbooks``, ``scripts`` or ``parameters``."""
    name: str
    """The file's stem."""
    place: Place
    """The keys that lead to the fault."""
    what: str

    def __str__(self) -> str:
        return f"{self.room} {self.name} {'.'.join(map(str, self.place))}: {self.what}"


def problems(policy: Policy) -> Iterator[Problem]:
    """Everything that is wrong, playbook by playbook."""
    for playbook in policy.playbooks.values():
        for place, what in _playbook(playbook, policy):
            yield Problem("playbooks", playbook.id, place, what)
        for place, what in _wording(playbook, policy):
            yield Problem("scripts", playbook.id, place, what)
    yield from _served_once(policy)
    yield from _parameters(policy)
    yield from _orphaned_scripts(policy)


def _playbook(playbook: Playbook, policy: Policy) -> Iterator[tuple[Place, str]]:
    for source in playbook.sources:
        if source.doc not in policy.documents:
            yield ("sources",), f"没有这份文件 unknown document {source.doc}"
    for number, condition in enumerate(playbook.concerns):
        yield from _condition(condition, policy, ("concerns", number))
    for decision, grounds in playbook.grounds.items():
        for condition in grounds:
            yield from _condition(condition, policy, ("grounds", decision.value, condition.fact))
    for number, instead in enumerate(playbook.instead):
        if policy.for_intent(instead.case) is None:
            yield ("instead", number, "case"), f"没有这个规程 no playbook serves {instead.case}"
    yield from _amounts(playbook, policy)
    for number, step in enumerate(playbook.steps):
        for place, what in _step(playbook, step, policy):
            yield ("steps", number, *place), what
    if playbook.steps[-1].when or playbook.steps[-1].decision in COMMITTING:
        yield (
            ("steps",),
            "最后一步要无条件且不作承诺 end with a step that has no conditions and commits nothing",
        )


def _step(playbook: Playbook, step: Step, policy: Policy) -> Iterator[tuple[Place, str]]:
    for condition in step.when:
        yield from _condition(condition, policy, ("when", condition.fact))
    for fact in step.ask:
        if fact not in policy.facts:
            yield ("ask",), f"没有这个事实 unknown fact {fact}"
    if step.decision is Decision.COLLECT and not step.ask:
        yield ("ask",), "先问清的步骤要写问什么 a step that collects must say what it asks"
    if step.decision in COMMITTING and not _grounded(playbook, step.decision):
        yield ("decision",), f"承诺的步骤要有依据 add grounds.{step.decision} to the playbook"
    if step.amount and step.amount not in playbook.amounts:
        yield ("amount",), f"没有这个金额 unknown amount {step.amount}"
    if step.record and step.record not in policy.registers:
        yield ("record",), f"没有这个登记表 unknown register {step.record}"
    plan = step.follow_up
    if plan and plan.after and not _is_length(plan.after, policy):
        yield ("follow_up", "after"), f"不是期限 {plan.after} is no length of time"
    if plan and plan.since and not _is_date(plan.since, policy):
        yield ("follow_up", "since"), f"不是日期 {plan.since} is no date"


def _grounded(playbook: Playbook, decision: Decision) -> bool:
    """Grounds that hold only when something is known."""
    return any(c.test is not Test.UNKNOWN for c in playbook.grounds.get(decision, ()))


def _condition(condition: Condition, policy: Policy, place: Place) -> Iterator[tuple[Place, str]]:
    fact = policy.facts.get(condition.fact)
    if fact is None:
        if not condition.fact.startswith(("done_", "offered_")):
            yield place, f"没有这个事实 unknown fact {condition.fact}"
        return
    if condition.parameter and condition.parameter not in policy.figures:
        yield place, f"没有这个参数 unknown parameter {condition.parameter}"
        return
    if condition.test in WINDOWS:
        if fact.kind is not Kind.DATE:
            yield place, f"期限只能用于日期 {condition.fact} is no date"
        if not _is_length(condition.parameter or "", policy):
            yield place, f"不是期限 {condition.parameter} is no length of time"
    if (
        condition.test is Test.IN
        and policy.figures[condition.parameter or ""].unit is not Unit.NAMES
    ):
        yield place, f"不是名单 {condition.parameter} is no list of names"
    if fact.kind is Kind.CHOICE and condition.test in (Test.IS, Test.NOT):
        for value in condition.values:
            if value not in fact.values:
                yield place, f"{condition.fact} 没有这个值 has no value {value}"


def _is_length(name: str, policy: Policy) -> bool:
    return name in policy.figures and policy.figures[name].unit in LENGTHS


def _is_date(name: str, policy: Policy) -> bool:
    return name in policy.facts and policy.facts[name].kind is Kind.DATE


def _amounts(playbook: Playbook, policy: Policy) -> Iterator[tuple[Place, str]]:
    for name, rule in playbook.amounts.items():
        if sum(base is not None for base in (rule.figure, rule.fact, rule.difference)) != 1:
            yield ("amounts", name), "只写一个基数 write one of figure, fact, difference"
        for fact in rule.facts():
            if fact not in policy.facts:
                yield ("amounts", name), f"没有这个事实 unknown fact {fact}"
        for parameter in rule.parameters():
            if parameter not in policy.figures:
                yield ("amounts", name), f"没有这个参数 unknown parameter {parameter}"


def _wording(playbook: Playbook, policy: Policy) -> Iterator[tuple[Place, str]]:
    for step in playbook.steps:
        variants = policy.scripts.variants(f"{playbook.id}.{step.id}")
        if len(variants) < VARIANTS:
            yield (step.id,), f"只有 {len(variants)} 种说法 write at least {VARIANTS}"
        for number, text in enumerate(variants):
            figure = _FIGURE.search(text)
            if figure:
                yield (step.id, number), f"数字要用参数 use a parameter for {figure.group()}"
            for name in sorted(placeholders(text) - COMPUTED):
                if name not in policy.facts and name not in policy.figures:
                    yield (step.id, number), f"没有这个占位符 unknown placeholder {name}"


def _served_once(policy: Policy) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for playbook in policy.playbooks.values():
        for intent in playbook.intents:
            if intent in seen:
                what = f"{intent} 已由 {seen[intent]} 处理 is served already"
                yield Problem("playbooks", playbook.id, ("intents",), what)
            seen[intent] = playbook.id


def _parameters(policy: Policy) -> Iterator[Problem]:
    for name in policy.figures.names():
        for source in policy.figures[name].sources:
            if source.doc not in policy.documents:
                what = f"没有这份文件 unknown document {source.doc}"
                yield Problem("parameters", name, ("sources",), what)


def _orphaned_scripts(policy: Policy) -> Iterator[Problem]:
    for name in policy.scripts.names():
        playbook, _, step = name.partition(".")
        known = policy.playbooks.get(playbook)
        if known is None or known.step(step) is None:
            what = f"没有这个步骤 no step {name}"
            yield Problem("scripts", playbook, (step,), what)
