import pytest

from bot.core.tables import Row
from bot.services.order_columns import Kind, NotAnOrderExport, find_header


def header(*cells: str):
    return find_header([Row(1, cells)])


def test_a_sheet_with_a_row_an_order_is_told_from_one_with_a_row_an_item():
    assert header("订单编号", "订单状态", "宝贝标题").kind is Kind.ORDERS
    assert header("订单编号", "标题", "购买数量").kind is Kind.ITEMS


def test_a_column_is_found_under_either_name_and_with_blanks_after_it():
    old = header("订单编号", "订单状态", "宝贝标题 ", "买家实际支付金额")
    new = header("订单编号", "订单状态", "商品标题", "买家实付金额")

    assert old.places["title"] == new.places["title"] == (2,)
    assert old.places["paid"] == new.places["paid"] == (3,)


def test_the_main_orders_number_counts_not_the_items():
    found = header("子订单编号", "主订单编号", "商品标题", "购买数量")

    assert found.value(Row(2, ("2", "1", "台灯", "1")), "order_no") == "1"


def test_of_two_columns_for_one_thing_the_first_that_says_something_counts():
    found = header("订单编号", "标题", "购买数量", "外部系统编号", "商家编码")

    assert found.value(Row(2, ("1001", "台灯", "1", "OUT-1", "MH-1")), "sku") == "MH-1"
    assert found.value(Row(2, ("1001", "台灯", "1", "OUT-1", "")), "sku") == "OUT-1"


def test_a_title_above_the_header_is_passed_over():
    rows = [Row(1, ("九月订单",)), Row(2, ("",)), Row(3, ("订单编号", "订单状态"))]

    assert find_header(rows).row.number == 3


def test_a_byte_order_mark_before_the_first_name_does_no_harm():
    assert header("\ufeff订单编号", "订单状态").places["order_no"] == (0,)


def test_a_table_of_something_else_is_refused_with_columns_missing_and_seen():
    with pytest.raises(NotAnOrderExport, match=r"缺少列「订单编号、订单状态」;看到的列:姓名、电话"):
        header("姓名", "电话")


def test_an_item_sheet_without_titles_is_refused():
    with pytest.raises(NotAnOrderExport, match="缺少列「商品标题」"):
        header("订单编号", "购买数量")


def test_an_empty_file_is_refused():
    with pytest.raises(NotAnOrderExport, match="空的"):
        find_header([])
