from datetime import date, datetime
from decimal import Decimal

import pytest

from bot.core.moments import SHANGHAI
from bot.core.orders import Line, Note, Order, OrderStatus, Refund, RefundStatus, ShipmentEvent
from bot.core.tables import Row
from bot.services.order_columns import find_header
from bot.services.order_rows import CONFIRMED, RefusedCell, RowReader

TODAY = date(2025, 10, 22)


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=SHANGHAI)


def order(*rows: dict[str, str], shop: str | None = None) -> Order:
    """The order of rows given by their columns' names."""
    names = tuple(rows[0])
    reader = RowReader(find_header([Row(1, names)]), TODAY, shop)
    return reader.order([Row(n, tuple(row.values())) for n, row in enumerate(rows, 2)])


def order_row(**cells: str) -> dict[str, str]:
    return {"订单编号": "1001", "订单状态": "交易成功", **cells}


def item_row(**cells: str) -> dict[str, str]:
    return {"主订单编号": "1001", "标题": "台灯", "购买数量": "1", **cells}


def test_a_row_of_the_order_sheet_is_an_order():
    found = order(
        order_row(
            买家会员名="晚风",
            买家应付邮费="6.00",
            买家实际支付金额="135.00",
            收货人姓名="赵示例",
            收货地址="青岚省 云川市",
            联系电话="",
            联系手机="15400001234",
            订单创建时间="2025-09-04 10:00:00",
            订单付款时间="2025-09-04 10:04:00",
            宝贝标题="家用路由器",
            宝贝种类="1",
            物流单号="No:78001",
            物流公司="中通快递",
            订单备注="10-16 客户催单\n要发票",
            宝贝总数量="2",
            店铺名称="云栈数码",
            确认收货时间="2025-09-12 08:00:00",
        )
    )

    assert found == Order(
        "1001",
        shop="云栈数码",
        status=OrderStatus.DELIVERED,
        nickname="晚风",
        phone="15400001234",
        recipient="赵示例",
        address="青岚省 云川市",
        placed_at=at(2025, 9, 4, 10),
        paid_at=at(2025, 9, 4, 10, 4),
        courier="中通",
        tracking_no="78001",
        lines=(Line("", "家用路由器", 2, Decimal("129.00")),),
        events=(ShipmentEvent(at(2025, 9, 12, 8), CONFIRMED),),
        notes=(Note("客户催单", at(2025, 10, 16)), Note("要发票")),
    )


def test_the_rows_of_the_item_sheet_are_the_lines_of_one_order():
    found = order(
        item_row(
            价格="169.00",
            商家编码="SS-JN31-L",
            商品属性="颜色:蓝;尺码:L",
            套餐信息="",
            买家实付金额="150.00",
        ),
        item_row(价格="69.00", 商家编码="", 商品属性="", 套餐信息="两件套", 买家实付金额="0.00")
        | {"标题": "围巾", "购买数量": "3"},
    )

    assert found.lines == (
        Line("SS-JN31-L", "台灯 蓝 L", 1, Decimal("150.00"), Decimal("169.00")),
        Line("", "围巾", 3, Decimal("0.00"), Decimal("69.00"), "两件套"),
    )


def test_of_several_goods_summed_up_no_share_of_the_price_is_guessed():
    found = order(
        order_row(买家实付金额="300.00", 商品标题="毛衣，围巾", 宝贝种类="2", 宝贝总数量="3")
    )

    assert found.lines == (Line("", "毛衣，围巾", 3),)


def test_titles_are_told_apart_when_there_is_one_piece_of_each():
    found = order(order_row(商品标题="毛衣，围巾", 宝贝种类="2", 宝贝总数量="2"))

    assert found.lines == (Line("", "毛衣"), Line("", "围巾"))


def test_a_comma_inside_one_title_does_not_make_two():
    found = order(order_row(商品标题="毛衣，加厚", 宝贝种类="1", 宝贝总数量="2"))

    assert found.lines == (Line("", "毛衣，加厚", 2),)


@pytest.mark.parametrize("status", ["等待买家付款", "交易关闭"])
def test_nothing_paid_is_not_a_price_of_nothing(status):
    found = order(
        order_row(买家实付金额="0.00", 商品标题="毛衣", 宝贝种类="1", 宝贝总数量="1")
        | {"订单状态": status}
    )

    assert found.lines[0].paid is None


@pytest.mark.parametrize(
    ("states", "then"),
    [
        (["交易成功", "交易成功"], OrderStatus.DELIVERED),
        (["交易成功", "交易关闭"], OrderStatus.DELIVERED),
        (["交易关闭", "交易关闭"], OrderStatus.CLOSED),
        (["交易成功", "卖家已发货"], None),
    ],
)
def test_the_order_is_in_the_state_its_open_items_agree_on(states, then):
    assert order(*(item_row(订单状态=state) for state in states)).status is then


def test_refunds_of_several_items_are_one_sum():
    found = order(
        item_row(退款状态="退款成功", 退款金额="10.00"),
        item_row(退款状态="退款成功", 退款金额="2.50"),
        item_row(退款状态="", 退款金额=""),
    )

    assert found.refund == Refund(status=RefundStatus.PAID, amount=Decimal("12.50"))


def test_a_refund_that_needs_somebody_goes_before_one_that_is_done():
    found = order(
        item_row(退款状态="退款成功", 退款金额="10.00"),
        item_row(退款状态="买家已经申请退款,等待卖家同意", 退款金额="3.00"),
    )

    assert found.refund == Refund(status=RefundStatus.APPLIED, amount=Decimal("3.00"))


@pytest.mark.parametrize(
    ("said", "amount"), [("12.00", Decimal("12.00")), ("0.00", None), ("", None)]
)
def test_an_amount_alone_says_that_there_was_a_refund_but_not_how_it_stands(said, amount):
    found = order(order_row(退款金额=said))

    assert found.refund == (Refund(amount=amount) if amount else None)


def test_the_shop_given_goes_before_the_sheets():
    assert order(order_row(店铺名称="云栈数码"), shop="routers").shop == "routers"


def test_what_the_sheet_does_not_say_is_unknown():
    assert order(order_row(买家会员名="", 联系手机="")) == Order(
        "1001", status=OrderStatus.DELIVERED
    )


@pytest.mark.parametrize(
    ("cells", "column", "value"),
    [
        ({"订单状态": "已完结"}, "订单状态", "已完结"),
        ({"订单付款时间": "昨天"}, "订单付款时间", "昨天"),
        ({"商品标题": "灯", "宝贝总数量": "两"}, "宝贝总数量", "两"),
        ({"退款金额": "十元"}, "退款金额", "十元"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named(cells, column, value):
    with pytest.raises(RefusedCell) as refused:
        order(order_row(**cells))

    assert (refused.value.row.number, refused.value.column, refused.value.value) == (
        2,
        column,
        value,
    )


@pytest.mark.parametrize("cells", [("1001", "交易成功"), ("1001", "交易成功", "灯", "多出来的")])
def test_a_row_whose_columns_do_not_match_the_header_is_refused(cells):
    reader = RowReader(find_header([Row(1, ("订单编号", "订单状态", "商品标题"))]), TODAY)

    with pytest.raises(RefusedCell, match="列对不上"):
        reader.order([Row(2, cells)])


def test_empty_cells_beyond_the_header_do_no_harm():
    reader = RowReader(find_header([Row(1, ("订单编号", "订单状态"))]), TODAY)

    assert reader.order([Row(2, ("1001", "交易成功", "", ""))]).order_no == "1001"
