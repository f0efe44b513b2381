"""The figures that rules name, out of their files, each with the days from which it holds."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

from bot.adapters import policy_shapes as shapes
from bot.adapters.policy_rooms import sources_of
from bot.adapters.public_holidays import announced
from bot.adapters.yaml_files import fault_at, files, load
from bot.core.days import Unit
from bot.core.parameters import Figure, Parameter
from bot.core.working_days import WorkingDays


def read_parameters(folder: Path) -> Iterable[Parameter]:
    for path in files(folder):
        shape = load(path, shapes.ParameterShape)
        for day in sorted(shape.values.keys() ^ shape.sources.keys()):
            if day in shape.values:
                what = "这个日期的数值没有出处 add its source"
                raise fault_at(path, ["values", day], what, key=f"sources.{day}")
            raise fault_at(path, ["sources", day], "这个日期没有数值 no value has this day")
        yield Parameter(
            path.stem,
            shape.title,
            Unit(shape.unit),
            {day: _figure(path, shape.unit, day, raw) for day, raw in shape.values.items()},
            tuple(s for day in sorted(shape.sources) for s in sources_of(shape.sources[day])),
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
        raise fault_at(path, ["values", day], f"{unit}: {_WANTED[wanted]}")
    if isinstance(raw, list):
        return tuple(raw)
    if isinstance(raw, int) and raw < 0:
        raise fault_at(path, ["values", day], "不能是负数 must not be negative")
    if unit not in ("CNY", "ratio"):
        return raw
    if not re.fullmatch(r"[0-9]+(\.[0-9]{1,4})?", str(raw)):
        raise fault_at(path, ["values", day], "不是数字，或是负数 write a number from 0 on")
    return Decimal(raw)


def read_calendar(path: Path) -> WorkingDays:
    """The public holidays, and the shop's own exceptions, which go first."""
    own = load(path, shapes.CalendarShape)
    for day in own.days_off.keys() & own.working_days.keys():
        raise fault_at(path, ["working_days", day], "这天已写成放假 stands under days_off too")
    return announced().with_own(own.days_off, own.working_days)
