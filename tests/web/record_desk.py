"""Records and the people who work with them, for the tests of the pages."""

from bot import wiring
from bot.core.people import Person, Role
from bot.web.routes.advice import moment
from tests.web.fake_shop import ORDER_NO

GIFT = {
    "订单号": ORDER_NO,
    "类型": "补偿",
    "金额": "30",
    "支付宝账号": "yuman@example.com",
    "实名认证": "是",
    "原因": "等得太久",
}
"""More than an agent may give."""
RESEND = {
    "订单号": ORDER_NO,
    "类别": "网线",
    "补发内容": "网线",
    "收件人": "余慢",
    "电话": "13812345678",
    "地址": "杭州市西湖区某路 8 号",
    "原因": "未收到网线",
}
AGENT = Person("小周", Role.AGENT)
KEEPER = Person("老库", Role.WAREHOUSE)


def entered(parts: wiring.Serving, register: str, fields: dict[str, str]) -> int:
    """The number of a record that the agent has entered just now."""
    seen = parts.casework.enter(AGENT, moment(None), register, fields)
    return seen.record.id


def form(fields: dict[str, str]) -> dict[str, str]:
    """The fields as a page sends them."""
    return {f"field:{title}": value for title, value in fields.items()}
