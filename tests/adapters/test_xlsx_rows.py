from datetime import date, datetime, time
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from bot.adapters.xlsx_rows import looks_like_xlsx, number_text, xlsx_rows
from bot.core.tables import BrokenTable, Row

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PARTS = {
    "[Content_Types].xml": "<Types/>",
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships><Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/one.xml"/>'
        f'<Relationship Id="r2" Type="{OFFICE}/sharedStrings" Target="/xl/strings.xml"/></Relationships>'
    ),
    "xl/strings.xml": (
        f'<sst xmlns="{MAIN}"><si><t>订单编号</t></si>'
        "<si><r><t>交易</t></r><r><t>成功</t></r><rPh><t>jiaoyi</t></rPh></si></sst>"
    ),
    "xl/worksheets/one.xml": (
        f'<x:worksheet xmlns:x="{MAIN}"><x:dimension ref="A1"/><x:sheetData>'
        '<x:row r="1"><x:c r="A1" t="s"><x:v>0</x:v></x:c><x:c r="C1" t="s"><x:v>1</x:v></x:c></x:row>'
        '<x:row r="3"><x:c t="inlineStr"><x:is><x:t>一</x:t></x:is></x:c><x:c><x:v>7</x:v></x:c>'
        '<x:c r="AB3" t="b"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    ),
}


def book(*rows: list[object]) -> bytes:
    workbook = Workbook()
    for row in rows:
        workbook.active.append(row)
    return saved(workbook)


def saved(workbook: Workbook) -> bytes:
    file = BytesIO()
    workbook.save(file)
    return file.getvalue()


def archive(parts: dict[str, str]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as packed:
        for name, text in parts.items():
            packed.writestr(name, text)
    return file.getvalue()


def read(data: bytes) -> list[Row]:
    return list(xlsx_rows(BytesIO(data)))


def test_cells_are_read_as_a_person_sees_them():
    data = book(
        ["订单编号", None, "是否"],
        ["5118609024991031607", 12, True],
        [datetime(2025, 9, 8, 14, 30, 5), 12.5, date(2025, 9, 8)],  # noqa: DTZ001
        [time(14, 30), 0.1, False],
    )

    assert [row.cells for row in read(data)] == [
        ("订单编号", "", "是否"),
        ("5118609024991031607", "12", "是"),
        ("2025-09-08 14:30:05", "12.5", "2025-09-08 00:00:00"),
        ("14:30:00", "0.1", "否"),
    ]


def test_a_sheet_that_gives_its_size_as_one_cell_is_read_whole():
    rows = read(archive(PARTS))

    assert [row.number for row in rows] == [1, 3]
    assert rows[0].cells == ("订单编号", "", "交易成功")
    assert rows[1].cells == ("一", "7", *[""] * 25, "是")


def test_dates_may_count_from_1904():
    workbook = Workbook()
    workbook.epoch = CALENDAR_MAC_1904
    workbook.active.append([datetime(2025, 9, 8, 14, 30)])  # noqa: DTZ001

    assert read(saved(workbook))[0].cells == ("2025-09-08 14:30:00",)


def test_only_the_first_sheet_counts():
    workbook = Workbook()
    workbook.active.append(["一"])
    workbook.create_sheet().append(["二"])

    assert [row.cells for row in read(saved(workbook))] == [("一",)]


@pytest.mark.parametrize(
    ("kept", "seen"),
    [
        ("7", "7"),
        ("7.0", "7"),
        ("12.50", "12.5"),
        ("1E3", "1000"),
        ("-3", "-3"),
        ("123456789012345", "123456789012345"),
        ("5118609024991031607", "5118609024991031607"),
    ],
)
def test_a_number_is_given_in_digits(kept, seen):
    assert number_text(kept) == seen


@pytest.mark.parametrize(
    "kept", ["5.11860902499103E+18", "5118609024991030000", "2.50904220031E17"]
)
def test_a_number_that_has_lost_digits_shows_it(kept):
    assert "E+1" in number_text(kept)


@pytest.mark.parametrize("length", [10, 400, 2000, -400, -30])
def test_a_file_cut_off_anywhere_is_refused(length):
    data = book(*([f"单元格{at}", at] for at in range(500)))[:length]

    with pytest.raises(BrokenTable, match="不完整"):
        read(data)


def test_a_sheet_damaged_inside_is_refused():
    cut = {**PARTS, "xl/worksheets/one.xml": PARTS["xl/worksheets/one.xml"][:-60]}

    with pytest.raises(BrokenTable, match="不完整"):
        read(archive(cut))


@pytest.mark.parametrize(
    "part",
    ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/one.xml", "xl/strings.xml"],
)
def test_a_missing_part_is_refused(part):
    with pytest.raises(BrokenTable, match="不完整"):
        read(archive({name: text for name, text in PARTS.items() if name != part}))


def test_a_packed_csv_is_told_from_a_spreadsheet():
    with pytest.raises(BrokenTable, match="先解压"):
        read(archive({"订单.csv": "订单编号\n"}))


def test_definitions_that_could_fill_the_memory_are_refused():
    bomb = '<!DOCTYPE a [<!ENTITY b "b">]>' + PARTS["xl/worksheets/one.xml"]

    with pytest.raises(BrokenTable, match="定义"):
        read(archive({**PARTS, "xl/worksheets/one.xml": bomb}))


def test_an_old_or_locked_spreadsheet_says_what_to_do():
    with pytest.raises(BrokenTable, match="另存为 XLSX"):
        looks_like_xlsx(BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))


def test_a_csv_is_not_taken_for_a_spreadsheet():
    assert not looks_like_xlsx(BytesIO("订单编号\n".encode()))
