"""Practice scenarios are read strictly: what is written wrongly is named with file, line, key, mend."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.adapters.practice_files import read_practices
from bot.core.practice import Persona, Practice
from bot.services.ports import PolicyError

GOOD = """\
- id: missing_cable_1
  title: 一根网线没收到
  level: 1
  persona: hurried
  patience: 4
  order:
    order_no: "240101000001"
    status: delivered
    received_at: -3
    promised_ship_by: 2
    lines: [{sku: A, title: 路由器, qty: 2}]
    refund: {status: applied, applied_at: -1}
    notes: [客户说缺线]
  opening: [没有网线, 网线呢]
  knows:
    searched: [找过了]
  volunteers: [我赶时间]
  goal: look_again
"""
TODAY = date(2026, 3, 12)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "missing_cable.yml"


def read(file: Path, text: str) -> list[Practice]:
    file.write_text(text, encoding="utf-8")
    return list(read_practices([file]))


def test_a_scenario_is_read_with_its_case_from_the_files_name(file: Path) -> None:
    [practice] = read(file, GOOD)

    assert practice.case == "missing_cable"
    assert practice.persona is Persona.HURRIED
    assert practice.opening == ("没有网线", "网线呢")
    assert practice.knows == {"searched": ("找过了",)}
    assert practice.volunteers == ("我赶时间",)


def test_whole_numbers_in_date_fields_are_days_from_the_day_of_practice(file: Path) -> None:
    [practice] = read(file, GOOD)

    [order] = practice.orders_on(TODAY)

    assert order.received_at is not None
    assert order.promised_ship_by is not None
    assert order.received_at.date() == TODAY - timedelta(days=3)
    assert order.promised_ship_by.date() == TODAY + timedelta(days=2)
    assert order.refund is not None
    assert order.refund.applied_at is not None
    assert order.refund.applied_at.date() == TODAY - timedelta(days=1)
    assert order.lines[0].qty == 2
    assert order.notes[0].text == "客户说缺线"


def test_a_customer_may_have_several_orders_or_none(file: Path) -> None:
    two = GOOD.partition("  order:")[0] + (
        '  order: [{order_no: "1", received_at: -3}, {order_no: "2", received_at: 0}]\n'
        "  opening: [没有网线]\n  goal: look_again\n"
    )
    none = two.replace("id: missing_cable_1", "id: missing_cable_2")
    none = "\n".join(line for line in none.splitlines() if "order:" not in line) + "\n"

    several, without = read(file, two + none)

    assert [o.order_no for o in several.orders_on(TODAY)] == ["1", "2"]
    assert without.orders_on(TODAY) == ()


@pytest.mark.parametrize(
    ("old", "new", "line", "key", "mend"),
    [
        ("level: 1", "level: 4", 3, "0.level", "可以是 one of 1, 2 or 3"),
        ("persona: hurried", "persona: angry", 4, "0.persona", "可以是 one of"),
        ("patience: 4", "patience: 0", 5, "0.patience", "写法不对"),
        ("volunteers:", "volunteer:", 17, "0.volunteer", "did you mean volunteers"),
        ("opening: [没有网线, 网线呢]", "opening: []", 14, "0.opening", "至少要有一项"),
        ("    searched: [找过了]", "    searched: []", 16, "0.knows.searched", "至少要有一项"),
        ("  goal: look_again\n", "", 1, "0.goal", "补上这个键"),
        ("received_at: -3", "received_at: 2026-03-09", 9, "0.order.received_at", "such as -3"),
        ("received_at: -3", "received: -3", 9, "0.order.received", "is not known"),
        ("qty: 2", "qty: 0", 11, "0.order.lines.0.qty", "a whole number from 1"),
        ("applied_at: -1", 'applied_at: "-1"', 12, "0.order.refund.applied_at", "such as -3"),
        ("[客户说缺线]", "[10-16 客户说缺线]", 13, "0.order.notes", "leave the day out"),
        ('    order_no: "240101000001"\n', "", 6, "0.order.order_no", "is missing"),
    ],
)
def test_a_fault_is_named_with_file_line_key_and_mend(
    file: Path, old: str, new: str, line: int, key: str, mend: str
) -> None:
    assert old in GOOD

    with pytest.raises(PolicyError) as raised:
        read(file, GOOD.replace(old, new))

    error = raised.value
    assert (error.path.name, error.line, error.key) == ("missing_cable.yml", line, key)
    assert mend in error.mend
