"""Numbers as customers write them: 12.5, 1,299, 十二, 两百五, 1.5万."""

import re
from decimal import Decimal

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_SCALES = {"万": 10_000, "w": 10_000, "W": 10_000, "千": 1000, "k": 1000, "K": 1000}
_ARABIC = re.compile(r"(\d[\d,]*(?:\.\d+)?)([万wW千kK]?)")
_CHINESE = re.compile("[零〇一二两三四五六七八九十百千]+")

CHINESE = "零〇一二两三四五六七八九十百千万"
"""Every character a Chinese number may hold."""

NUMBER = rf"(?:\d+(?:\.\d+)?|[{CHINESE}]+)"
"""A pattern for a plain number, Arabic or Chinese."""


def number(text: str) -> Decimal | None:
    """Read a number; None when the text is not one number (三五, 十百, 1.2.3)."""
    arabic = _ARABIC.fullmatch(text)
    if arabic:
        return Decimal(arabic[1].replace(",", "")) * _SCALES.get(arabic[2], 1)
    head, scale, tail = text.partition("万")
    high = _below_ten_thousand(head)
    if not scale:
        return None if high is None else Decimal(high)
    low = _after_ten_thousand(tail)
    return None if high is None or low is None else Decimal(high * 10_000 + low)


def integer(text: str) -> int | None:
    """Read a whole number; None when the text is not one."""
    value = number(text)
    return int(value) if value is not None and value == value.to_integral_value() else None


def plain(value: Decimal) -> str:
    """The shortest way to write a number: 62.50 is 62.5, 60.0 is 60."""
    return format(value.normalize(), "f")


def _after_ten_thousand(tail: str) -> int | None:
    if tail in _DIGITS:
        return _DIGITS[tail] * 1000  # 一万二 is 12 000
    return _below_ten_thousand(tail) if tail else 0


def _below_ten_thousand(text: str) -> int | None:
    if not _CHINESE.fullmatch(text):
        return None
    if len(text) > 1 and not set(text) & set(_UNITS):
        # Without 十百千 only a digit by digit reading such as 二零 makes sense, and it is rare.
        return None
    total, digit, unit = 0, None, 10_000
    for character in text:
        if character in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[character]
        else:
            if _UNITS[character] >= unit:
                return None
            unit = _UNITS[character]
            total += (1 if digit is None else digit) * unit
            digit = None
    return total + _last_digit(text, digit, unit)


def _last_digit(text: str, digit: int | None, unit: int) -> int:
    """两百五 is 250, 两百零五 is 205, 五 is 5."""
    if digit is None:
        return 0
    shortened = unit in (100, 1000) and len(text) > 1 and text[-2] in _UNITS
    return digit * unit // 10 if shortened else digit
