"""Lengths of time as agents promise them: 2-3天, 三到七个工作日, 两三天, 72小时内, 半个月."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from bot.language.numbers import CHINESE, NUMBER, number

_UNITS = {
    "小时": Decimal(1) / 24, "钟头": Decimal(1) / 24, "分钟": Decimal(1) / 1440, "天": Decimal(1),
    "日": Decimal(1), "工作日": Decimal(1), "工作天": Decimal(1), "营业日": Decimal(1),
    "周": Decimal(7), "星期": Decimal(7), "礼拜": Decimal(7), "月": Decimal(30), "年": Decimal(365),
}  # fmt: skip
_UNIT = (
    r"(?:个?(?P<unit>工作[日天]|营业日|小时|钟头|分钟|天|日(?=以内|之内|内)|周(?!年|边|[一二三四五六日])"
    r"|星期(?![一二三四五六日天])|礼拜(?![一二三四五六日天]))|个(?P<months>月)|(?P<years>年)(?=内|以内|之内))"
)
_SPAN = re.compile(
    rf"(?<![\dA-Za-z.:第每月年\-~{CHINESE}])"
    rf"(?:(?P<low>{NUMBER})\s?个?(?P<its>工作[日天]|小时|天|日|个月)?\s?(?:-|~|—|至|到){{1,2}}\s?)?"
    rf"(?P<high>半|{NUMBER})\s?多?{_UNIT}(?!多?[以之]?前(?!能|可|要|会|到))"
)


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """``low`` and ``high`` in days; the same where one length is named."""

    start: int
    end: int
    low: Decimal
    high: Decimal


def time_spans(text: str) -> Iterator[TimeSpan]:
    """All lengths of time in a normalised text."""
    for match in _SPAN.finditer(text):
        unit = _UNITS[match["unit"] or match["months"] or match["years"]]
        bounds = _bounds(match["low"], match["high"])
        if bounds:
            low, high = bounds
            its = _UNITS[match["its"].removeprefix("个")] if match["its"] else unit
            yield TimeSpan(*match.span(), low * its, high * unit)


def _bounds(low: str | None, high: str) -> tuple[Decimal, Decimal] | None:
    if high == "半":
        return Decimal("0.5"), Decimal("0.5")
    most = number(high)
    if most is None and low is None and len(high) == 2:  # 两三天, 三五天
        first, second = number(high[0]), number(high[1])
        return (first, second) if first is not None and second is not None else None
    least = number(low) if low else most
    return None if least is None or most is None else (least, most)
