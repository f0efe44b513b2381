from datetime import datetime
from decimal import Decimal

import pytest

from bot.core.moments import SHANGHAI
from bot.core.orders import OrderStatus, RefundStatus
from bot.services import order_cells as cells


@pytest.mark.parametrize(
    ("kept", "meant"),
    [
        ('="5118609024991031607"', "5118609024991031607"),
        ("'15400001234", "15400001234"),
        ("\t5118609024991031607", "5118609024991031607"),
        ("\ufeff1001", "1001"),
        ("null", ""),
        ("'null", ""),
        ("NULL", ""),
        ("没有备注", ""),
        ("没有申请退款", ""),
        ("-", ""),
        (" 中通快递 ", "中通快递"),
        ("=1+1", "1+1"),
        ("", ""),
    ],
)
def test_a_cell_is_freed_of_the_marks_around_it(kept, meant):
    assert cells.plain(kept) == meant


@pytest.mark.parametrize("text", ["5.11861E+18", "2.50904E17", "5E+18"])
def test_an_order_number_that_a_spreadsheet_has_damaged_is_refused(text):
    with pytest.raises(ValueError, match="科学计数法"):
        cells.order_no(text)


@pytest.mark.parametrize("text", ["", "合计", "总计 12345", "123", "1" * 65])
def test_what_is_no_order_number_is_refused(text):
    with pytest.raises(ValueError, match="订单编号"):
        cells.order_no(text)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("等待买家付款", OrderStatus.UNPAID),
        ("买家已付款,等待卖家发货", OrderStatus.PAID),
        ("买家已付款，等待卖家发货", OrderStatus.PAID),
        ("买家已付款, 等待卖家发货", OrderStatus.PAID),
        ("卖家已发货，等待买家确认", OrderStatus.SHIPPED),
        ("卖家部分发货", OrderStatus.SHIPPED),
        ("交易成功", OrderStatus.DELIVERED),
        ("交易关闭", OrderStatus.CLOSED),
        ("付款以后用户退款成功,交易自动关闭", OrderStatus.CLOSED),
        ("TRADE_FINISHED", OrderStatus.DELIVERED),
    ],
)
def test_the_platforms_status_is_understood_with_either_comma(text, status):
    assert cells.status(text) is status


def test_an_unknown_status_is_refused():
    with pytest.raises(ValueError, match="不认识的订单状态"):
        cells.status("已完结")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("退款关闭", None),
        ("买家已经申请退款，等待卖家同意", RefundStatus.APPLIED),
        ("卖家已经同意退款,等待买家退货", RefundStatus.WAITING_RETURN),
        ("买家已经退货，等待卖家确认收货", RefundStatus.WAITING_RETURN),
        ("卖家拒绝退款", RefundStatus.REJECTED),
        ("退款成功", RefundStatus.PAID),
    ],
)
def test_the_platforms_refund_status_is_understood(text, status):
    assert cells.refund_status(text) is status


def test_an_unknown_refund_status_is_refused():
    with pytest.raises(ValueError, match="不认识的退款状态"):
        cells.refund_status("退款中?")


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("129.00", "129.00"),
        ("￥1,299.5", "1299.5"),
        ("0", "0"),
        ("12 元", "12"),
        ("CNY 3.20", "3.20"),
    ],
)
def test_an_amount_is_read_exactly(text, amount):
    assert cells.money(text) == Decimal(amount)


@pytest.mark.parametrize("text", ["-1.00", "1.005", "十元", "1E-3", "NaN", "--1"])
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(ValueError, match="金额"):
        cells.money(text)


@pytest.mark.parametrize(("text", "count"), [("1", 1), ("2.0", 2), ("3件", 3)])
def test_pieces_are_counted(text, count):
    assert cells.pieces(text) == count


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "两", "²"])
def test_what_is_no_count_is_refused(text):
    with pytest.raises(ValueError, match="数量"):
        cells.pieces(text)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("2025-09-08 14:30:05", (2025, 9, 8, 14, 30, 5)),
        ("2025/9/8 14:30", (2025, 9, 8, 14, 30)),
        ("2025-09-08T14:30:05.123", (2025, 9, 8, 14, 30, 5)),
        ("2025.09.08", (2025, 9, 8)),
    ],
)
def test_a_time_is_beijing_time(text, parts):
    assert cells.moment(text) == datetime(*parts, tzinfo=SHANGHAI)


@pytest.mark.parametrize("text", ["45908.6", "2025-13-08", "昨天", "2025-09-08 25:00"])
def test_what_is_no_time_is_refused(text):
    with pytest.raises(ValueError, match="时间"):
        cells.moment(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("中通快递", "中通"),
        ("顺丰速运", "顺丰"),
        ("EMS经济快递", "EMS"),
        ("邮政国内小包EMS", "EMS"),
        ("圆通速递", "圆通"),
        ("京东物流", "京东"),
        ("山海速递", "山海"),
        ("商家自送", "商家自送"),
        ("", None),
    ],
)
def test_a_courier_has_one_name(text, name):
    assert cells.courier(text) == name


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("No:78000000000001", "78000000000001"),
        ("78000000000001", "78000000000001"),
        ("sf01 ,sf02", "SF01"),
        ("SF01；SF02", "SF01"),
        ("", None),
    ],
)
def test_the_first_parcels_number_is_taken(text, number):
    assert cells.tracking_no(text) == number


@pytest.mark.parametrize(("text", "name"), [("晚风", "晚风"), ("t**", None), ("", None)])
def test_a_masked_nickname_is_nobodys(text, name):
    assert cells.nickname(text) == name


def test_attributes_are_said_without_their_names():
    assert cells.attributes("颜色分类:深蓝;尺码：L") == "深蓝 L"
    assert cells.attributes("均码") == "均码"
    assert cells.attributes("") == ""
