"""A figure as people type it: 「3」「3元」「30%」「9:00」, or what is wrong with it."""

import re
from datetime import time
from decimal import Decimal

from bot.core.days import Unit
from bot.core.policy_words import UNITS

type Typed = int | str | tuple[str, ...]
_SUM = re.compile(r"\d{1,7}(\.\d{1,2})?")
_COUNT = re.compile(r"\d{1,6}")
_SHARE = re.compile(r"\d{1,3}(\.\d{1,4})?")
_CLOCK = re.compile(r"(\d{1,2})[:：](\d\d)")
_BETWEEN_NAMES = re.compile(r"[、,，;；\s]+")
HUNDRED = Decimal(100)


class BadEntry(ValueError):
    """What was typed is not such a figure: the message says how to write it."""


def typed(entry: str, unit: Unit) -> Typed:
    """The figure, as a file keeps it.

    Raises:
        BadEntry: it is none of this unit.
    """
    entry = entry.strip()
    if not entry:
        raise BadEntry("还没有写数值")
    match unit:
        case Unit.CNY:
            return _sum(entry)
        case Unit.RATIO:
            return _share(entry)
        case Unit.CLOCK:
            return _clock(entry)
        case Unit.NAMES:
            return tuple(dict.fromkeys(filter(None, _BETWEEN_NAMES.split(entry))))
        case Unit.TEXT:
            return " ".join(entry.split())
        case _:
            return _count(entry, UNITS[unit])


def shown(value: object, unit: Unit) -> str:
    """The figure as it stands in a field, ready to be typed over."""
    if value is None:
        return ""
    if unit is Unit.RATIO:
        return f"{(Decimal(str(value)) * HUNDRED).normalize():f}%"
    return "、".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _sum(entry: str) -> str:
    bare = entry.removeprefix("¥").removeprefix("￥").removesuffix("元").strip()
    if not _SUM.fullmatch(bare):
        raise BadEntry("金额只写数字，最多两位小数，比如 2 或 2.50")
    return f"{Decimal(bare):.2f}"


def _share(entry: str) -> str:
    bare = entry.removesuffix("%").removesuffix("％").strip()
    if not _SHARE.fullmatch(bare):
        raise BadEntry("比例写成百分之几，比如 30%")
    share = Decimal(bare) if bare == entry else Decimal(bare) / HUNDRED
    if share > 1:
        raise BadEntry("比例不能超过 100%；三成写 30%")
    return f"{share.normalize():f}"


def _clock(entry: str) -> str:
    found = _CLOCK.fullmatch(entry)
    try:
        return f"{time(int(found[1]), int(found[2])):%H:%M}" if found else _no_clock()
    except ValueError:
        return _no_clock()


def _no_clock() -> str:
    raise BadEntry("时间写成几点几分，比如 09:00")


def _count(entry: str, unit: str) -> int:
    bare = entry.removesuffix(unit).strip() if unit else entry
    if not _COUNT.fullmatch(bare):
        raise BadEntry(f"只写一个整数{f'，单位是{unit}' if unit else ''}")
    return int(bare)
