"""Whether a policy is whole: every name exists, every step is worded, whatever commits has its
grounds.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bot.core.condition_checks import NUMBERS, NUMERIC, can_be, condition_faults
from bot.core.days import LENGTHS
from bot.core.duty_checks import duty_faults
from bot.core.facts import Kind
from bot.core.guard_checks import guard_faults
from bot.core.playbook import ALWAYS, COMMITTING, Condition, Decision, Playbook, Step, Test
from bot.core.policy import Policy
from bot.core.practice_checks import practice_faults
from bot.core.record_refusals import BadValue
from bot.core.register_checks import register_faults
from bot.core.sources import Source
from bot.core.wording_checks import wording_faults

type Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    room: str
    """``playbooks``, ``scripts``, ``parameters``, ``facts``, ``registers``, ``duties``,
    ``scenarios`` or ``guard``.
    """
    name: str
    """The file's stem; of a fact, a register or a duty its own name."""
    place: Place
    """The keys that lead to the fault."""
    what: str
    pack: str = ""
    """The shop pack that is at fault; empty for the house's own policy."""

    def __str__(self) -> str:
        return f"{self.room} {self.name} {'.'.join(map(str, self.place))}: {self.what}"


def problems(policy: Policy) -> Iterator[Problem]:
    """Everything that is wrong, playbook by playbook, then what each shop's pack adds to it."""
    house = list(_problems(policy))
    yield from house
    seen = {id(policy)}
    for shop in policy.shops.values():
        if id(shop) not in seen:  # a shop may go by several names
            seen.add(id(shop))
            own = (problem for problem in _problems(shop) if problem not in house)
            yield from (replace(problem, pack=shop.pack) for problem in own)


def _problems(policy: Policy) -> Iterator[Problem]:
    for playbook in policy.playbooks.values():
        for place, what in _playbook(playbook, policy):
            yield Problem("playbooks", playbook.id, place, what)
        for place, what in wording_faults(playbook, policy):
            yield Problem("scripts", playbook.id, place, what)
    yield from _served_once(policy)
    yield from _parameters(policy)
    yield from _facts(policy)
    for register in policy.registers.values():
        for place, what in register_faults(register, policy):
            yield Problem("registers", register.name, (register.name, *place), what)
    for name, place, what in duty_faults(policy):
        yield Problem("duties", name, place, what)
    yield from _orphaned_scripts(policy)
    for case, place, what in practice_faults(policy):
        yield Problem("scenarios", case, place, what)
    for place, what in guard_faults(policy):
        yield Problem("guard", "guard", place, what)


def _playbook(playbook: Playbook, policy: Policy) -> Iterator[tuple[Place, str]]:
    yield from _sources(playbook.sources, policy)
    yield from _conditions(playbook.concerns, policy, ("concerns",))
    for decision, grounds in playbook.grounds.items():
        yield from _conditions(grounds, policy, ("grounds", decision.value), playbook)
    yield from _conditions(playbook.record_grounds, policy, ("grounds", "record"), playbook)
    yield from _neighbours(playbook, policy)
    yield from _amounts(playbook, policy)
    for number, step in enumerate(playbook.steps):
        for place, what in _step(playbook, step, policy):
            yield ("steps", number, *place), what
    ids = [step.id for step in playbook.steps]
    for number, name in enumerate(ids):
        if name in ids[:number]:
            yield ("steps", number, "id"), f"步骤 {name} 写了两次 the step stands twice"
    last = playbook.steps[-1]
    binds = last.decision in COMMITTING or last.record or last.amount
    if last.when or binds or last.in_force != ALWAYS:
        yield (
            ("steps",),
            "最后一步要无条件且不作承诺 end with a step that has no conditions and commits nothing",
        )


def _conditions(
    conditions: Iterable[Condition],
    policy: Policy,
    place: Place,
    playbook: Playbook | None = None,
) -> Iterator[tuple[Place, str]]:
    for condition in conditions:
        for what in condition_faults(condition, policy, playbook):
            yield (*place, condition.fact), what


def _sources(sources: Iterable[Source], policy: Policy) -> Iterator[tuple[Place, str]]:
    for number, source in enumerate(sources):
        if source.doc not in policy.documents:
            yield ("sources", number, "doc"), f"没有这份文件 unknown document {source.doc}"


def _neighbours(playbook: Playbook, policy: Policy) -> Iterator[tuple[Place, str]]:
    """The other cases it names."""
    for number, intent in enumerate(playbook.covers):
        if policy.for_intent(intent) is None:
            yield ("covers", number), f"没有这个意图 no playbook serves {intent}"
    for number, instead in enumerate(playbook.instead):
        yield from _conditions(instead.when, policy, ("instead", number, "when"))
        if policy.for_intent(instead.case) is None:
            yield ("instead", number, "case"), f"没有这个规程 no playbook serves {instead.case}"


def _step(playbook: Playbook, step: Step, policy: Policy) -> Iterator[tuple[Place, str]]:
    yield from _conditions(step.when, policy, ("when",), playbook)
    yield from _sources(step.sources, policy)
    yield from _record(step, policy)
    for fact in step.ask:
        if fact not in policy.facts:
            yield ("ask",), f"没有这个事实 unknown fact {fact}"
    if step.decision is Decision.COLLECT and not step.ask:
        yield ("ask",), "先问清的步骤要写问什么 a step that collects must say what it asks"
    if step.decision in COMMITTING and not _grounded(playbook, step.decision):
        yield ("decision",), f"承诺的步骤要有依据 add grounds.{step.decision} to the playbook"
    if step.record and not (playbook.record_grounds or _grounded(playbook, step.decision)):
        yield ("record",), "登记的步骤要有依据 add grounds.record to the playbook"
    if step.amount and step.amount not in playbook.amounts:
        yield ("amount",), f"没有这个金额 unknown amount {step.amount}"
    plan = step.follow_up
    if plan and plan.after and not _is_length(plan.after, policy):
        yield ("follow_up", "after"), f"不是期限 {plan.after} is no length of time"
    if plan and plan.since and not _is_date(plan.since, policy):
        yield ("follow_up", "since"), f"不是日期 {plan.since} is no date"


def _record(step: Step, policy: Policy) -> Iterator[tuple[Place, str]]:
    if step.record is None:
        if step.fields:
            yield ("fields",), "没有写登记表 say which record it is"
        return
    register = policy.registers.get(step.record)
    if register is None:
        yield ("record",), f"没有这个登记表 unknown register {step.record}"
        return
    for title, value in step.fields.items():
        field = register.field(title)
        if field is None:
            yield ("fields", title), f"{register.name}没有这一栏 has no field {title}"
            continue
        try:
            field.kept(value)
        except BadValue as bad:
            yield ("fields", title), str(bad)


def _grounded(playbook: Playbook, decision: Decision) -> bool:
    """Grounds that hold only when something is known."""
    return any(c.test is not Test.UNKNOWN for c in playbook.grounds.get(decision, ()))


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
            elif policy.facts[fact].kind not in NUMBERS:
                yield ("amounts", name), f"不是数量或金额 {fact} is no count or money"
        for parameter in rule.parameters():
            if parameter not in policy.figures:
                yield ("amounts", name), f"没有这个参数 unknown parameter {parameter}"
            elif policy.figures[parameter].unit not in NUMERIC:
                yield ("amounts", name), f"不是数字 {parameter} is no number"


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


def _facts(policy: Policy) -> Iterator[Problem]:
    for fact in policy.facts.values():
        for key, value in (("yes", fact.yes), ("no", fact.no), ("default", fact.default)):
            if value is not None and not can_be(value, fact):
                what = f"{fact.name} 没有这个值 has no value {value}"
                yield Problem("facts", fact.name, (fact.name, key), what)


def _orphaned_scripts(policy: Policy) -> Iterator[Problem]:
    for name in policy.scripts.names():
        playbook, _, step = name.partition(".")
        known = policy.playbooks.get(playbook)
        if known is None or known.step(step) is None:
            what = f"没有这个步骤 no step {name}"
            yield Problem("scripts", playbook, (step,), what)
