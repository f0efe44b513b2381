"""How long a window lasts: days, months and hours as the shop counts them.

Received on day D, a window of N days holds through D+N; a window of months ends on the same day
number, or on the month's last day where that number does not exist.
"""

import math
from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum

from bot.core.working_days import MONDAY_TO_FRIDAY, WorkingDays


class Unit(StrEnum):
    DAY = "day"
    WORKING_DAY = "working_day"
    MONTH = "month"
    HOUR = "hour"
    MINUTE = "minute"
    CNY = "CNY"
    RATIO = "ratio"
    PIECE = "piece"
    TIMES = "times"
    KM = "km"
    CLOCK = "clock"
    NAMES = "names"
    TEXT = "text"


LENGTHS = frozenset({Unit.DAY, Unit.WORKING_DAY, Unit.MONTH, Unit.HOUR})


def window_end(
    start: date, length: int, unit: Unit, working_days: WorkingDays = MONDAY_TO_FRIDAY
) -> date:
    """The last day on which a window that opens on ``start`` still holds.

    Raises:
        ValueError: the unit is not a length of time.
    """
    match unit:
        case Unit.DAY:
            return start + timedelta(days=length)
        case Unit.MONTH:
            return _months_later(start, length)
        case Unit.HOUR:
            return start + timedelta(days=math.ceil(length / 24))
        case Unit.WORKING_DAY:
            return working_days.later(start, length)
        case _:
            raise ValueError(f"{unit} is not a length of time")


def _months_later(start: date, months: int) -> date:
    years, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, month + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))
