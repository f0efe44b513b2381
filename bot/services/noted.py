"""What staff and couriers wrote on an order, as facts with the day on which they were written."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from bot.core.facts import Fact, FactDef, Kind, Origin, Value
from bot.core.orders import Order

type ReadNote = Callable[[str, date], Mapping[str, Value]]
"""Reads the facts that a note of this day states."""


def noted(
    order: Order, defs: Mapping[str, FactDef], read: ReadNote, today: date
) -> Iterator[tuple[str, Fact]]:
    """The facts of all notes and events, oldest first."""
    lines = [(note.at, note.text) for note in order.notes]
    lines += [(event.at, event.text) for event in order.events]
    for at, text in sorted(lines, key=lambda line: line[0].timestamp() if line[0] else 0.0):
        day = at.date() if at else None
        for name, value in read(text, day or today).items():
            # A note without a day does not tell on which day something was done.
            if day or defs[name].kind is not Kind.DATE:
                yield name, Fact(value, Origin.NOTE, day)
