"""The shop's policy out of its files: parameters, facts, playbooks, registers, wording and practice
scenarios, checked as one whole.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from bot.adapters import policy_shapes as shapes
from bot.adapters.guard_file import FILE as GUARD_FILE
from bot.adapters.guard_file import load_guard
from bot.adapters.practice_files import read_practices
from bot.adapters.public_holidays import announced
from bot.adapters.yaml_files import fault, files, line_of, load
from bot.core.amounts import AmountRule
from bot.core.checks import Problem, problems
from bot.core.days import Unit
from bot.core.duties import DutyRule, Every
from bot.core.facts import FactDef, Kind, Reads, Scope, Value
from bot.core.faq import Entry, Faq
from bot.core.packs import Pack, overlay
from bot.core.parameters import Figure, Figures, Parameter
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
from bot.core.policy import Policy
from bot.core.register_values import Holds
from bot.core.registers import Field, Register
from bot.core.scripts import Scripts
from bot.core.sources import Source
from bot.core.working_days import WorkingDays
from bot.services.ports import PolicyError

_ANY_ROLE = re.compile(r"(?<!\?P)<([a-z_]+)>")
_WORDS = {"unknown": Test.UNKNOWN, "known": Test.KNOWN}

type Place = Sequence[str | int | date]


def load_policy(policy: Path, scripts: Path) -> Policy:
    """Read all files below the two folders, the shops' packs among them.

    Raises:
        PolicyError: the first fault found, with file, line, key and mend.
    """
    house = Policy(
        figures=Figures(
            {p.name: p for p in _parameters(policy / "parameters")},
            _calendar(policy / "calendar.yml"),
        ),
        facts={f.name: f for f in _facts(policy / "facts")},
        playbooks={p.id: p for p in _playbooks(policy / "playbooks")},
        scripts=Scripts(dict(_scripts(scripts))),
        registers={r.name: r for r in _registers(policy / "registers.yml")},
        documents=_documents(policy / "sources.yml"),
        duties=tuple(_duties(policy / "duties.yml")),
        guard=load_guard(policy),
        practices=tuple(read_practices(files(policy / "scenarios"))),
    )
    return replace(house, shops=dict(_shops(policy / "shops", house)))


def _shops(folder: Path, house: Policy) -> Iterable[tuple[str, Policy]]:
    """Each name of each shop, with the shop's policy."""
    seen: dict[str, str] = {}
    for path in sorted(folder.glob("*/pack.yml")):
        pack = load_pack(path.parent)
        if not load(path, shapes.PackShape).reviewed_by:
            raise _fault(path, [], "还没有人审过，审过写上名字 review it", key="reviewed_by")
        policy = overlay(house, pack)
        for shop in pack.shops:
            if shop in seen:
                raise _fault(path, ["shops"], f"{shop} 已属于 {seen[shop]} is a shop of that pack")
            seen[shop] = pack.name
            yield shop, policy


def load_trial(policy: Path, scripts: Path, pack: Path) -> tuple[Policy, Policy]:
    """The policy of a shop as it is, and as this pack, wherever it lies, would make it.

    Raises:
        PolicyError: the first fault found, with file, line, key and mend.
    """
    house = load_checked(policy, scripts)
    trial = overlay(replace(house, shops={}), load_pack(pack))
    for problem in problems(trial):
        raise located(problem, policy, scripts, pack)
    return replace(house.for_shop(trial.pack), shops={}), trial


def load_pack(folder: Path) -> Pack:
    """What one shop decides otherwise, out of its folder.

    Raises:
        PolicyError: the first fault found, with file, line, key and mend.
    """
    shape = load(folder / "pack.yml", shapes.PackShape)
    return Pack(
        name=folder.name,
        shops=(folder.name, *shape.shops),
        approvers={str(kind): name for kind, name in shape.approvers.items()},
        parameters={p.name: p for p in _parameters(folder / "parameters")},
        facts={f.name: f for f in _facts(folder / "facts")},
        playbooks={p.id: p for p in _playbooks(folder / "playbooks")},
        scripts=dict(_scripts(folder / "scripts")),
        faq=_faq(folder / "faq.yml"),
    )


def load_checked(policy: Path, scripts: Path) -> Policy:
    """The policy, whole and consistent.

    Raises:
        PolicyError: the first fault found, with file, line, key and mend.
    """
    loaded = load_policy(policy, scripts)
    for problem in problems(loaded):
        raise located(problem, policy, scripts)
    return loaded


def located(problem: Problem, policy: Path, scripts: Path, pack: Path | None = None) -> PolicyError:
    """The fault with its file and line; in the pack's own file where it has one."""
    path = _file_of(problem, policy, scripts)
    if pack or problem.pack:
        own = pack or policy / "shops" / problem.pack
        found = _file_of(problem, own, own / "scripts")
        path = found if found.exists() else path
    line = line_of(path, problem.place) if path.exists() else 1
    return fault(path, line, ".".join(map(str, problem.place)), problem.what)


def _file_of(problem: Problem, policy: Path, scripts: Path) -> Path:
    if problem.room in ("registers", "duties"):
        return policy / f"{problem.room}.yml"
    if problem.room == "guard":
        return policy / GUARD_FILE
    folder = scripts if problem.room == "scripts" else policy / problem.room
    if problem.room == "facts":  # a file holds many, each as a key of its own
        key = re.compile(rf"^{problem.name}:", re.MULTILINE)
        found = (path for path in files(folder) if key.search(path.read_text(encoding="utf-8")))
    else:
        found = (path for path in files(folder) if path.stem == problem.name)
    return next(found, folder / f"{problem.name}.yml")


def _documents(path: Path) -> Mapping[str, str]:
    found = load(path, dict[str, shapes.DocumentShape])
    return {name: document.title for name, document in found.items()}


def _calendar(path: Path) -> WorkingDays:
    """The public holidays, and the shop's own exceptions, which go first."""
    own = load(path, shapes.CalendarShape)
    for day in own.days_off.keys() & own.working_days.keys():
        raise _fault(path, ["working_days", day], "这天已写成放假 stands under days_off too")
    return announced().with_own(own.days_off, own.working_days)


def _sources(given: Iterable[shapes.SourceShape]) -> tuple[Source, ...]:
    return tuple(Source(one.doc, one.at, one.gist) for one in given)


def _parameters(folder: Path) -> Iterable[Parameter]:
    for path in files(folder):
        shape = load(path, shapes.ParameterShape)
        for day in sorted(shape.values.keys() ^ shape.sources.keys()):
            if day in shape.values:
                what = "这个日期的数值没有出处 add its source"
                raise _fault(path, ["values", day], what, key=f"sources.{day}")
            raise _fault(path, ["sources", day], "这个日期没有数值 no value has this day")
        yield Parameter(
            path.stem,
            shape.title,
            Unit(shape.unit),
            {day: _figure(path, shape.unit, day, raw) for day, raw in shape.values.items()},
            tuple(s for day in sorted(shape.sources) for s in _sources(shape.sources[day])),
        )


_WANTED: Mapping[type, str] = {
    str: "要加引号 quote it",
    list: "需要列表 write a list",
    int: "需要整数 use a whole number",
}


def _figure(
    path: Path, unit: str, day: date, raw: bool | int | str | list[str] | None
) -> Figure | None:
    if raw is None:  # the figure ends on this day
        return None
    kinds: dict[str, type] = {"CNY": str, "ratio": str, "clock": str, "names": list, "text": str}
    wanted = kinds.get(unit, int)
    if not isinstance(raw, wanted) or isinstance(raw, bool):
        raise _fault(path, ["values", day], f"{unit}: {_WANTED[wanted]}")
    if isinstance(raw, list):
        return tuple(raw)
    if isinstance(raw, int) and raw < 0:
        raise _fault(path, ["values", day], "不能是负数 must not be negative")
    if unit not in ("CNY", "ratio"):
        return raw
    if not re.fullmatch(r"[0-9]+(\.[0-9]{1,4})?", str(raw)):
        raise _fault(path, ["values", day], "不是数字，或是负数 write a number from 0 on")
    return Decimal(raw)


def _fault(path: Path, place: Place, what: str, key: str | None = None) -> PolicyError:
    return fault(path, line_of(path, place), key or ".".join(map(str, place)), what)


def _facts(folder: Path) -> Iterable[FactDef]:
    for path in files(folder):
        for name, shape in load(path, dict[shapes.Name, shapes.FactShape]).items():
            yield FactDef(
                name=name,
                title=shape.title,
                kind=Kind(shape.kind),
                values={str(value): shown for value, shown in shape.values.items()},
                question=shape.question,
                yes=shape.yes,
                no=shape.no,
                default=shape.default,
                entity=shape.entity,
                says=_reads(path, name, shape, "says"),
                answers=_reads(path, name, shape, "answers"),
                notes=_reads(path, name, shape, "notes"),
                agent=_reads(path, name, shape, "agent"),
                asked=_patterns(path, [name, "asked"], shape.asked),
                scope=Scope(shape.scope),
            )


def _reads(path: Path, name: str, shape: shapes.FactShape, key: str) -> tuple[Reads, ...]:
    given = getattr(shape, key)
    if isinstance(given, list):
        given = {None: given} if given else {}
    for value in given:
        if shape.kind == "choice" and value not in shape.values:
            mend = f"可以是 one of {', '.join(map(str, shape.values))}"
            raise _fault(path, [name, key, value], mend)
        if shape.kind == "date" and value not in (None, True):
            mend = "写 true，表示写备注的那天 write true for the day on which it was written"
            raise _fault(path, [name, key, value], mend)
    return tuple(
        Reads(value, _patterns(path, [name, key, *([] if value is None else [value])], patterns))
        for value, patterns in given.items()
    )


def _patterns(path: Path, place: Place, patterns: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(_pattern(path, [*place, number], p) for number, p in enumerate(patterns))


def _pattern(path: Path, place: Place, pattern: str) -> re.Pattern[str]:
    """Compile a pattern; ``<count>`` stands for an entity of any role, ``<count:根>`` for one of
    this role.
    """
    try:
        return re.compile(_ANY_ROLE.sub(r"<\1(?::[^>]*)?>", pattern), re.IGNORECASE)
    except (re.error, OverflowError) as error:
        raise _fault(path, place, f"正则写错了 mend the pattern {pattern}: {error}") from None


def _playbooks(folder: Path) -> Iterable[Playbook]:
    for path in files(folder):
        shape = load(path, shapes.PlaybookShape)
        if shape.id != path.stem:
            raise _fault(path, ["id"], f"应与文件名相同 must be {path.stem}")
        yield Playbook(
            id=shape.id,
            title=shape.title,
            intents=tuple(shape.intents or [shape.id]),
            bot=shape.bot,
            steps=tuple(_step(path, number, step) for number, step in enumerate(shape.steps)),
            sources=_sources(shape.sources),
            grounds={Decision(kind): _when(when) for kind, when in shape.grounds.items()},
            amounts={name: AmountRule(**rule.model_dump()) for name, rule in shape.amounts.items()},
            concerns=_when(shape.concerns),
            signs=_patterns(path, ["signs"], shape.signs),
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
        sources=_sources(shape.sources),
        recognise=_patterns(path, ["steps", number, "recognise"], shape.recognise),
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


def _registers(path: Path) -> Iterable[Register]:
    for name, shape in load(path, dict[str, shapes.RegisterShape]).items():
        yield Register(
            name,
            Role(shape.owner),
            tuple(_register_field(field) for field in shape.fields),
            reason=shape.reason,
            state_title=shape.state,
            amount=shape.amount,
            compensates=shape.compensates,
            one_an_order=shape.one_an_order,
        )


def _register_field(shape: shapes.RegisterFieldShape) -> Field:
    return Field(
        shape.title,
        shape.fact,
        shape.required,
        shape.or_fact,
        Holds(shape.holds),
        tuple(shape.choices),
        shape.latest,
    )


def _faq(path: Path) -> Faq:
    found = load(path, dict[shapes.Name, shapes.FaqShape]) if path.exists() else {}
    return Faq([Entry(name, tuple(one.questions), one.answer) for name, one in found.items()])


def _duties(path: Path) -> Iterable[DutyRule]:
    for name, shape in load(path, dict[shapes.Name, shapes.DutyShape]).items():
        yield DutyRule(
            name,
            shape.title,
            Every(shape.every),
            tuple(shape.registers),
            shape.before,
            shape.within,
            _sources(shape.sources),
        )


def _scripts(folder: Path) -> Iterable[tuple[str, list[str]]]:
    for path in files(folder):
        for step, variants in load(path, shapes.ScriptShape).items():
            yield f"{path.stem}.{step}", variants
