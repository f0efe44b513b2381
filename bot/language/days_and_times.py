"""Days and times of day named in a message."""

import re
from collections.abc import Iterator

from bot.language.date_words import mentions
from bot.language.entities import Entity
from bot.language.numbers import integer

_HOUR = r"(?:\d{1,2}|零|二?十[一二三四五六七八九]?|[一二两三四五六七八九])"
_NO_CLOCK = (
    "击|评|赞|心|了个|名|选|开(?!门|始|业|抢|播|售|会)|进|子|货|"
    "意见|建议|要求|想法|问题|说明|感受|疑问|不满|原因|理由"
)
_CLOCK = re.compile(
    rf"(?P<part>凌晨|清晨|清早|早上|早晨|上午|中午|午后|下午|傍晚|晚上|半夜|夜里|深夜|今晚|明晚|明早|昨晚|今早|每晚|当晚|前晚|晚|(?<!大)早)?(?<![\d.:月{{}}])(?P<hour>{_HOUR})"
    r"(?:点钟?(?P<half>半)|点(?P<quarter>[一三])刻|点(?P<minute>[0-5]?\d(?=分)|[二三四五]?十[一二三四五六七八九]?(?![个块件元多几天])|[0-5]\d(?!\d))?分?钟?|时(?![候间常]))"
    rf"(?!{_NO_CLOCK})"
    r"|(?<![\d:.])(?P<h>[01]?\d|2[0-4])[:](?P<m>[0-5]\d)(?::[0-5]\d)?(?![\d:])"
)
_ONE = ("一", "1")
_FEW = (*_ONE, "二", "两", "2", "三", "3")
_POINTS = re.compile("都|也|就是|不|没|儿|点|上(?!班|门|午|课)")
_DAY_OR_TO = re.compile("(?:天|日|号|到|至|-|~|约)$")
_BY_THEN = re.compile("到|至|[之以]?前|[之以]?后|左右|准时|送|上班|下班")
_SOON_AFTER = 4
"""Hours within which a second time belongs to the same half of the day: 下午2点…,5点还没来."""
_TO = re.compile(r"\s?(?:到|至|-|~|—|或者?|、|还是)\s?")
_AFTER_NOON = {"午后", "下午", "傍晚"}
_EVENING = {"每晚", "当晚", "前晚", "晚上", "今晚", "明晚", "昨晚", "晚"}
_NIGHT = {"半夜", "夜里", "深夜"}
_BEFORE_DAWN = 6


def days(text: str) -> Iterator[Entity]:
    for mention in mentions(text):
        yield Entity("date", mention.value, mention.start, mention.end)


def times(text: str) -> Iterator[Entity]:
    earlier: tuple[int, str] | None = None
    for match in _CLOCK.finditer(text):
        value = None if _is_a_bit(match) else _time(match)
        if value:
            if earlier and not match["part"]:
                joined = bool(_TO.fullmatch(text, earlier[0], match.start()))
                value = _later(value, earlier[1], 12 if joined else _SOON_AFTER)
            start = match.start("hour") if match["part"] in _IN_A_DATE else match.start()
            earlier = match.end(), value
            yield Entity("time", value, start, match.end())


def _is_a_bit(match: re.Match[str]) -> bool:
    """Whether 一点 means a little and 三点 three things: 一点都不好, 便宜一点, 三点都没做到."""
    bare = match.group().endswith(("点", "一时")) and match["part"] in (None, "晚", "早")
    if not bare or match["hour"] not in _FEW:
        return False
    if _POINTS.match(match.string, match.end()):
        return True
    if match["hour"] not in _ONE:
        return False
    if match["part"] or match.group().endswith("时"):
        return True  # 晚一点, 一时冲动
    before = match.string[: match.start()]
    return not (_DAY_OR_TO.search(before) or _BY_THEN.match(match.string, match.end()))


def _later(value: str, earlier: str, within: int) -> str:
    """「下午2点到5点」: the second time is the first such hour after the first time."""
    late = f"{int(value[:2]) + 12:02d}{value[2:]}"
    limit = f"{int(earlier[:2]) + within:02d}{earlier[2:]}"
    return late if value <= earlier < late < min(limit, "24") else value


def _time(match: re.Match[str]) -> str | None:
    if match["h"]:
        return _written(int(match["h"]), int(match["m"]))
    hour = integer(match["hour"])
    if hour is None:
        return None
    return _written(_of_the_day(match["part"], hour), _minutes(match))


def _of_the_day(part: str | None, hour: int) -> int:
    """「晚上十二点」 is where the day ends, 「半夜两点」 before it is light."""
    late = part in _EVENING or (part in _NIGHT and hour >= _BEFORE_DAWN)
    if (late and hour <= 12) or (part in _AFTER_NOON and hour < 12):
        return hour + 12
    return hour + 12 * (part == "中午" and hour < 11)


def _minutes(match: re.Match[str]) -> int:
    if match["half"]:
        return 30
    if match["quarter"]:
        return 15 if match["quarter"] == "一" else 45
    return integer(match["minute"]) or 0 if match["minute"] else 0


def _written(hour: int, minute: int) -> str | None:
    if hour == 24 and minute:
        hour = 0
    return f"{hour:02d}:{minute:02d}" if hour <= 24 and minute < 60 else None


_IN_A_DATE = {"每晚", "当晚", "前晚", "今晚", "明晚", "明早", "昨晚", "今早"}
