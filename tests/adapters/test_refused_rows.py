import csv

import pytest

from bot.adapters.refused_rows import refused_rows


@pytest.fixture
def path(tmp_path):
    return tmp_path / "orders.csv.refused.csv"


def listed(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_each_refused_row_is_listed_with_its_reason(path):
    with refused_rows(path) as refused:
        refused.add(7, "1001", "订单状态", "不认识的订单状态", "已发货?")

    assert listed(path) == [
        ["行号", "订单编号", "列", "原因", "内容"],
        ["7", "1001", "订单状态", "不认识的订单状态", "已发货?"],
    ]


def test_excel_is_told_that_it_is_utf_8(path):
    with refused_rows(path) as refused:
        refused.add(7, "1001", "订单状态", "不认识的订单状态", "?")

    assert path.read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=cmd|"/c calc"!A1'])
def test_a_value_that_a_spreadsheet_would_run_is_kept_as_text(path, value):
    with refused_rows(path) as refused:
        refused.add(7, value, "列", "原因", value)

    assert listed(path)[1][1] == f"'{value}"
    assert listed(path)[1][4] == f"'{value}"


def test_without_refused_rows_there_is_no_list(path):
    with refused_rows(path) as refused:
        assert refused.path is None

    assert not path.exists()


def test_the_list_of_an_earlier_run_is_taken_away(path):
    path.write_text("old")

    with refused_rows(path):
        pass

    assert not path.exists()
