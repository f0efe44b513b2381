"""What the codes of an advice are called where people read them."""

from bot.core.people import TITLES

ORIGINS = {
    "order": "订单",
    "shop": "本店资料",
    "note": "订单备注",
    "agent": "客服说的",
    "customer": "客户说的",
    "implied": "推定",
}
DECIDERS = {
    "bot": "机器人可以直接回复",
    "agent": "客服可以决定",
    "supervisor": "要主管决定",
}
PEOPLE = {role.value: title for role, title in TITLES.items()}
APPROVALS = {"after_sales": "售后审核", "supervisor": "主管审核", "finance": "财务审核"}
UNITS = {
    "day": " 天",
    "working_day": " 个工作日",
    "month": " 个月",
    "hour": " 小时",
    "minute": " 分钟",
    "CNY": " 元",
    "piece": " 件",
    "km": " 公里",
    "times": " 次",
}
