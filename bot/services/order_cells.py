"""What one cell of an export says, without the marks that spreadsheets and platforms leave."""

import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation

from bot.core.moments import SHANGHAI
from bot.core.numbers import clean_number
from bot.core.orders import OrderStatus, RefundStatus
from bot.language.couriers import BY_SPELLING

_AS_TEXT = re.compile(r'="?(.*?)"?', re.DOTALL)
_NOTHING = frozenset(
    {"null", "none", "nan", "-", "--", "无", "暂无", "没有备注", "无备注", "没有留言", "没有填写"}
    | {"无退款申请", "没有申请退款"}
)
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d{1,3}")
_ORDER_NO = re.compile(r"[0-9A-Z]{4,64}")
_MONEY_MARKS = re.compile(r"[¥￥,，元\s]|CNY|RMB")
_MOMENT = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?"
)

_STATUSES: Mapping[str, OrderStatus] = {
    "等待买家付款": OrderStatus.UNPAID,
    "未付款": OrderStatus.UNPAID,
    "待付款": OrderStatus.UNPAID,
    "买家已付款": OrderStatus.PAID,
    "买家已付款,等待卖家发货": OrderStatus.PAID,
    "等待卖家发货": OrderStatus.PAID,
    "待发货": OrderStatus.PAID,
    "卖家部分发货": OrderStatus.SHIPPED,
    "部分发货": OrderStatus.SHIPPED,
    "卖家已发货": OrderStatus.SHIPPED,
    "卖家已发货,等待买家确认": OrderStatus.SHIPPED,
    "卖家已发货,等待买家确认收货": OrderStatus.SHIPPED,
    "等待买家确认收货": OrderStatus.SHIPPED,
    "已发货": OrderStatus.SHIPPED,
    "买家已签收": OrderStatus.DELIVERED,
    "交易成功": OrderStatus.DELIVERED,
    "交易完成": OrderStatus.DELIVERED,
    "WAIT_BUYER_PAY": OrderStatus.UNPAID,
    "WAIT_SELLER_SEND_GOODS": OrderStatus.PAID,
    "SELLER_CONSIGNED_PART": OrderStatus.SHIPPED,
    "WAIT_BUYER_CONFIRM_GOODS": OrderStatus.SHIPPED,
    "TRADE_BUYER_SIGNED": OrderStatus.DELIVERED,
    "TRADE_FINISHED": OrderStatus.DELIVERED,
    "TRADE_CLOSED": OrderStatus.CLOSED,
    "TRADE_CLOSED_BY_TAOBAO": OrderStatus.CLOSED,
}
_REFUNDS: Mapping[str, RefundStatus | None] = {
    "退款关闭": None,
    "买家已经申请退款,等待卖家同意": RefundStatus.APPLIED,
    "卖家已经同意退款,等待买家退货": RefundStatus.WAITING_RETURN,
    "买家已经退货,等待卖家确认收货": RefundStatus.WAITING_RETURN,
    "卖家拒绝退款": RefundStatus.REJECTED,
    "退款成功": RefundStatus.PAID,
}


def plain(cell: str) -> str:
    """The cell without ``="…"``, apostrophe or tab before it; "" for 「没有备注」 or null."""
    text = cell.strip().strip("\ufeff\u200b")
    if text.startswith("="):
        found = _AS_TEXT.fullmatch(text)
        text = found[1] if found else text
    text = text.removeprefix("'").strip()
    return "" if text.lower() in _NOTHING else text


def order_no(text: str) -> str:
    """Raises ValueError for a number that a spreadsheet has damaged, or that is none."""
    if not text:
        raise ValueError("没有订单编号")
    if _SCIENTIFIC.fullmatch(text):
        raise ValueError(
            "订单编号被表格软件改成了科学计数法,后几位已丢失;请重新导出,不要用表格另存"
        )
    number = clean_number(text)
    if not _ORDER_NO.fullmatch(number) or any("一" <= sign <= "鿿" for sign in text):
        raise ValueError("订单编号里有不认识的字符")
    return number


def status(text: str) -> OrderStatus:
    wanted = _narrow(text)
    if wanted.endswith("关闭") or wanted.startswith("交易关闭"):
        return OrderStatus.CLOSED
    if wanted not in _STATUSES:
        raise ValueError("不认识的订单状态")
    return _STATUSES[wanted]


def refund_status(text: str) -> RefundStatus | None:
    """None when no refund was asked for, or when it was withdrawn."""
    wanted = _narrow(text)
    if wanted not in _REFUNDS:
        raise ValueError("不认识的退款状态")
    return _REFUNDS[wanted]


def money(text: str) -> Decimal:
    """Yuan, exact; Raises ValueError for what is no amount in whole fen."""
    try:
        amount = Decimal(_MONEY_MARKS.sub("", text))
    except InvalidOperation:
        raise ValueError("不是金额") from None
    if not amount.is_finite() or amount < 0 or amount != round(amount, 2):
        raise ValueError("金额须为不小于零、精确到分的数")
    return amount


def pieces(text: str) -> int:
    digits = text.removesuffix(".0").removesuffix("件")
    if not (digits.isascii() and digits.isdigit()) or int(digits) < 1:
        raise ValueError("数量须为不小于一的整数")
    return int(digits)


def moment(text: str) -> datetime:
    """Platform times carry no zone: they are Beijing time."""
    found = _MOMENT.fullmatch(text)
    parts = [int(part or 0) for part in found.groups()] if found else [0] * 6
    year, month, day, hour, minute, second = parts
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=SHANGHAI)
    except ValueError:
        raise ValueError("不是时间,应如 2025-09-08 14:30:00") from None


def nickname(text: str) -> str | None:
    """A masked nickname (``t**``) is nobody's: many customers share it."""
    return None if "*" in text else text or None


def courier(text: str) -> str | None:
    """``中通快递`` as the shop says it: ``中通``."""
    if "EMS" in text.upper():
        return "EMS"
    bare = re.split(r"快递|速递|速运|快运|物流|快件|特快", text)[0].strip()
    return BY_SPELLING.get(text.lower()) or BY_SPELLING.get(bare.lower()) or bare or text or None


def tracking_no(text: str) -> str | None:
    """The first parcel's number; old exports put ``No:`` before it."""
    first = re.split(r"[,，;；、\s]+", text.strip())[0]
    return clean_number(re.sub(r"(?i)^no[:：.]?", "", first)) or None


def attributes(text: str) -> str:
    """``颜色分类:深蓝;尺码:L`` as ``深蓝 L``."""
    parts = re.split(r"[;；]", text)
    return " ".join(re.split(r"[:：]", part, maxsplit=1)[-1].strip() for part in parts if part)


def _narrow(text: str) -> str:
    return re.sub(r"\s+", "", text).replace("，", ",")
