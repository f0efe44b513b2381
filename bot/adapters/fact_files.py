"""The facts that rules ask about, out of their files, with what they are heard in."""

from collections.abc import Iterable
from pathlib import Path

from bot.adapters import policy_shapes as shapes
from bot.adapters.patterns import read_patterns
from bot.adapters.yaml_files import fault_at, files, load
from bot.core.facts import FactDef, Kind, Reads, Scope


def read_facts(folder: Path) -> Iterable[FactDef]:
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
                asked=read_patterns(path, [name, "asked"], shape.asked),
                scope=Scope(shape.scope),
            )


def _reads(path: Path, name: str, shape: shapes.FactShape, key: str) -> tuple[Reads, ...]:
    given = getattr(shape, key)
    if isinstance(given, list):
        given = {None: given} if given else {}
    for value in given:
        if shape.kind == "choice" and value not in shape.values:
            mend = f"可以是 one of {', '.join(map(str, shape.values))}"
            raise fault_at(path, [name, key, value], mend)
        if shape.kind == "date" and value not in (None, True):
            mend = "写 true，表示写备注的那天 write true for the day on which it was written"
            raise fault_at(path, [name, key, value], mend)
    return tuple(
        Reads(
            value, read_patterns(path, [name, key, *([] if value is None else [value])], patterns)
        )
        for value, patterns in given.items()
    )
