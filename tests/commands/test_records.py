"""The registers at the command line, on a database of its own."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot import wiring
from bot.commands import records
from bot.core.moments import SHANGHAI
from bot.core.record_refusals import UnknownRegister
from tests.record_builders import NOW

WAREHOUSE = records.person("warehouse", "阿强")
AGENT = records.person("agent", "小周")
WHOLE = {
    "订单号": "250904220031",
    "类别": "网线",
    "补发内容": "网线",
    "收件人": "余慢",
    "电话": "13812345678",
    "地址": "示例省示例市示例路一号楼",
    "原因": "未收到",
}


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the workbook goes; the shop has one record."""
    monkeypatch.setenv("SHOUHOU_VAR", str(tmp_path))
    monkeypatch.delenv("SHOUHOU_DATABASE_URL", raising=False)
    database = wiring.shop_database()
    casework = wiring.casework(database, wiring.policy_store())
    casework.enter(AGENT, NOW.astimezone(SHANGHAI), "补发记录", {**WHOLE, "电话": ""}, draft=True)
    database.close()
    return tmp_path / "registers.xlsx"


def test_records_are_listed_with_what_is_missing(book, capsys):
    records.find(AGENT, "补发记录", "待办", as_json_=False)

    assert capsys.readouterr().out == "1  补发记录  待办  250904220031  未收到  还缺 电话\n"


def test_records_are_json_when_asked_for(book, capsys):
    records.find(AGENT, None, None, as_json_=True)
    records.find(AGENT, None, "完成", as_json_=True)

    listed, done = map(json.loads, capsys.readouterr().out.splitlines())
    assert listed[0]["missing"] == ["电话"]
    assert done == []


def test_a_register_that_is_not_there_is_named(book):
    with pytest.raises(UnknownRegister, match="流水账"):
        records.find(AGENT, "流水账", None, as_json_=False)


def test_a_workbook_goes_out_and_comes_back(book, capsys):
    records.export(WAREHOUSE, book, ["补发记录"])
    opened = load_workbook(book)
    page = opened["补发记录"]
    titles = [cell.value for cell in page[1]]
    page.cell(2, titles.index("电话") + 1).value = WHOLE["电话"]
    page.cell(3, titles.index("订单号") + 1).value = "9"
    opened.save(book)

    code = records.take_back(WAREHOUSE, book, as_json_=False)
    again = records.take_back(WAREHOUSE, book, as_json_=True)

    lines = capsys.readouterr().out.splitlines()
    assert code == again == 1
    assert lines[0] == str(book)
    assert "1 changed 更新" in lines[1]
    assert lines[2].startswith("  补发记录 | 3 | 还缺 类别")
    twice = json.loads(lines[3])
    assert (twice["unchanged"], [one["row"] for one in twice["refused"]]) == (1, [3])
