"""Where a message names a day, and which one, as a symbol that ``dates`` explains."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.language.numbers import NUMBER, integer, number

_SMALL = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_NOT_A_DAY = (
    "(?!楼|线|店|仓|门|院|柜|码|机|干?电池|口|房|单元|库|客服|字|位|床|栋|桌|厅|鞋|球|色|快递柜|链接|主播|款|"
    "套餐|包裹|箱|袋|的?套筒|的?螺丝|零件)"
)
_OPEN = re.compile(r"(>?)(---|--\d\d-|W)(\d{1,2})")
"""A day without its year, month or week, and whether the words look ahead."""
_NOT_A_SUM = (
    r"(?!\s?(?:天|个|元|块|件|根|条|号楼|小时|分|点|岁|斤|公斤|[kK]?[gG]|%|折|倍|次|周|月|年|米|"
    r"寸|厘|cm|码|人|包|盒|瓶|袋|片|份|双|套|只|台|支|张|单|左右))"
)
_HAPPENED = (
    r"(?=[号日]|\s?(?:的|收|签|下单|买|拍|发|付|到|寄|退|换(?!\d)|申请|送|派|揽|入库|出库|已|打款|"
    r"补|登记|就(?!够|行|好|可以|是|能|算)|$))(?!的?(?:版|系统|固件|协议|接口|屏|寸|蓝牙))"
)
_LOOKS_AHEAD = re.compile(
    r"(?:(?:之|以)?[前后]|左右|上午|下午|晚上|早上|你们|您|师傅|快递)*"
    r"(?:再|才能|才会|能不能|能|会|可以|必须|得|要|(?P<may>[到发送取来])不(?=(?P=may)))"
    r"(?:帮?我|不能)?.{0,2}?(?:到|发|送|寄|取|来|用|收|上门|安装|派|配)(?!.{0,2}[了的过])"
    r"|(?P<later>[之以]?后(?:再|送|发|来|寄|取|收|上门|安装|派)(?!.{0,2}[了的过]))"
    r"|(?:(?![的了过收签买拍到])[^,。!?;]){0,16}?(?:可以|行|方便)(?:吗|么|不|吧)"
    r"|(?:上午|下午|晚上)?送(?![到来的了货修检]|.?[的了过])"
    r"|[之以]?前(?!面|台|就?(?:已|买|下单|拍|付|申请|签|收|寄|发的))"
)
_LED_TO = re.compile(
    r"(?:等到?|改到|改成|改为|改约|预约(?:的是|在)?|约|延到|延迟到|推到|推迟到|最晚|预计|打算|准备|下次)$"
)


@dataclass(frozen=True, slots=True)
class DateMention:
    """The words from ``start`` to ``end`` name the day ``value``."""

    start: int
    end: int
    value: str


def mentions(text: str) -> list[DateMention]:
    """All days named in a normalised text, in order, none overlapping another."""
    found: list[DateMention] = []
    for pattern, symbol in _KINDS:
        for match in pattern.finditer(text):
            value = symbol(match)
            if value and not any(m.start < match.end() and match.start() < m.end for m in found):
                found.append(DateMention(*match.span(), _ahead(value, match) + value))
    found.sort(key=lambda mention: mention.start)
    for place in range(1, len(found)):
        found[place] = _after(found[place - 1], found[place])
    return found


def _after(earlier: DateMention, mention: DateMention) -> DateMention:
    """A day that follows another lies after it: 20号之前必须到,21号搬家; 这周六在,周日不在."""
    last, this = _OPEN.fullmatch(earlier.value), _OPEN.fullmatch(mention.value)
    if last and this and last[1] and not this[1] and last[2] == this[2] and last[3] < this[3]:
        return replace(mention, value=">" + mention.value)
    month = re.fullmatch(r">--\d\d-(\d\d)", earlier.value)
    if month and this and this[2] == "---" and not this[1] and month[1] < this[3]:
        return replace(mention, value=">" + mention.value)
    week = re.fullmatch(r"W([+-]\d)-([1-7])", earlier.value)
    if week and this and this[2] == "W" and not this[1]:
        weeks = int(week[1]) + (this[3] <= week[2])
        return replace(mention, value=f"W{weeks:+d}-{this[3]}")
    return mention


def _ahead(value: str, match: re.Match[str]) -> str:
    """``>`` when the words around an incomplete day look ahead (8号能到吗), else nothing."""
    if not re.match(r"--|W\d", value):
        return ""
    text = match.string
    before = text[max(0, match.start() - 4) : match.start()]
    if _LED_TO.search(before):
        return ">"
    ahead = _LOOKS_AHEAD.match(text, match.end())
    told = ahead and ahead["later"] and before.endswith("说")
    return ">" if ahead and not told else ""


def _two(written: str, most: int) -> str | None:
    value = integer(written)
    return f"{value:02d}" if value and value <= most else None


def _month_day(month: str, day: str, year: str = "-") -> str | None:
    mm, dd = _two(month, 12), _two(day, 31)
    return f"{year}-{mm}-{dd}" if mm and dd else None


def _full(match: re.Match[str]) -> str | None:
    year = match["year"] if len(match["year"]) == 4 else "20" + match["year"]
    return _month_day(match["month"], match["day"], year)


def _word_year(match: re.Match[str]) -> str | None:
    return _month_day(match["month"], match["day"], _YEARS[match["year"]])


def _no_year(match: re.Match[str]) -> str | None:
    return _month_day(match["month"], match["day"])


def _word_month(match: re.Match[str]) -> str | None:
    day = _two(match["day"], 31)
    return f"{_MONTHS[match['month'].replace('个', '')]}-{day}" if day else None


def _end_of_month(match: re.Match[str]) -> str:
    return f"{_MONTHS[(match['month'] or '本') + '月']}-L"


def _no_month(match: re.Match[str]) -> str | None:
    if match["day"] in _BATTERIES and _BATTERY.search(match.string, max(0, match.start() - 8)):
        return None
    day = _two(match["day"], 31)
    return f"---{day}" if day else None


def _word(match: re.Match[str]) -> str:
    return _DAYS[match.group()]


def _weekday(match: re.Match[str]) -> str:
    day = _WEEKDAYS[match["day"]]
    return f"W{_WEEKS[match['week']]}{day}" if match["week"] else f"W{day}"


def _away(match: re.Match[str]) -> str | None:
    sign = "-" if match["way"] == "前" else "+"
    unit = match["unit"]
    if match["much"] == "半":
        return {"月": f"{sign}P15D", "年": f"{sign}P6M"}.get(unit)
    many = number(match["much"])
    if many is None or many != int(many) or many > 999:
        return None
    if unit in "月年":
        return f"{sign}P{int(many)}{'M' if unit == '月' else 'Y'}"
    days = int(many) * (1 if unit in "天日" else 7)
    return f"{sign}P{days}D"


_BATTERIES = ("5", "7", "五", "七")
_BATTERY = re.compile(".{0,18}电池")
"""「电池是5号的还是7号的」 asks how big they are."""
_YEARS = {"前年": "Y-2", "去年": "Y-1", "今年": "Y+0", "明年": "Y+1"}
_MONTHS = {
    "上上月": "M-2", "上月": "M-1", "这月": "M+0", "本月": "M+0", "当月": "M+0", "下月": "M+1",
}  # fmt: skip
_WEEKS = {"上上": "-2-", "上": "-1-", "这": "+0-", "本": "+0-", "下": "+1-", "下下": "+2-"}
_WEEKDAYS = dict(zip("一二三四五六日天1234567", "123456771234567", strict=True))
_DAYS = {
    **dict.fromkeys(
        ("今天", "今日", "今早", "今晚", "今儿", "今个", "今晨", "今夜", "刚刚", "刚才"), "P0D"
    ),
    **dict.fromkeys(("昨天", "昨日", "昨晚", "昨儿", "昨夜", "昨早", "昨个"), "-P1D"),
    **dict.fromkeys(("前天", "前日", "前晚", "前儿"), "-P2D"),
    **dict.fromkeys(("大前天", "大前儿"), "-P3D"),
    **dict.fromkeys(("明天", "明日", "明早", "明晚", "明儿", "明个"), "+P1D"),
    **dict.fromkeys(("后天", "后日", "后儿"), "+P2D"),
    **dict.fromkeys(("大后天", "大后儿"), "+P3D"),
}

_KINDS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str | None]], ...] = tuple(
    (re.compile(pattern), symbol)
    for pattern, symbol in (
        (r"(?<![\d-])(?P<year>20\d\d)\s?[年\-/.]\s?(?P<month>\d{1,2})\s?[月\-/.]\s?"
         r"(?P<day>\d{1,2})(?!\d)[号日]?", _full),
        (r"(?<!\d)(?P<year>\d\d)年(?P<month>\d{1,2})月(?P<day>\d{1,2})(?!\d)[号日]?", _full),
        (r"(?<![\dA-Za-z])(?<![号码])(?P<year>20[0-3]\d)(?P<month>0[1-9]|1[0-2])"
         r"(?P<day>[0-2]\d|3[01])(?![\dA-Za-z])", _full),
        (rf"(?P<year>前年|去年|今年|明年)的?(?P<month>{_SMALL})月(?P<day>{_SMALL})"
         r"(?:[号日]|(?![\d.个天多])(?<=\d))", _word_year),
        (r"(?<![\d一二三四五六七八九十])(?:(?P<month>上上|上|这|本|当|下)个?)?月(?:底|末)",
         _end_of_month),
        (rf"(?<![\d年])(?P<month>{_SMALL})月份?(?P<day>{_SMALL})(?:[号日]|(?![\d.个天多几块元])"
         r"(?:(?<=\d)|(?<=十)|(?<=十[一二三四五六七八九])))", _no_year),
        (rf"(?P<month>上上个?月|上个?月|这个?月|本月|当月|下个?月)的?(?P<day>{_SMALL})[号日]"
         + _NOT_A_DAY, _word_month),
        (r"(?<![\dA-Za-z:./\-])(?P<month>\d{1,2})-(?P<day>\d{1,2})(?![\d:./%\-A-Za-z])[号日]?"
         + _NOT_A_SUM, _no_year),
        (r"(?<![\dA-Za-z:./\-¥])(?<!蓝牙|版本|系统|安卓|固件)(?P<month>\d{1,2})[./](?P<day>\d{1,2})(?![\d:./%\-A-Za-z])"
         + _HAPPENED + "[号日]?", _no_year),
        (r"(?<![\d.\-第月大小A-Za-z一二三四五六七八九十路街道巷弄村苑园区厦栋])"
         rf"(?P<day>{_SMALL})[号日]" + _NOT_A_DAY + "(?!内|之内|以内|元|本|常|用|期|均|无理由)",
         _no_month),
        (rf"(?<![\d.\-~到至个])(?P<much>半|{NUMBER})\s?(?:多?个多?)?(?P<unit>天|日|周|星期|礼拜|月|年)"
         r"[多半]?[以之]?(?P<way>[前后])(?!面|台)", _away),
        (r"大[前后][天儿]|今天|今日|今早|今晚|今儿|刚刚|刚才|昨天|昨日|昨晚|昨儿|昨夜|昨早|"
         r"(?<![以之提])前天(?!天)|前日|前晚|(?<![啥多])前儿|昨个|今个|明个|今晨|今夜|"
         r"(?<!聪|证|发|声|表|文|光|透|鲜)明(?:(?:天(?!天|数|猫|气)|早|晚|儿)|(?<!说明)日)|"
         r"(?<![以之然最明])后天(?!天|气)|(?<![以之然最])后[日儿](?!子)", _word),
        (r"(?<![每单双一二两三四五六七八九十\d])(?P<week>上上|上|这|本|下下|下)?个?"
         r"(?:周|星期|礼拜)(?P<day>[一二三四五六日天1-7])"
         r"(?!\d(?!\d?[点:号])|[一二三四五六七八九十]{1,2}(?!点|[一二三四五六七八九十]|号)|[次个年])",
         _weekday),
    )
)  # fmt: skip
