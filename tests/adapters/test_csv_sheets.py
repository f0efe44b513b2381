"""Figures as a CSV file: one a line, none of them run by a spreadsheet."""

from bot.adapters.csv_sheets import one_figure_a_line
from bot.core.tables import Sheet


def test_each_figure_has_a_line_of_its_own_with_where_it_belongs():
    sheet = Sheet("按客服", ("名称", "回复", "秒"), [("小周", 3, 12), ("小吴", 0, None)])

    lines = one_figure_a_line([sheet]).decode("utf-8-sig").splitlines()

    assert lines == [
        "表,名称,指标,数",
        "按客服,小周,回复,3",
        "按客服,小周,秒,12",
        "按客服,小吴,回复,0",
    ]


def test_what_a_customer_wrote_is_never_a_formula():
    sheet = Sheet("没听懂", ("原话", "次数"), [("=1+1", 1)])

    assert "没听懂,'=1+1,次数,1" in one_figure_a_line([sheet]).decode("utf-8-sig")
