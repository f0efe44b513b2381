"""What the codes of an advice are called on the page."""

ORIGINS = {
    "order": "订单",
    "shop": "本店设置",
    "note": "订单备注",
    "agent": "客服说的",
    "customer": "客户说的",
    "assumed": "推定",
}
DECIDERS = {
    "bot": "机器人可以直接回复",
    "agent": "客服可以决定",
    "supervisor": "要主管决定",
}
PEOPLE = {
    "bot": "机器人",
    "agent": "客服",
    "supervisor": "主管",
    "warehouse": "仓库",
    "finance": "财务",
}
APPROVALS = {"after_sales": "售后审核", "finance": "财务审核"}
UNITS = {
    "day": " 天",
    "working_day": " 个工作日",
    "month": " 个月",
    "hour": " 小时",
    "CNY": " 元",
    "piece": " 件",
    "times": " 次",
}
