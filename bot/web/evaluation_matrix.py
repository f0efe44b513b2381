"""Which intent is taken for which, as a table: a line for what is meant, a column for what is
understood.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.judged import Judged
from bot.web.evaluation_words import both_names, family, in_order, intent

HEAT = (0.1, 0.25, 0.45, 0.7)
"""Shares of a line's messages from which a cell is a step warmer."""


@dataclass(frozen=True, slots=True)
class Cell:
    times: int
    heat: int
    """Steps from 0, for less than a tenth of the line."""
    right: bool
    told: str
    """The cell in words."""
    new_family: bool
    """Its column is the first of a family."""


@dataclass(frozen=True, slots=True)
class Heading:
    title: str
    told: str
    new_family: bool


@dataclass(frozen=True, slots=True)
class Row:
    heading: Heading
    messages: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    columns: tuple[Heading, ...]
    rows: tuple[Row, ...]


def matrix(judged: Sequence[Judged]) -> Matrix:
    """Only intents that occur, in the order of the families; an accepted answer counts as meant."""
    counted = Counter((one.credited, one.guess) for one in judged)
    meant = sorted({label for label, _ in counted}, key=in_order)
    understood = sorted({guess for _, guess in counted}, key=in_order)
    columns = _headings(understood)
    rows = []
    for heading, label in zip(_headings(meant), meant, strict=True):
        of_label = {guess: counted[label, guess] for guess in understood}
        rows.append(_row(heading, label, of_label, columns))
    return Matrix(columns, tuple(rows))


def _row(
    heading: Heading, label: str, times: dict[str | None, int], columns: Sequence[Heading]
) -> Row:
    total = sum(times.values())
    cells = tuple(
        Cell(
            count,
            sum(count / total >= step for step in HEAT),
            guess == label,
            f"{heading.told} → {column.told}：{count} 句，共 {total} 句",
            column.new_family,
        )
        for (guess, count), column in zip(times.items(), columns, strict=True)
    )
    return Row(heading, total, cells)


def _headings(names: Sequence[str | None]) -> tuple[Heading, ...]:
    families = [family(name) if name else "" for name in names]
    return tuple(
        Heading(intent(name), both_names(name), new_family=families[max(place - 1, 0)] != own)
        for place, (name, own) in enumerate(zip(names, families, strict=True))
    )
