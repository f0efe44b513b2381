"""Which day a customer means: 昨天, 上周五, 8号, 10-08, 三天前.

A day is first written down as a symbol, which does not depend on when the message was sent, and
turned into a date with the message's own day by ``resolve``:

=============  ==================================================================
2025-10-08     that day
--10-08        the latest 8 October not after the message's day (no year was said)
---08          the latest 8th of a month not after the message's day
W5             the latest Friday not after the message's day (W1 Monday … W7 Sunday)
>---08 >W5 …   the first such day on or after the message's day (the words look ahead)
P0D            the message's day; -P3D three days before; +P1D the day after
-P2M -P1Y      two months, one year before (the same day number or the month's last)
W-1-5          Friday of last week (W+0-5 of this week, W+1-5 of next week)
M-1-03         the 3rd of last month (M+0-03 of this month, M+1-03 of next month)
M+0-L          the last day of this month
Y-1-10-08      8 October of last year (Y+0, Y+1, Y-2 likewise)
=============  ==================================================================
"""

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

from bot.language.date_words import mentions
from bot.language.normalise import normalise

_MONTHS_TO_TRY = 12 * 8 + 1  # 29 February comes back after at most eight years


def resolve(said: str, today: date) -> date | None:
    """Turn a symbol, or words such as 上周五, into a date; ``today`` is the message's day.

    None when the words name no day, or only a day that does not exist (2月30号).
    """
    if said.isascii():
        day = _resolve_symbol(said, today)
        if day:
            return day
    found = mentions(normalise(said).text)
    return _resolve_symbol(found[0].value, today) if found else None


def _resolve_symbol(symbol: str, today: date) -> date | None:
    for form, reading in _FORMS:
        match = form.fullmatch(symbol)
        if match:
            try:
                return reading(match, today)
            except (ValueError, OverflowError):
                return None
    return None


def _full(match: re.Match[str], today: date) -> date:
    return date(int(match[1]), int(match[2]), int(match[3]))


def _no_year(match: re.Match[str], today: date) -> date | None:
    return _nearest(int(match[2]), int(match[3]), today, ahead=bool(match[1]))


def _no_month(match: re.Match[str], today: date) -> date | None:
    return _nearest(None, int(match[2]), today, ahead=bool(match[1]))


def _weekday(match: re.Match[str], today: date) -> date:
    away = today.isoweekday() - int(match[2])
    return today + timedelta(-away % 7) if match[1] else today - timedelta(away % 7)


def _days(match: re.Match[str], today: date) -> date:
    return today + timedelta(int(match[1] + match[2]))


def _months(match: re.Match[str], today: date) -> date:
    months = int(match[1] + match[2]) * (12 if match[3] == "Y" else 1)
    year, month = _month_away(today, months)
    return date(year, month, min(today.day, calendar.monthrange(year, month)[1]))


def _of_week(match: re.Match[str], today: date) -> date:
    monday = today - timedelta(today.weekday())
    return monday + timedelta(7 * int(match[1]) + int(match[2]) - 1)


def _of_month(match: re.Match[str], today: date) -> date:
    year, month = _month_away(today, int(match[1]))
    last = calendar.monthrange(year, month)[1]
    return date(year, month, last if match[2] == "L" else int(match[2]))


def _of_year(match: re.Match[str], today: date) -> date:
    return date(today.year + int(match[1]), int(match[2]), int(match[3]))


def _month_away(today: date, months: int) -> tuple[int, int]:
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    return year, month + 1


def _nearest(month: int | None, day: int, today: date, *, ahead: bool) -> date | None:
    """The nearest such day, today included; months that lack the day are passed over."""
    for away in range(_MONTHS_TO_TRY):
        year, candidate = _month_away(today, away if ahead else -away)
        if month not in (None, candidate) or day > calendar.monthrange(year, candidate)[1]:
            continue
        found = date(year, candidate, day)
        if found >= today if ahead else found <= today:
            return found
    return None


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], date | None]], ...] = (
    (re.compile(r"(\d{4})-(\d\d)-(\d\d)"), _full),
    (re.compile(r"(>?)--(\d\d)-(\d\d)"), _no_year),
    (re.compile(r"(>?)---(\d\d)"), _no_month),
    (re.compile(r"(>?)W([1-7])"), _weekday),
    (re.compile(r"([+-]?)P(\d{1,4})D"), _days),
    (re.compile(r"([+-])P(\d{1,3})([MY])"), _months),
    (re.compile(r"W([+-]\d{1,2})-([1-7])"), _of_week),
    (re.compile(r"M([+-]\d{1,2})-(\d\d|L)"), _of_month),
    (re.compile(r"Y([+-]\d{1,2})-(\d\d)-(\d\d)"), _of_year),
)
