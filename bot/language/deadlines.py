"""By when: the moment that 明天三点前, 两三天内, 半小时内, 这周 sets for what is said of it."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from bot.language.date_words import mentions
from bot.language.dates import resolve
from bot.language.days_and_times import times
from bot.language.numbers import NUMBER, number

Later = Callable[[date, int], date]
"""So many working days after a day."""

END_OF_DAY = time(23, 59)
_OPENING = 8
"""「三点前」 without a part of the day is never in the night: before this hour it is afternoon."""
_UP_TO = rf"(?:{NUMBER}\s?(?:[-~—至到]|个?(?:工作日|小时|天|日)[-~—至到])\s?)?"
_LENGTH = re.compile(
    rf"(?<![第前每\d.])(?:{_UP_TO}(?P<many>半|{NUMBER}))\s?个?(?P<half>半)?"
    r"(?P<unit>工作日|小时|钟头|分钟|天|日(?![期常])|周|星期|礼拜)(?![前一二三四五六日天末])"
)
_CLOSE = re.compile("[一二两三四五六七八九]([二两三四五六七八九])")
"""两三, 三五: the larger one counts."""
_PARTS = (
    (re.compile("上午|早上|今早|明早"), time(12)),
    (re.compile("中午"), time(14)),
    (re.compile("下午|下班前?"), time(18)),
)
_WEEK = re.compile("[这本下]个?(?:周|星期|礼拜)")
_MONTH = re.compile("(?:这个?|本|当)月(?:之?内|底)|月底")
_NEXT_DAY = re.compile("次日|隔天|第二天")
_SOON = re.compile(
    "马上|立刻|立即|现在就|这就|稍后|稍晚|晚点|晚些|晚一点|待会|等会|等下|等一下|一会|过会|回头|当天|当日"
)
_AT_NIGHT = re.compile("凌晨|早上|早晨|上午|今早|明早")


def deadline(text: str, at: datetime, later: Later) -> datetime | None:
    """The moment by which a normalised text says that something will be; None when it says none.

    Args:
        at: when it was written.
        later: how many working days are counted.
    """
    day = _day(text, at.date())
    clock = _clock(text, at, day)
    if clock:
        return clock
    if day:
        return datetime.combine(day, _part(text) or END_OF_DAY, at.tzinfo)
    return _length(text, at, later) or _span(text, at) or _today(text, at)


def is_vague(text: str) -> bool:
    """Whether the text only says that it will be soon: 稍后, 马上."""
    return bool(_SOON.search(text))


def _day(text: str, today: date) -> date | None:
    """The last day that is named, when it is not past; what names no year or month lies ahead."""
    for mention in reversed(mentions(text)):
        symbol = mention.value
        day = resolve(f">{symbol}" if re.match(r"--|W\d", symbol) else symbol, today)
        if day and day >= today:
            return day
    return today + timedelta(days=1) if _NEXT_DAY.search(text) else None


def _clock(text: str, at: datetime, day: date | None) -> datetime | None:
    named = [*times(text)]
    if not named:
        return None
    hour, minute = map(int, named[-1].value.split(":"))
    if hour < _OPENING and not _AT_NIGHT.search(text):
        hour += 12
    if hour == 12 and "晚" in text:
        hour = 24
    moment = datetime.combine(day or at.date(), time(hour % 24, minute), at.tzinfo)
    if hour == 24 or (day is None and moment < at):
        moment += timedelta(days=1)
    return moment


def _part(text: str) -> time | None:
    return next((end for words, end in _PARTS if words.search(text)), None)


def _length(text: str, at: datetime, later: Later) -> datetime | None:
    """「2-3天」, 「三个工作日」, 「半小时」: the longer one where it names two."""
    found = _LENGTH.search(text)
    many = _many(found) if found else None
    if found is None or many is None:
        return None
    match found["unit"]:
        case "小时" | "钟头":
            return at + timedelta(hours=many)
        case "分钟":
            return at + timedelta(minutes=many)
        case "工作日":
            last = later(at.date(), int(many))
        case "天" | "日":
            last = at.date() + timedelta(days=int(many))
        case _:
            last = at.date() + timedelta(weeks=int(many))
    return datetime.combine(last, END_OF_DAY, at.tzinfo)


def _many(found: re.Match[str]) -> float | None:
    """How many; 「一个半小时」 are one and a half, more than a hundred are no promise."""
    written = found["many"]
    if written == "半":
        return 0.5
    close = _CLOSE.fullmatch(written)
    many = number(close[1] if close else written)
    return float(many) + 0.5 * bool(found["half"]) if many and many <= 100 else None


def _span(text: str, at: datetime) -> datetime | None:
    """The end of this or next week, or of this month."""
    today = at.date()
    if week := _WEEK.search(text):
        days = 6 - today.weekday() + (7 if week.group().startswith("下") else 0)
        return datetime.combine(today + timedelta(days), END_OF_DAY, at.tzinfo)
    if _MONTH.search(text):
        first = (today.replace(day=28) + timedelta(days=4)).replace(day=1)
        return datetime.combine(first - timedelta(days=1), END_OF_DAY, at.tzinfo)
    return None


def _today(text: str, at: datetime) -> datetime | None:
    part = _part(text)
    if part and at.time() < part:
        return datetime.combine(at.date(), part, at.tzinfo)
    return datetime.combine(at.date(), END_OF_DAY, at.tzinfo) if is_vague(text) else None
