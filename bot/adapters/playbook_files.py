"""The playbooks out of their files: the steps of each case, and when each is next."""

from collections.abc import Iterable
from pathlib import Path

from bot.adapters import policy_shapes as shapes
from bot.adapters.patterns import read_patterns
from bot.adapters.policy_rooms import sources_of
from bot.adapters.yaml_files import fault_at, files, load
from bot.core.amounts import AmountRule
from bot.core.facts import Value
from bot.core.playbook import (
    Condition,
    Decision,
    FollowUp,
    Instead,
    Playbook,
    Role,
    Span,
    Step,
    Test,
)

_WORDS = {"unknown": Test.UNKNOWN, "known": Test.KNOWN}


def read_playbooks(folder: Path) -> Iterable[Playbook]:
    for path in files(folder):
        shape = load(path, shapes.PlaybookShape)
        if shape.id != path.stem:
            raise fault_at(path, ["id"], f"应与文件名相同 must be {path.stem}")
        yield Playbook(
            id=shape.id,
            title=shape.title,
            intents=tuple(shape.intents or [shape.id]),
            bot=shape.bot,
            steps=tuple(_step(path, number, step) for number, step in enumerate(shape.steps)),
            sources=sources_of(shape.sources),
            grounds={
                Decision(kind): _when(when)
                for kind, when in shape.grounds.items()
                if kind != "record"
            },
            record_grounds=_when(shape.grounds.get("record", {})),
            amounts={name: AmountRule(**rule.model_dump()) for name, rule in shape.amounts.items()},
            concerns=_when(shape.concerns),
            signs=read_patterns(path, ["signs"], shape.signs),
            covers=tuple(shape.covers),
            instead=tuple(Instead(_when(i.when), i.case) for i in shape.instead),
            needs_order=shape.needs_order,
            generic=shape.generic,
            yields=shape.yields,
        )


def _step(path: Path, number: int, shape: shapes.StepShape) -> Step:
    plan = shape.follow_up
    return Step(
        id=shape.id,
        title=shape.title,
        decision=Decision(shape.decision),
        when=_when(shape.when),
        by=Role(shape.by) if shape.by else None,
        ask=tuple([shape.ask] if isinstance(shape.ask, str) else shape.ask),
        amount=shape.amount,
        record=shape.record,
        fields=shape.fields,
        approval=shape.approval,
        follow_up=FollowUp(plan.what, plan.after, plan.since) if plan else None,
        closes=shape.closes,
        sources=sources_of(shape.sources),
        recognise=read_patterns(path, ["steps", number, "recognise"], shape.recognise),
        in_force=Span(shape.first_day, shape.last_day),
    )


def _when(given: shapes.WhenShape) -> tuple[Condition, ...]:
    return tuple(c for fact, wanted in given.items() for c in _conditions(fact, wanted))


def _conditions(
    fact: str, wanted: shapes.Scalar | list[shapes.Scalar] | shapes.TestShape
) -> Iterable[Condition]:
    if isinstance(wanted, shapes.TestShape):
        for name, operand in wanted.model_dump(by_alias=True, exclude_none=True).items():
            yield _test(fact, Test(name), operand)
    elif isinstance(wanted, str) and wanted in _WORDS:
        yield Condition(fact, _WORDS[wanted])
    else:
        yield Condition(fact, Test.IS, tuple(wanted) if isinstance(wanted, list) else (wanted,))


def _test(fact: str, test: Test, operand: Value | list[Value]) -> Condition:
    if test is Test.NOT:
        return Condition(fact, test, tuple(operand) if isinstance(operand, list) else (operand,))
    if isinstance(operand, str):
        return Condition(fact, test, parameter=operand)
    assert isinstance(operand, int)
    return Condition(fact, test, (operand,))
