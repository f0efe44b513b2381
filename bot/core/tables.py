"""A sheet of rows as a person sees it in a spreadsheet: text cells, numbered from 1."""

from dataclasses import dataclass


class BrokenTable(Exception):
    """The file cannot be read to its end; the message says where and what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    number: int
    """As the spreadsheet numbers it: the first row is 1, also when a cell holds several lines."""
    cells: tuple[str, ...]
