"""How the casebook is shown: a line a case, as JSON or as a table."""

from collections.abc import Iterator, Sequence
from typing import Any

from bot.core.casebook import Held, Surface

_HEAD = ("case", "surfaces", "cases", "talks", "steps", "wordings", "practice", "problems")


def as_row(held: Held) -> dict[str, Any]:
    playbook = held.rooms.playbook
    return {
        "id": held.row.id,
        "section": held.row.section,
        "surfaces": [surface.value for surface in held.row.surfaces],
        "worked_cases": held.rooms.worked,
        "worked_conversations": held.rooms.scenarios,
        "steps": len(playbook.steps) if playbook else 0,
        "wordings": held.rooms.wordings,
        "practices": held.rooms.practices,
        "problems": list(held.problems),
    }


def casebook_lines(casebook: Sequence[Held]) -> Iterator[str]:
    """A heading and a line a case; nothing where the casebook could not be read."""
    cells = [_HEAD, *(_cells(held) for held in casebook)] if casebook else []
    for one in cells:
        name, surfaces, *counts, problems = one
        numbers = " ".join(f"{count:>8}" for count in counts)
        yield f"{name:<26} {surfaces:<8} {numbers}  {problems}".rstrip()


def _cells(held: Held) -> tuple[str, ...]:
    row = as_row(held)
    keys = ("worked_cases", "worked_conversations", "steps", "wordings", "practices")
    counts = (row[key] for key in keys)
    shown = ("" if count is None else str(count) for count in counts)
    return held.row.id, _surfaces(held), *shown, "；".join(held.problems)


def _surfaces(held: Held) -> str:
    """「B A T」, each in its own column."""
    return " ".join(s.value if s in held.row.surfaces else " " for s in Surface)
