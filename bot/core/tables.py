"""Sheets of rows: read as the text a person sees, numbered from 1; written as what they are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

type Cell = str | int | Decimal | date | datetime | None


class BrokenTable(Exception):
    """The file cannot be read to its end; the message says where and what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    number: int
    """As the spreadsheet numbers it: the first row is 1, also when a cell holds several lines."""
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet to be written: what is a day, a moment or an amount stays one."""

    title: str
    header: tuple[str, ...]
    rows: Iterable[tuple[Cell, ...]]
