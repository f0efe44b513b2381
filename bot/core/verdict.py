"""What the rules say now, why, and on which day they will say something else."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.core.facts import Fact, Facts
from bot.core.parameters import Figures
from bot.core.playbook import Decision, Playbook, Role, Step
from bot.core.sources import Source


@dataclass(frozen=True, slots=True)
class Reason:
    fact: str
    known: Fact


@dataclass(frozen=True, slots=True)
class Flip:
    """Without any new fact the decision changes on this day."""

    on: date
    becomes: Decision


@dataclass(frozen=True, slots=True)
class Verdict:
    playbook: Playbook
    step: Step
    decided_by: Role
    amount: Decimal | None
    reasons: tuple[Reason, ...]
    parameters: tuple[str, ...]
    sources: tuple[Source, ...]
    flip: Flip | None
    follow_up_on: date | None

    @property
    def decision(self) -> Decision:
        return self.step.decision


def decide(playbook: Playbook, facts: Facts, figures: Figures, today: date) -> Verdict:
    """Apply the playbook to what is known on this day."""
    step = playbook.next_step(facts, figures, today)
    return Verdict(
        playbook=playbook,
        step=step,
        decided_by=step.by or _default_role(playbook, step),
        amount=_amount(playbook, step, facts, figures, today),
        reasons=_reasons(playbook, step, facts),
        parameters=_parameters(playbook, step),
        sources=step.sources or playbook.sources,
        flip=_flip(playbook, step, facts, figures, today),
        follow_up_on=_follow_up_on(step, facts, figures, today),
    )


def _default_role(playbook: Playbook, step: Step) -> Role:
    answers = (Decision.COLLECT, Decision.INFORM)
    return Role.BOT if playbook.bot and step.decision in answers else Role.AGENT


def _amount(
    playbook: Playbook, step: Step, facts: Facts, figures: Figures, today: date
) -> Decimal | None:
    return playbook.amounts[step.amount].amount(facts, figures, today) if step.amount else None


def _reasons(playbook: Playbook, step: Step, facts: Facts) -> tuple[Reason, ...]:
    names = [condition.fact for condition in playbook.conditions(step)]
    if step.amount:
        names += playbook.amounts[step.amount].facts()
    if step.follow_up and step.follow_up.since:
        names.append(step.follow_up.since)
    found = ((name, facts.get(name)) for name in dict.fromkeys(names))
    return tuple(Reason(name, fact) for name, fact in found if fact)


def _parameters(playbook: Playbook, step: Step) -> tuple[str, ...]:
    names = [c.parameter for c in playbook.conditions(step) if c.parameter]
    if step.amount:
        names += playbook.amounts[step.amount].parameters()
    if step.follow_up and step.follow_up.after:
        names.append(step.follow_up.after)
    return tuple(dict.fromkeys(names))


def _flip(
    playbook: Playbook, step: Step, facts: Facts, figures: Figures, today: date
) -> Flip | None:
    """Try each day on which a window closes, a figure changes or a step begins or ends."""
    for day in sorted(day for day in _turns(playbook, facts, figures) if day > today):
        later = playbook.next_step(facts, figures, day)
        if later.decision is not step.decision:
            return Flip(day, later.decision)
    return None


def _turns(playbook: Playbook, facts: Facts, figures: Figures) -> Iterator[date]:
    conditions = {c for s in playbook.steps for c in playbook.conditions(s)}
    yield from (day for c in conditions if (day := c.turns_on(facts, figures)))
    reckoned = {name for rule in playbook.amounts.values() for name in rule.parameters()}
    for name in reckoned | {c.parameter for c in conditions if c.parameter}:
        yield from figures[name].values
    for step in playbook.steps:
        yield from step.in_force.turns()


def _follow_up_on(step: Step, facts: Facts, figures: Figures, today: date) -> date | None:
    plan = step.follow_up
    if plan is None or plan.after is None:
        return None
    start = facts.day(plan.since) if plan.since else today
    if start is None:
        return None
    in_force = figures.in_force((plan.after,), start)
    return figures.last_day(plan.after, start) if in_force else None
