"""Whether the guard's vocabulary is whole: its figures, facts, cases and documents exist, and its
sentences can be filled in.
"""

from collections.abc import Iterable, Iterator, Mapping

from bot.core.days import LENGTHS, Unit
from bot.core.facts import Kind
from bot.core.guard_rules import Deadline, Price, Voice
from bot.core.policy import Policy
from bot.core.scripts import placeholders

type Fault = tuple[tuple[str | int, ...], str]

FILLED: Mapping[str, frozenset[str]] = {
    "voices": frozenset(
        {
            "what",
            "suggested",
            "limit",
            "named",
            "amount",
            "masked",
            "words",
            "from",
            "until",
            "most",
        }
    ),
    "deadlines": frozenset({"title", "named", "low", "high", "day"}),
    "prices": frozenset({"named", "low", "high", "amount"}),
    "manners": frozenset({"words", "suggested"}),
}
"""What the sentences of each part may hold."""
_UNITS = {
    "limit": frozenset({Unit.CNY}),
    "calls_a_day": frozenset({Unit.TIMES}),
    "call_from": frozenset({Unit.CLOCK}),
    "call_until": frozenset({Unit.CLOCK}),
}


def guard_faults(policy: Policy) -> Iterator[Fault]:
    """Place and fault, part by part."""
    guard = policy.guard
    for name, voice in guard.voices.items():
        yield from _voice(voice, policy, "voices", name)
    for deadline in guard.deadlines:
        yield from _deadline(deadline, policy)
    for price in guard.prices:
        yield from _price(price, policy)
    for manner in guard.manners:
        yield from _voice(manner.voice, policy, "manners", manner.id)
        yield from _cases(manner.cases, policy, ("manners", manner.id, "cases"))
    for commitment in guard.commitments:
        place = ("commitments", commitment.id)
        yield from _cases(commitment.free_choice, policy, (*place, "free_choice"))
        for fact in sorted(commitment.facts.keys() - policy.facts.keys()):
            yield (*place, "facts"), f"没有这个事实 unknown fact {fact}"
        for record in sorted(commitment.records - policy.registers.keys()):
            yield (*place, "records"), f"没有这个登记表 unknown register {record}"
    for key, parameter in guard.figures.items():
        yield from _parameter(parameter, _UNITS[key], policy, ("figures", key))


def _deadline(deadline: Deadline, policy: Policy) -> Iterator[Fault]:
    place = ("deadlines", deadline.id)
    yield from _voice(deadline.voice, policy, *place)
    yield from _cases(deadline.cases, policy, (*place, "cases"))
    for key, parameter in (("low", deadline.low), ("high", deadline.high)):
        if parameter:
            yield from _parameter(parameter, LENGTHS, policy, (*place, key))
    if (deadline.high is None) == (deadline.until is None):
        yield place, "写 high 或 until 其中一个 write one of high and until"
    for key, fact in (("until", deadline.until), ("since", deadline.since)):
        if fact and (fact not in policy.facts or policy.facts[fact].kind is not Kind.DATE):
            yield (*place, key), f"不是日期 {fact} is no date"
    if deadline.fact and deadline.fact[0] not in policy.facts:
        yield (*place, "fact"), f"没有这个事实 unknown fact {deadline.fact[0]}"


def _price(price: Price, policy: Policy) -> Iterator[Fault]:
    place = ("prices", price.id)
    yield from _voice(price.voice, policy, *place)
    yield from _cases(price.cases, policy, (*place, "cases"))
    if bool(price.figures) == bool(price.fact):
        yield place, "写 figures 或 fact 其中一个 write one of figures and fact"
    if price.fact and (
        price.fact not in policy.facts or policy.facts[price.fact].kind is not Kind.MONEY
    ):
        yield (*place, "fact"), f"不是金额 {price.fact} is no sum"
    for parameter in price.figures:
        yield from _parameter(parameter, frozenset({Unit.CNY}), policy, (*place, "figures"))


def _voice(voice: Voice, policy: Policy, part: str, name: str) -> Iterator[Fault]:
    if voice.source and voice.source.doc not in policy.documents:
        yield (part, name, "source"), f"没有这份文件 unknown document {voice.source.doc}"
    for key, text in (("why", voice.why), ("better", voice.better)):
        for unknown in sorted(placeholders(text) - FILLED[part]):
            yield (part, name, key), f"没有这个占位符 unknown placeholder {unknown}"


def _cases(cases: Iterable[str], policy: Policy, place: tuple[str | int, ...]) -> Iterator[Fault]:
    for case in sorted(cases):
        if policy.for_intent(case) is None:
            yield place, f"没有这个规程 no playbook serves {case}"


def _parameter(
    name: str, units: frozenset[Unit], policy: Policy, place: tuple[str | int, ...]
) -> Iterator[Fault]:
    if name not in policy.figures:
        yield place, f"没有这个参数 unknown parameter {name}"
    elif policy.figures[name].unit not in units:
        yield place, f"单位不对 {name} is of another unit"
