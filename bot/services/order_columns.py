"""The columns of the order exports that shops have, under each name the platform has given them.

Two kinds of sheet: 订单报表 has a row an order, 宝贝报表 a row an item. Names changed over the
years (宝贝标题 → 商品标题, 买家实际支付金额 → 买家实付金额); both are read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.core.tables import Row

HEADER_WITHIN = 10
"""The header is among these first rows; some tools put a title above it."""


class Kind(StrEnum):
    ORDERS = "订单报表"
    ITEMS = "宝贝报表"


# Where a sheet has several columns for one thing, the earlier name here counts: some 宝贝报表 have
# the item's own 订单编号 beside the 主订单编号 that is wanted.
COLUMNS: Mapping[str, Sequence[str]] = {
    "order_no": ("主订单编号", "订单编号", "订单号", "父订单编号"),
    "status": ("订单状态", "交易状态"),
    "shop": ("店铺名称", "店铺", "卖家昵称"),
    "nickname": ("买家会员名", "买家昵称", "买家旺旺", "会员名"),
    "recipient": ("收货人姓名", "收货人", "收件人"),
    "address": ("修改后的收货地址", "收货地址", "收货人地址"),
    "mobile": ("联系手机", "收货人手机", "手机", "手机号码"),
    "telephone": ("联系电话", "收货人电话", "电话"),
    "placed_at": ("订单创建时间", "下单时间", "创建时间", "拍下时间"),
    "paid_at": ("订单付款时间", "付款时间", "支付时间"),
    "promised_ship_by": ("承诺发货时间", "最晚发货时间", "应发货时间"),
    "shipped_at": ("发货时间", "订单发货时间"),
    "received_at": ("签收时间", "物流签收时间"),
    "confirmed_at": ("确认收货时间", "交易成功时间"),
    "courier": ("物流公司", "快递公司"),
    "tracking_no": ("物流单号", "快递单号", "运单号"),
    "note": ("商家备注", "订单备注", "卖家备注", "主订单备注", "备注"),
    "title": ("商品标题", "宝贝标题", "标题", "宝贝名称", "商品名称"),
    "kinds": ("宝贝种类",),
    "total_qty": ("宝贝总数量",),
    "qty": ("购买数量",),
    "unit_price": ("商品价格", "价格", "商品单价"),
    "sku": ("商家编码", "外部系统编号", "SKU编码"),
    "goods_id": ("商品ID", "商品id", "宝贝ID"),
    "attributes": ("商品属性", "商品属性SKU", "规格名称", "商品规格"),
    "bundle": ("套餐信息",),
    "paid": ("买家实付金额", "买家实际支付金额"),
    "freight": ("买家应付邮费",),
    "refund_status": ("退款状态", "售后状态"),
    "refund_amount": ("退款金额",),
}

_COMMON = {"order_no": "订单编号"}
"""What most sheets call a column, where it is not the first name."""
_NEEDED = {Kind.ORDERS: ("order_no", "status"), Kind.ITEMS: ("order_no", "title", "qty")}


class NotAnOrderExport(Exception):
    """The file is a table, but no order export; the message names columns missing and seen."""


@dataclass(frozen=True, slots=True)
class Header:
    """Which column of this sheet holds what."""

    row: Row
    names: Sequence[str]
    kind: Kind
    places: Mapping[str, tuple[int, ...]]
    """By field, the columns that hold it, the one to believe first in front."""

    @property
    def used(self) -> frozenset[int]:
        """The columns that are read; the others are nobody's business here."""
        return frozenset(place for columns in self.places.values() for place in columns)

    def value(self, row: Row, field: str) -> str:
        """The first of the field's columns that says something; "" when none does."""
        cells = row.cells
        for place in self.places.get(field, ()):
            if place < len(cells) and cells[place]:
                return cells[place]
        return ""

    def title(self, field: str) -> str:
        """What the sheet calls the field."""
        return self.names[self.places[field][0]]


def find_header(rows: Sequence[Row]) -> Header:
    """The first of the rows that names an order number and other columns we know.

    Raises:
        NotAnOrderExport: none does, or a needed column is missing.
    """
    best = max((_header(row) for row in rows), key=lambda h: len(h.places), default=None)
    if best is None:
        raise NotAnOrderExport(
            "这个文件是空的,没有表头。请在千牛「已卖出的宝贝」重新导出订单报表。"
        )
    missing = [field for field in _NEEDED[best.kind] if field not in best.places]
    if missing:
        wanted = "、".join(_COMMON.get(field, COLUMNS[field][0]) for field in missing)
        seen = "、".join(name[:20] for name in best.names[:40] if name) or "没有"
        raise NotAnOrderExport(
            f"这不像订单报表:缺少列「{wanted}」;看到的列:{seen}。"
            "请在千牛「已卖出的宝贝」导出订单报表或宝贝报表,不要改动表头。"
        )
    return best


def _header(row: Row) -> Header:
    names = [_plain(name) for name in row.cells]
    places = {
        field: tuple(names.index(alias) for alias in aliases if alias in names)
        for field, aliases in COLUMNS.items()
    }
    found = {field: columns for field, columns in places.items() if columns}
    kind = Kind.ITEMS if "qty" in found else Kind.ORDERS
    return Header(row, names, kind, found)


def _plain(name: str) -> str:
    """A column's name without the blanks that old exports have after it."""
    return "".join(name.split()).strip("\ufeff=\"'")
