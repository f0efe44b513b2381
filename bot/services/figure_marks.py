"""Puts the marks of a step's figures into a wording, so that the wording follows when a figure
changes.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from bot.core.days import Unit
from bot.core.facts import Facts
from bot.core.playbook import Playbook, Step
from bot.core.policy import Policy
from bot.core.scripts import placeholders
from bot.language.numbers import NUMBER, number

_UNITS = {
    Unit.CNY: "元|块",
    Unit.DAY: "天|日内|日(?!期)",
    Unit.WORKING_DAY: "个?工作日",
    Unit.MONTH: "个月",
    Unit.HOUR: "个?小时",
    Unit.PIECE: "件|个(?![月小工])",
    Unit.TIMES: "次(?!销售)",
    Unit.RATIO: "%",
}
# In 「2-3天」 both numbers count days.
_FIGURES = {
    unit: re.compile(rf"(?<![\d.])({NUMBER})(?=\s*(?:[-~～—到至]\s*{NUMBER})?\s*(?:{words}))")
    for unit, words in _UNITS.items()
}

type Marks = Mapping[tuple[Unit, Decimal], set[str]]
"""The names of the figures of each value."""


def marked(text: str, playbook: Playbook, step: Step, policy: Policy, today: date) -> str:
    """The wording with each figure that is one of the step's own as its placeholder; where two
    figures have this value, it is left to a person.
    """
    marks = _marks(playbook, step, policy, today)

    for unit, pattern in _FIGURES.items():

        def mark(match: re.Match[str], unit: Unit = unit) -> str:
            value = number(match[1])
            names = marks.get((unit, value), set()) if value is not None else set()
            return f"{{{next(iter(names))}}}" if len(names) == 1 else match[1]

        text = pattern.sub(mark, text)
    return text.replace("}%", "}")  # a share is shown with its sign


def _marks(playbook: Playbook, step: Step, policy: Policy, today: date) -> Marks:
    marks: dict[tuple[Unit, Decimal], set[str]] = {}
    for name in _figures_of(playbook, step, policy):
        if policy.figures.in_force([name], today):
            unit = policy.figures[name].unit
            if unit in _UNITS:
                value = policy.figures.number(name, today)
                value *= 100 if unit is Unit.RATIO else 1
                marks.setdefault((unit, value), set()).add(name)
    for amount in _amounts_of(playbook, step, policy, today):
        marks[Unit.CNY, amount] = {"amount"}
    return marks


def _figures_of(playbook: Playbook, step: Step, policy: Policy) -> Iterable[str]:
    """The parameters that the step's conditions, wording and follow-up speak of."""
    names = {c.parameter for c in playbook.conditions(step)}
    names |= {step.follow_up.after} if step.follow_up else set()
    for text in policy.scripts.variants(f"{playbook.id}.{step.id}"):
        names |= placeholders(text)
    return sorted(name for name in names if name and name in policy.figures)


def _amounts_of(playbook: Playbook, step: Step, policy: Policy, today: date) -> Iterable[Decimal]:
    """What the step may pay, as far as it does not depend on the order."""
    if step.amount is None:
        return
    rule = playbook.amounts[step.amount]
    if policy.figures.in_force(rule.parameters(), today):
        amount = rule.amount(Facts(), policy.figures, today)
        if amount is not None:
            yield amount
