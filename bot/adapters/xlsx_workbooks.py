"""Writes and reads spreadsheets of several sheets; nothing in a cell is ever run as a formula."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from bot.adapters.xlsx_parts import open_books
from bot.adapters.xlsx_rows import refuse_other_archives, sheet_rows, whole_file
from bot.core.tables import BrokenTable, Cell, Row, Sheet

LARGEST_UNPACKED = 200 * 1024 * 1024
"""A small file can unpack to any size; no shop's registers are as large as this."""
_WIDTH = 16
_FORMATS = {datetime: "yyyy-mm-dd hh:mm", date: "yyyy-mm-dd", Decimal: "0.00"}


class XlsxWorkbooks:
    """Implements ``ports.Workbooks``."""

    def write(self, sheets: Sequence[Sheet]) -> bytes:
        book = Workbook(write_only=True)
        for sheet in sheets:
            page = book.create_sheet(sheet.title)
            page.freeze_panes = "B2"
            for number in range(len(sheet.header)):
                page.column_dimensions[get_column_letter(number + 1)].width = _WIDTH
            page.append([_heading(page, title) for title in sheet.header])
            for row in sheet.rows:
                page.append([_cell(page, value) for value in row])
        file = BytesIO()
        book.save(file)
        return file.getvalue()

    def read(self, workbook: bytes) -> Iterator[tuple[str, Iterator[Row]]]:
        with whole_file(), ZipFile(BytesIO(workbook)) as archive:
            refuse_other_archives(archive)
            if sum(part.file_size for part in archive.infolist()) > LARGEST_UNPACKED:
                raise BrokenTable("文件解开后太大了；请分成几个文件再导入")
            for title, book in open_books(archive):
                yield title, sheet_rows(archive, book)


def _heading(page: Any, title: str) -> Any:
    cell = _cell(page, title)
    cell.font = Font(bold=True)
    return cell


def _cell(page: Any, value: Cell) -> Any:
    cell = WriteOnlyCell(page, value)
    if isinstance(value, str):
        # openpyxl takes what begins with = for a formula. As text it stays text, also when somebody
        # edits the cell: that is what the quote prefix is for.
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(("=", "+", "-", "@", "\t", "\r"))
    else:
        cell.number_format = _FORMATS.get(type(value), cell.number_format)
    return cell
