"""The registers as the shop keeps tables: a sheet a register, days as days, money as numbers."""

from dataclasses import replace
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from bot.core.people import Person
from bot.core.record_refusals import NotAllowed
from bot.services.casework import Casework, Listing
from bot.services.record_sheets import RecordSheets
from tests.record_builders import AGENT, FINANCE, NOW, ORDER, TRAINEE, WAREHOUSE, WHOLE
from tests.services.tables_desk import BOOKS, POLICY, TablesDesk, values


def test_each_register_is_a_sheet_with_its_own_columns(desk):
    desk.enter()

    book = desk.export()

    assert book.sheetnames == ["补发记录", "退运费登记", "差评记录"]
    assert [cell.value for cell in book["补发记录"][1]] == [
        *("编号", "订单号", "补发内容", "数量", "电话", "进度", "原因", "补发状态"),
        *("还缺", "审批", "批准人", "登记时间", "更新时间", "版本"),
    ]


def test_numbers_are_numbers_days_are_days_and_long_numbers_are_text(desk):
    desk.enter("退运费登记", 打款日期="2026-03-14")

    row = values(desk.export(FINANCE)["退运费登记"])

    assert row["订单号"] == ORDER
    assert (row["金额"], row["打款日期"]) == (12.5, datetime(2026, 3, 14))  # noqa: DTZ001
    assert row["登记时间"] == NOW.replace(tzinfo=None)


def test_only_its_keeper_gets_the_phones(desk):
    desk.enter()

    assert values(desk.export(WAREHOUSE)["补发记录"])["电话"] == WHOLE["电话"]
    assert values(desk.export(AGENT)["补发记录"])["电话"] == "138****5678"
    with pytest.raises(NotAllowed):
        desk.export(TRAINEE)


def found(desk: TablesDesk, by: Person = WAREHOUSE, **listing: Any) -> tuple[Workbook, int]:
    exported = RecordSheets(desk.casework, BOOKS).export_found(by, Listing(**listing))
    return load_workbook(BytesIO(exported.workbook)), exported.records


def test_what_a_list_shows_is_exported_whole_and_in_its_order(desk):
    first, second = desk.enter(), desk.enter(订单号="77")
    desk.enter("退运费登记")

    book, records = found(desk, register="补发记录", limit=1, before=1)

    assert (book.sheetnames, records) == (["补发记录"], 2)
    assert [row[0].value for row in book["补发记录"].iter_rows(min_row=2)] == [
        second.id,
        first.id,
    ]


def test_a_list_of_several_registers_has_a_sheet_of_each_that_it_shows(desk):
    desk.enter()
    desk.enter("退运费登记")

    assert found(desk)[0].sheetnames == ["退运费登记", "补发记录"]
    assert found(desk, order_no="999")[0].sheetnames == ["补发记录"]
    assert found(desk, order_no="999")[1] == 0


def test_contacts_in_a_list_are_masked_for_who_does_not_keep_the_register(desk):
    desk.enter()

    assert values(found(desk, AGENT)[0]["补发记录"])["电话"] == "138****5678"
    assert values(found(desk, WAREHOUSE)[0]["补发记录"])["电话"] == WHOLE["电话"]


def test_a_register_that_is_kept_no_longer_is_exported_with_all_its_fields(desk):
    desk.enter("差评记录", 差评原因="慢")
    desk.enter("差评记录", 订单号="77", 差评原因="少件", 处理结果="补了")
    kept = {name: one for name, one in POLICY.registers.items() if name != "差评记录"}
    desk.casework = Casework(lambda: replace(POLICY, registers=kept), desk.registers)

    sheet = found(desk)[0]["差评记录"]

    assert {cell.value for cell in sheet[1]} >= {"订单号", "差评原因", "处理结果"}
    assert sheet.max_row == 3
