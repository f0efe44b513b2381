"""The marks that exported chats put in place of what was typed: [订单x], [图片], [ORDERID_…]."""

import re
from collections.abc import Iterator

from bot.language.entities import Entity

_INNER = r"(?:\[[^\[\]]{1,8}\]|[^\[\]]){0,30}"
_SEEN = "图片|照片|截图|图|photo|image|img|pic|picture|视频|video|小视频|短视频"
MASK = re.compile(
    r"[\[【](?:(?P<seen>(?:图片|照片|截图|photo|image|img|picture|视频|小视频|短视频|video)(?:x|消息|\d{0,3})?)"
    r"|(?P<order>(?:订单编?号?|单号|号码)x?|ORDERID_" + _INNER + ")"
    r"|(?P<number>(?:数字|快递单号|运单号|身份证号|电话|手机号?|手机号码|电话号码|银行卡号?|税号)x?|(?:USERID|PHONE|NUMBER|TRACK\w{0,6})_?"
    + _INNER
    + ")"
    r"|(?P<money>金额x?)|(?P<place>(?:地址|站点|城市|省份|收货地址)x?)|(?P<name>(?:姓名|组织机构|人名|昵称|公司)x?)"
    r"|(?P<day>日期x?)|(?P<clock>时间x?)|(?P<link>(?:链接|网址|商品|商品链接|url)x?)|(?P<mail>邮箱x?))[\]】]",
    re.IGNORECASE,
)


def masks(text: str) -> Iterator[Entity]:
    """Photos and videos; the other marks hold nothing to read and are just out of the way."""
    for match in MASK.finditer(text):
        seen = match["seen"]
        video = seen and ("视频" in seen or "video" in seen.lower())
        yield Entity("photo" if seen else "", "video" if video else "photo", *match.span())
