"""Somebody with the registers before them and a spreadsheet program, for the tests."""

from dataclasses import replace
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook

from bot.adapters.registers_sql import SqlRegisters
from bot.adapters.xlsx_workbooks import XlsxWorkbooks
from bot.core.people import Person
from bot.core.records import Record
from bot.services.casework import Casework
from bot.services.ports import WantedRecords
from bot.services.record_import import RecordImport, RecordsImported
from bot.services.record_sheets import RecordSheets
from tests.builders import policy
from tests.record_builders import AGENT, NOW, ORDER, REFUND, RESEND, REVIEW, WAREHOUSE, WHOLE

POLICY = replace(policy(), registers={one.name: one for one in (RESEND, REFUND, REVIEW)})
BOOKS = XlsxWorkbooks()
FREIGHT = {"订单号": ORDER, "类型": "退运费", "金额": "12.50", "原因": "质量问题"}


class TablesDesk:
    def __init__(self, registers: SqlRegisters) -> None:
        self.registers = registers
        self.casework = Casework(lambda: POLICY, registers)

    def export(self, by: Person = WAREHOUSE, *names: str) -> Workbook:
        return load_workbook(BytesIO(RecordSheets(self.casework, BOOKS).export(by, names)))

    def take_back(self, book: Workbook, by: Person = WAREHOUSE) -> RecordsImported:
        file = BytesIO()
        book.save(file)
        return RecordImport(self.casework, BOOKS).run(by, NOW, file.getvalue(), "补发.xlsx")

    def enter(self, name: str = "补发记录", **fields: str) -> Record:
        known = {"补发记录": WHOLE, "退运费登记": FREIGHT}.get(name, {"订单号": ORDER})
        seen = self.casework.enter(AGENT, NOW, name, {**known, **fields}, draft=True)
        return self.registers.one(seen.record.id)

    @property
    def records(self) -> list[Record]:
        return list(self.registers.find(WantedRecords()))


def write(page: Any, row: int, **cells: Any) -> None:
    titles = [cell.value for cell in page[1]]
    for title, value in cells.items():
        page.cell(row, titles.index(title) + 1).value = value


def values(page: Any, row: int = 2) -> dict[str, Any]:
    return dict(zip([c.value for c in page[1]], [c.value for c in page[row]], strict=True))
