"""Days and times of day named in a message."""

import re
from collections.abc import Iterator

from bot.language.date_words import mentions
from bot.language.entities import Entity
from bot.language.numbers import integer

_HOUR = r"(?:\d{1,2}|[一二三四五六七八九十两]{1,3})"
_CLOCK = re.compile(
    rf"(?P<part>凌晨|早上|早晨|上午|中午|下午|傍晚|晚上|今晚|明晚|明早|昨晚|今早|晚)?(?<![\d.:月{{}}])(?P<hour>{_HOUR})"
    r"(?:点钟?(?P<half>半)|点(?P<quarter>[一三])刻|点(?P<minute>[0-5]?\d(?=分)|[二三四五]?十[一二三四五六七八九]?(?=分)|[0-5]\d(?!\d))?分?钟?|时(?![候间常]))"
    r"(?!击|评|赞|心|了个|名|选|开|进|上|子|都|也|就|货)"
    r"|(?<![\d:.])(?P<h>[01]?\d|2[0-4])[:](?P<m>[0-5]\d)(?::[0-5]\d)?(?![\d:])"
)
_AFTER_NOON = {"下午", "傍晚", "晚上", "今晚", "明晚", "昨晚", "晚"}


def days(text: str) -> Iterator[Entity]:
    for mention in mentions(text):
        yield Entity("date", mention.value, mention.start, mention.end)


def times(text: str) -> Iterator[Entity]:
    for match in _CLOCK.finditer(text):
        value = _time(match)
        if value:
            start = match.start("hour") if match["part"] in _IN_A_DATE else match.start()
            yield Entity("time", value, start, match.end())


def _time(match: re.Match[str]) -> str | None:
    if match["h"]:
        return _written(int(match["h"]), int(match["m"]))
    hour = integer(match["hour"])
    if hour is None:
        return None
    late = match["part"] in _AFTER_NOON and hour < 12
    noon = match["part"] == "中午" and hour < 11
    return _written(hour + 12 * (late or noon), _minutes(match))


def _minutes(match: re.Match[str]) -> int:
    if match["half"]:
        return 30
    if match["quarter"]:
        return 15 if match["quarter"] == "一" else 45
    return integer(match["minute"]) or 0 if match["minute"] else 0


def _written(hour: int, minute: int) -> str | None:
    return f"{hour:02d}:{minute:02d}" if hour <= 24 and minute < 60 else None


_IN_A_DATE = {"今晚", "明晚", "明早", "昨晚", "今早"}
