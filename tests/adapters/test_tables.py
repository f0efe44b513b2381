import pytest

from bot.adapters.tables import FileTables
from bot.core.tables import BrokenTable


def test_a_missing_file_is_named(tmp_path):
    with (
        pytest.raises(BrokenTable, match=r"nowhere\.csv"),
        FileTables().rows(tmp_path / "nowhere.csv"),
    ):
        pass


def test_what_a_file_is_shows_in_what_it_holds_not_in_its_name(tmp_path):
    path = tmp_path / "orders.xlsx"
    path.write_text("订单编号\n1001\n", encoding="gbk")

    with FileTables().rows(path) as rows:
        assert [row.cells for row in rows] == [("订单编号",), ("1001",)]


def test_the_list_of_refused_rows_lies_beside_the_file(tmp_path):
    with FileTables().refusals(tmp_path / "orders.csv") as refusals:
        refusals.add(2, "1001", "订单状态", "不认识", "?")

        assert refusals.path == tmp_path / "orders.csv.refused.csv"
