"""What is written down when a dialogue is over: registers, amount, day of follow-up, held against
what the rules want written down.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.core.money import plain


@dataclass(frozen=True, slots=True)
class Filing:
    registers: frozenset[str] = frozenset()
    amount: Decimal | None = None
    """In yuan, where money is paid or given."""
    follow_up: date | None = None
    """The day on which one looks again."""


def wrong_registers(filed: Filing, right: Filing) -> str:
    """What is wrong with where it was entered; empty where nothing is."""
    missing, needless = right.registers - filed.registers, filed.registers - right.registers
    told = [f"该记{'、'.join(sorted(missing))}" if missing else ""]
    told.append(f"不用记{'、'.join(sorted(needless))}" if needless else "")
    return "，".join(filter(None, told))


def wrong_amount(filed: Filing, right: Filing) -> str:
    """What is wrong with the amount that was entered; empty where nothing is."""
    if right.amount is None or filed.amount == right.amount:
        return ""
    said = f"{plain(filed.amount)}元" if filed.amount is not None else "空的"
    return f"该记{plain(right.amount)}元，记的是{said}"


def late_follow_up(filed: Filing, right: Filing) -> str:
    """What is wrong with the day of follow-up; empty where it is in time, or none is wanted."""
    due, planned = right.follow_up, filed.follow_up
    if due is None or (planned is not None and planned <= due):
        return ""
    by = f"最晚{due.month}月{due.day}日要跟进"
    return f"{by}，定的是{planned.month}月{planned.day}日" if planned else f"{by}，没有定"
