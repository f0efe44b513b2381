"""What a field of a register may hold, and the one form in which it is kept."""

import re
import unicodedata
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from bot.core.money import exact
from bot.core.numbers import clean_number
from bot.core.record_refusals import BadValue

LONGEST = 5_000
"""As long as a message may be."""
LARGEST = Decimal("9999999999.99")

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What neither a database nor a spreadsheet takes."""
_CUT_SHORT = re.compile(r"\d(\.\d+)?E\+\d+", re.IGNORECASE)
"""A long number in a cell that is not text."""
_STARRED = re.compile(r"[*＊…]")


class Holds(StrEnum):
    TEXT = "text"
    ORDER_NO = "order_no"
    NUMBER = "number"
    """A parcel's or a device's: never counted with, shown whole."""
    COUNT = "count"
    MONEY = "money"
    DATE = "date"
    PHONE = "phone"
    ADDRESS = "address"
    ACCOUNT = "account"


CONTACTS = frozenset({Holds.PHONE, Holds.ADDRESS, Holds.ACCOUNT})


def kept(title: str, holds: Holds, text: str) -> str:
    """The value in the form it is kept in: money with two places, days as ISO, "" for nothing.

    Raises:
        BadValue: the text is no value of this kind.
    """
    text = tidy(text)
    if not text:
        return ""
    if len(text) > LONGEST:
        raise BadValue(title, f"太长了，最多 {LONGEST} 个字 too long")
    match holds:
        case Holds.ORDER_NO | Holds.NUMBER if _CUT_SHORT.fullmatch(text):
            return _refuse(title, "表格软件丢了后几位，设为文本再填 the last digits are lost")
        case Holds.ORDER_NO:
            return clean_number(text) or _refuse(title, "要写订单号 write an order number")
        case Holds.NUMBER:
            return unicodedata.normalize("NFKC", text)
        case Holds.COUNT:
            return _count(title, text)
        case Holds.MONEY:
            return _money(title, text)
        case Holds.DATE:
            return _day(title, text)
        case _ if holds in CONTACTS and _STARRED.search(text):
            return _refuse(title, "要写完整的，不能带星号 write it in full, without stars")
        case _:
            return text


def tidy(text: str) -> str:
    """The text without what cannot be kept; line ends in one form."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNPRINTABLE.sub("", text).strip()


def _refuse(title: str, why: str) -> str:
    raise BadValue(title, why)


def _count(title: str, text: str) -> str:
    if not re.fullmatch(r"[0-9]{1,9}", text):
        return _refuse(title, "要写整数 write a whole number")
    return str(int(text))


def _money(title: str, text: str) -> str:
    try:
        amount = Decimal(text.removesuffix("元").strip())
    except InvalidOperation:
        return _refuse(title, "要写金额，如 12.50 write an amount")
    if not amount.is_finite() or not 0 <= amount <= LARGEST or amount * 100 % 1:
        return _refuse(title, "金额要在分以上、不能是负数 whole fen, not negative")
    return exact(amount)


def _day(title: str, text: str) -> str:
    try:
        return date.fromisoformat(text.removesuffix(" 00:00:00")).isoformat()
    except ValueError:
        return _refuse(title, "要写日期，如 2025-09-12 write an ISO day")
