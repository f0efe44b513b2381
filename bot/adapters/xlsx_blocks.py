"""Reads a workbook of wording, cell by cell."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from bot.core.passages import Block, BrokenDocument, table


def xlsx_blocks(path: Path) -> Iterator[Block]:
    """The cells of all sheets; a sheet's name is the heading of what stands in it.

    Raises:
        BrokenDocument: it is no workbook.
    """
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, BadZipFile, KeyError, ValueError):
        raise BrokenDocument(f"{path}: 不是完整的 Excel 文件 is no workbook") from None
    try:
        for sheet in book.worksheets:
            yield Block(sheet.title, sheet.title, heading=True)
            yield from table(_rows(sheet))
    finally:
        book.close()


def _rows(sheet: Any) -> Iterator[tuple[str, Sequence[str]]]:
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        if any(value is not None for value in row):
            yield f"{sheet.title} 第{number}行", ["" if v is None else str(v) for v in row]
