"""Small registers and people for tests of records."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from bot.core.moments import SHANGHAI
from bot.core.people import Person, Role
from bot.core.record_changes import Doing, Draft
from bot.core.register_values import Holds
from bot.core.registers import Field, Register

NOW = datetime(2026, 3, 12, 9, tzinfo=SHANGHAI)
LIMIT = Decimal(20)
AGENT = Person("小周", Role.AGENT)
SUPERVISOR = Person("老陈", Role.SUPERVISOR)
WAREHOUSE = Person("阿强", Role.WAREHOUSE)
FINANCE = Person("何姐", Role.FINANCE)
LEAD = Person("店长", Role.LEAD)
TRAINEE = Person("新来的", Role.TRAINEE)

NUMBER = Field("订单号", "order_no", holds=Holds.ORDER_NO)
RESEND = Register(
    "补发记录",
    Role.WAREHOUSE,
    (
        NUMBER,
        Field("补发内容", choices=("网线", "电源")),
        Field("数量", "missing_count", required=False, holds=Holds.COUNT),
        Field("电话", "phone", holds=Holds.PHONE),
        Field("进度", required=False, latest=True),
        Field("原因"),
    ),
    reason="原因",
    state_title="补发状态",
)
REFUND = Register(
    "退运费登记",
    Role.FINANCE,
    (
        NUMBER,
        Field("类型", choices=("退运费", "补偿")),
        Field("金额", "amount", holds=Holds.MONEY),
        Field("打款日期", required=False, holds=Holds.DATE),
        Field("原因"),
    ),
    reason="原因",
    state_title="打款状态",
    amount="金额",
    compensates={"类型": "补偿"},
)
REVIEW = Register(
    "差评记录",
    Role.AGENT,
    (NUMBER, Field("差评原因", latest=True), Field("处理结果", required=False, latest=True)),
    reason="差评原因",
    one_an_order=True,
)
ORDER = "250904220031"
WHOLE = {"订单号": ORDER, "补发内容": "网线", "电话": "13812345678", "原因": "未收到"}


def doing(by: Person = AGENT, **about: object) -> Doing:
    return Doing(by, NOW, LIMIT, **about)  # type: ignore[arg-type]


def draft(
    fields: Mapping[str, str] = WHOLE,
    register: Register = RESEND,
    by: Person = AGENT,
    **about: object,
) -> Draft:
    return Draft(register, fields, doing(by), **about)  # type: ignore[arg-type]


def compensation(amount: str, reason: str = "等得太久", by: Person = AGENT) -> Draft:
    fields = {"订单号": ORDER, "类型": "补偿", "金额": amount, "原因": reason}
    return draft(fields, REFUND, by)
