"""Spreadsheets of several sheets: what is written comes back, and no cell is a formula."""

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from bot.adapters import xlsx_workbooks
from bot.adapters.xlsx_workbooks import XlsxWorkbooks
from bot.core.moments import SHANGHAI
from bot.core.tables import BrokenTable, Sheet

BOOKS = XlsxWorkbooks()
RUNS = ("=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x","点")')


def sheet(*rows, title="补发记录"):
    return Sheet(title, ("编号", "内容"), rows)


def test_each_sheet_comes_back_with_its_rows():
    rows = [(1, "漏发\n一根"), (2, Decimal("12.50")), (3, date(2025, 9, 12)), (4, None)]
    moment = (5, datetime(2025, 9, 12, 10, 30, 5, tzinfo=SHANGHAI).replace(tzinfo=None))

    book = BOOKS.write([sheet(*rows, moment), sheet(title="换货登记")])

    (first, of_first), (second, of_second) = (
        (title, [row.cells for row in rows]) for title, rows in BOOKS.read(book)
    )
    assert (first, second) == ("补发记录", "换货登记")
    assert of_first == [
        ("编号", "内容"),
        ("1", "漏发\n一根"),
        ("2", "12.5"),
        ("3", "2025-09-12 00:00:00"),
        ("4",),
        ("5", "2025-09-12 10:30:05"),
    ]
    assert of_second == [("编号", "内容")]


def test_days_are_days_amounts_are_numbers_and_long_numbers_are_text():
    book = BOOKS.write([sheet(("250904220031250904", Decimal("12.50")), (date(2025, 9, 12), 3))])

    page = load_workbook(BytesIO(book))["补发记录"]

    assert [(cell.data_type, cell.number_format) for cell in (*page[2], *page[3])] == [
        ("s", "General"),
        ("n", "0.00"),
        ("d", "yyyy-mm-dd"),
        ("n", "General"),
    ]
    assert page.freeze_panes == "B2"


@pytest.mark.parametrize("written", RUNS)
def test_what_begins_like_a_formula_stays_text_and_comes_back_as_it_was(written):
    book = BOOKS.write([sheet((1, written))])

    cell = load_workbook(BytesIO(book))["补发记录"]["B2"]
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", written, True)
    ((_, row),) = ([row.cells for row in rows] for _, rows in BOOKS.read(book))
    assert row == ("1", written)


@pytest.mark.parametrize("damaged", [b"", b"PK\x03\x04", BOOKS.write([sheet()])[:-200]])
def test_a_damaged_file_is_told(damaged):
    with pytest.raises(BrokenTable, match="不完整或已损坏"):
        list(BOOKS.read(damaged))


def test_another_archive_is_told():
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("a.txt", "a")

    with pytest.raises(BrokenTable, match="压缩包"):
        list(BOOKS.read(file.getvalue()))


def test_a_file_that_unpacks_to_too_much_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(xlsx_workbooks, "LARGEST_UNPACKED", 100)

    with pytest.raises(BrokenTable, match="太大"):
        list(BOOKS.read(BOOKS.write([sheet()])))
