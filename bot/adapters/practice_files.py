"""Practice scenarios out of their files: each holds the customers of one case, days counted from
today.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.adapters.policy_shapes import (
    AsideShape,
    DrillsShape,
    MannersShape,
    PracticeShape,
    WantShape,
)
from bot.adapters.scenario_orders import DATED, scenario_orders
from bot.adapters.yaml_files import fault_at, load
from bot.core.drills import DrillTexts, Stage
from bot.core.orders import Order
from bot.core.practice import DRAWN_UP_ON, Aside, Persona, Practice, Want
from bot.core.practice_customer import Manners, Mood
from bot.services.ports import PolicyError

_BLAMED = re.compile(r"(?P<where>order[\w.\[\]]*) (?P<what>.+)", re.DOTALL)
_KEY_OR_NUMBER = re.compile(r"\w+")


def read_practices(paths: Iterable[Path]) -> Iterable[Practice]:
    """The scenarios of these files, in order.

    Raises:
        PolicyError: the first fault found, with file, line, key and mend.
    """
    for path in paths:
        for number, shape in enumerate(load(path, list[PracticeShape])):
            yield Practice(
                id=shape.id,
                case=path.stem,
                title=shape.title,
                level=shape.level,
                persona=Persona(shape.persona),
                patience=shape.patience,
                orders=_orders(path, number, shape),
                opening=tuple(shape.opening),
                knows=_knows(shape.knows),
                volunteers=tuple(shape.volunteers),
                goal=shape.goal,
                then=_want(shape.then),
                aside=_aside(shape.aside),
                haggles=shape.haggles,
                writes=shape.writes,
            )


def read_manners(path: Path) -> Manners:
    """How each kind of customer talks.

    Raises:
        PolicyError: a kind is missing, or has no words for something.
    """
    shapes = load(path, dict[Persona, MannersShape])
    missing = [one.value for one in Persona if one not in shapes]
    if missing:
        raise fault_at(path, (), f"还缺 missing: {'、'.join(missing)}")
    return {
        persona: {mood: tuple(getattr(shape, mood.value)) for mood in Mood}
        for persona, shape in shapes.items()
    }


def read_drills(path: Path) -> DrillTexts:
    """What drills are made of; nothing where there is no such file.

    Raises:
        PolicyError: the first fault found.
    """
    if not path.exists():
        return DrillTexts()
    shape = load(path, DrillsShape)
    stages = (Stage(one.id, one.title, tuple(one.lines)) for one in shape.phone)
    return DrillTexts(tuple(shape.spoiled), tuple(stages))


def _knows(given: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    return {fact: tuple(lines) for fact, lines in given.items()}


def _want(shape: WantShape | None) -> Want | None:
    if shape is None:
        return None
    return Want(shape.case, tuple(shape.opening), _knows(shape.knows), shape.goal)


def _aside(shape: AsideShape | None) -> Aside | None:
    return Aside(shape.intent, tuple(shape.says), shape.after) if shape else None


def _orders(path: Path, number: int, shape: PracticeShape) -> tuple[Order, ...]:
    try:
        given = _dated(shape.order, "order")
        orders = scenario_orders(given, DRAWN_UP_ON, nickname=shape.id)
        _refuse_dated_notes(orders)
    except ValueError as error:
        raise _placed(path, number, str(error)) from None
    return orders


def _placed(path: Path, number: int, what: str) -> PolicyError:
    """The fault, which begins with ``order.lines[0].qty``, at its place in the file."""
    blamed = _BLAMED.fullmatch(what)
    assert blamed, what
    keys = (int(k) if k.isdecimal() else k for k in _KEY_OR_NUMBER.findall(blamed["where"]))
    place = [number, *keys]
    return fault_at(path, place, blamed["what"])


def _dated(given: Any, where: str, key: str = "") -> Any:
    """The order with its days from today made dates.

    Raises:
        ValueError: a calendar day, which would soon lie far back.
    """
    if isinstance(given, Mapping):
        return {k: _dated(v, f"{where}.{k}", k) for k, v in given.items()}
    if isinstance(given, list):
        return [_dated(one, f"{where}[{number}]") for number, one in enumerate(given)]
    if key not in DATED or given is None:
        return given
    if not isinstance(given, int) or isinstance(given, bool):
        raise ValueError(
            f"{where} 写离今天的天数，如 -3 write days from today, such as -3, not {given!r}"
        )
    return DRAWN_UP_ON + timedelta(days=given)


def _refuse_dated_notes(orders: Iterable[Order]) -> None:
    for order in orders:
        dated = [note.text for note in order.notes if note.at]
        if dated:
            raise ValueError(f"order.notes 备注不要写日期 leave the day out: {dated[0]}")
