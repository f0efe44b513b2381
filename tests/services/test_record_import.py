"""Registers taken back from a workbook: nothing is lost, what is refused is told with its reason."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from bot.core.record_changes import Revision
from bot.core.records import Act, State
from bot.core.register_values import LONGEST
from bot.services.record_import import RecordImport, RecordsImported
from bot.services.record_sheets import RecordSheets
from tests.record_builders import AGENT, FINANCE, NOW, WAREHOUSE, WHOLE
from tests.services.tables_desk import BOOKS, FREIGHT, write


@pytest.mark.parametrize("who", [WAREHOUSE, AGENT, FINANCE])
def test_what_comes_back_as_it_went_out_changes_nothing(desk, who):
    desk.enter()
    desk.enter("退运费登记", 打款日期="2026-03-14")
    desk.enter("差评记录")
    before = desk.records

    report = desk.take_back(desk.export(who), who)

    assert (report.rows, report.unchanged) == (3, 3)
    assert desk.records == before


TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=40) | st.sampled_from(
    ["=1+1", "_x0041_", " 前后 ", "a\r\nb", "1E+5", "007", "2026-03-12", "\x00\x0b", "长" * LONGEST]
)


@given(texts=st.lists(TEXTS, min_size=1, max_size=5))
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_round_trip_loses_nothing_whatever_was_written(desk, texts):
    for number, text in enumerate(texts):
        desk.enter(订单号=f"9{number}", 进度=text, 原因=f"{number}")
    before = desk.records

    report = RecordImport(desk.casework, BOOKS).run(
        WAREHOUSE, NOW, RecordSheets(desk.casework, BOOKS).export(WAREHOUSE), "x"
    )

    assert (report.refused, report.changed, report.added) == ((), 0, 0)
    assert desk.records == before


def test_what_was_written_in_the_sheet_is_taken_over_and_the_history_says_by_whom(desk):
    record = desk.enter()
    book = desk.export()
    write(book["补发记录"], 2, 数量=2, 补发状态="处理中")

    report = desk.take_back(book)

    assert report.changed == 1
    (changed,) = desk.records
    assert (changed.fields["数量"], changed.state) == ("2", State.WORKING)
    lines = desk.registers.history(record.id)[1:]
    assert [line.act for line in lines] == [Act.FILLED, Act.MOVED]
    assert {(line.by, line.source) for line in lines} == {(WAREHOUSE, "导入 补发.xlsx")}


def test_a_new_row_is_a_new_record(desk):
    book = desk.export()
    write(book["补发记录"], 2, **WHOLE)

    report = desk.take_back(book)

    assert report.added == 1
    assert [record.fields for record in desk.records] == [WHOLE]


def test_an_amount_and_a_day_are_taken_from_number_and_date_cells(desk):
    book = desk.export(FINANCE)
    write(book["退运费登记"], 2, **{**FREIGHT, "金额": 12.5, "打款日期": date(2026, 3, 14)})

    desk.take_back(book, FINANCE)

    (record,) = desk.records
    assert (record.amount, record.fields["打款日期"]) == (Decimal("12.50"), "2026-03-14")


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"补发内容": "路由器"}, "只能是"),
        ({"数量": "两"}, "整数"),
        ({"电话": "139****0000"}, "星号"),
        ({"订单号": "2.50904E+11"}, "丢了后几位"),
        ({"补发状态": "完成"}, "待办的记录不能变为完成"),
        ({"补发状态": "做完了"}, "只能是"),
        ({"电话": None, "补发状态": "处理中"}, "还缺 电话"),
        ({"审批": "已批准"}, "不能在表里改"),
        ({"批准人": "我"}, "不能在表里改"),
        ({"版本": 7}, "没有第 7 版"),
        ({"编号": 4711}, "没有记录 4711"),
        ({"编号": "甲"}, "整数"),
        ({"编号": None}, "还缺 原因"),
    ],
)
def test_a_row_that_cannot_be_taken_is_told_and_the_others_are_taken(desk, cells, reason):
    first = desk.enter(原因="" if "编号" in cells and cells["编号"] is None else "未收到")
    desk.enter(订单号="77")
    book = desk.export()
    write(book["补发记录"], 2, **cells)
    write(book["补发记录"], 3, 数量=3)

    report = desk.take_back(book)

    ((refused,), changed) = report.refused, report.changed
    assert (refused.sheet, refused.row, changed) == ("补发记录", 2, 1)
    assert reason in refused.reason
    assert desk.registers.one(first.id) == first


def test_a_row_nobody_wrote_in_stays_out_of_the_way_of_later_changes(desk):
    record = desk.enter()
    old = desk.export()
    desk.casework.revise(WAREHOUSE, NOW, record.id, 1, Revision({"数量": "2"}))

    report = desk.take_back(old)

    assert (report.unchanged, report.refused) == (1, ())
    assert desk.registers.one(record.id).fields["数量"] == "2"


def test_a_row_written_from_an_old_state_does_not_overwrite_a_newer_one(desk):
    record = desk.enter()
    old = desk.export()
    desk.casework.revise(WAREHOUSE, NOW, record.id, 1, Revision({"数量": "2"}))
    write(old["补发记录"], 2, 数量=5)

    ((refused,),) = (desk.take_back(old).refused,)

    assert f"刚被{WAREHOUSE.name}改过" in refused.reason
    assert desk.registers.one(record.id).fields["数量"] == "2"


def test_what_is_another_roles_is_refused_in_a_sheet_too(desk):
    desk.enter()
    book = desk.export(AGENT)
    write(book["补发记录"], 2, 补发状态="处理中")

    ((refused,),) = (desk.take_back(book, AGENT).refused,)

    assert "只有仓库可以" in refused.reason


def test_a_column_that_was_taken_out_is_left_alone(desk):
    record = desk.enter()
    book = desk.export()
    titles = [cell.value for cell in book["补发记录"][1]]
    book["补发记录"].delete_cols(titles.index("电话") + 1)

    assert desk.take_back(book).unchanged == 1
    assert desk.registers.one(record.id) == record


def broken(change: Callable[[Any], None]) -> Callable[[Workbook], None]:
    return lambda book: change(book["补发记录"])


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (broken(lambda page: write(page, 1, 数量="几根")), "没有「几根」这一列"),
        (broken(lambda page: write(page, 1, 数量="电话")), "有两次"),
        (broken(lambda page: page.delete_cols(1)), "没有「编号」这一列"),
        (broken(lambda page: setattr(page, "title", "流水账")), "没有「流水账」"),
    ],
)
def test_a_sheet_that_is_no_register_is_refused_whole(desk, change, reason):
    desk.enter()
    book = desk.export()
    change(book)

    ((refused,),) = (desk.take_back(book).refused,)

    assert refused.row == 1
    assert reason in refused.reason


def test_an_empty_sheet_and_empty_rows_are_nothing(desk):
    book = desk.export()
    book["补发记录"].delete_rows(1)
    write(book["差评记录"], 3, 订单号=None)

    assert desk.take_back(book) == RecordsImported()


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"数量": "两"}, "数量"),
        ({"补发状态": "做完了"}, "补发状态"),
        ({"补发状态": "完成"}, "补发状态"),
        ({"电话": None, "补发状态": "处理中"}, "电话"),
        ({"审批": "已批准"}, "审批"),
        ({"版本": 7}, "版本"),
        ({"编号": 4711}, "编号"),
    ],
)
def test_a_refused_row_names_the_cell_that_is_wrong(desk, cells, column):
    desk.enter()
    book = desk.export()
    write(book["补发记录"], 2, **cells)

    ((refused,),) = (desk.take_back(book).refused,)

    assert refused.column == column


def test_a_row_that_is_another_roles_is_refused_whole(desk):
    desk.enter()
    book = desk.export(AGENT)
    write(book["补发记录"], 2, 补发状态="处理中")

    ((refused,),) = (desk.take_back(book, AGENT).refused,)

    assert refused.column == ""


def test_how_far_it_is_is_told_after_each_row(desk):
    desk.enter()
    desk.enter(订单号="77")
    book = desk.export()
    write(book["补发记录"], 2, 数量="两")
    far: list[RecordsImported] = []

    file = BytesIO()
    book.save(file)
    RecordImport(desk.casework, BOOKS).run(WAREHOUSE, NOW, file.getvalue(), "补发.xlsx", far.append)

    assert [(one.rows, len(one.refused)) for one in far] == [(1, 1), (2, 1)]
