"""The registers as the shop keeps tables: a sheet a register, days as days, money as numbers."""

from datetime import datetime

import pytest

from bot.core.record_refusals import NotAllowed
from tests.record_builders import AGENT, FINANCE, NOW, ORDER, TRAINEE, WAREHOUSE, WHOLE
from tests.services.tables_desk import values


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
