"""Whether a register is whole: its special fields exist, and each fact that fills one."""

from collections.abc import Iterator

from bot.core.policy import Policy
from bot.core.register_values import Holds
from bot.core.registers import COMPUTED, ORDER_NO, Register

type Place = tuple[str | int, ...]


def register_faults(register: Register, policy: Policy) -> Iterator[tuple[Place, str]]:
    """What is wrong with it, and where."""
    for number, field in enumerate(register.fields):
        for key, fact in (("fact", field.fact), ("or_fact", field.or_fact)):
            if fact and fact not in policy.facts and fact not in COMPUTED:
                yield ("fields", number, key), f"没有这个事实 unknown fact {fact}"
    number_field = register.field(ORDER_NO)
    if number_field is None or number_field.holds is not Holds.ORDER_NO:
        yield ("fields",), f"要有「{ORDER_NO}」，holds: order_no needs an order number"
    yield from _reason(register)
    yield from _money(register)


def _reason(register: Register) -> Iterator[tuple[Place, str]]:
    why = register.field(register.reason)
    if why is None:
        yield ("reason",), f"没有这一栏 has no field {register.reason}"
    elif why.latest and not register.one_an_order:
        # It tells entries apart: replaced by another entry's, it would become that one.
        yield ("reason",), "会被后来的登记替换，不能用来区分 a latest field tells nothing apart"


def _money(register: Register) -> Iterator[tuple[Place, str]]:
    if register.amount:
        field = register.field(register.amount)
        if field is None or field.holds is not Holds.MONEY:
            yield ("amount",), f"不是金额栏 no field of money: {register.amount}"
    for title, value in register.compensates.items():
        field = register.field(title)
        if field is None or value not in field.choices:
            yield ("compensates", title), f"这一栏不能是 no choice of this field: {value}"
    if register.compensates and not register.amount:
        yield ("compensates",), "要写 amount say which field holds the money"
