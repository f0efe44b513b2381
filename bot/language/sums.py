"""Sums of money, numbers of pieces or kilometres, and how many days."""

import re
from collections.abc import Iterator
from decimal import Decimal

from bot.language.entities import Entity
from bot.language.numbers import CHINESE, NUMBER, integer, number

_ASKED_OR_PAID = (
    "退款|退给|补偿|赔偿|赔付|便宜|优惠|差价|运费|邮费|价格|总共|一共|金额|"
    "退|赔|补|付|花|给|转|返|差|卖|收|减|价|扣|打|少"
)
_HOTLINES = r"123[14]5(?!\d)"
"""Who 「打12315」 calls the consumers' hotline and asks for no such sum."""
_NOUN_OF_BLOCK = (
    "电池|屏|板|玻璃|面料|布|肥皂|香皂|表|硬盘|地毯|地板|砖|豆腐|肉|糖|巧克力|饼|蛋糕|抹布|毛巾|"
    "手表|石|木|瓷|垫|主板"
)
_YUAN = r"(?:元(?!旦|宵|素)|块钱|圆|人民币|rmb|RMB)"
_AMOUNT = re.compile(
    rf"[¥$]\s?(?P<sign>\d[\d,]*(?:\.\d+)?)(?!\d)(?:元|块)?"
    rf"|(?<![\dA-Za-z.{CHINESE}])(?P<yuan>\d[\d,]*(?:\.\d+)?[万wW]?|[{CHINESE}]+)\s?(?:多|来)?{_YUAN}"
    rf"(?:(?P<jiao>[\d{CHINESE}])[角毛]?(?![\d{CHINESE}]))?"
    rf"|(?<![\dA-Za-z.{CHINESE}])(?P<block>\d[\d,]*(?:\.\d+)?|[{CHINESE}]+)块(?:钱)?"
    rf"(?:(?P<tenth>[\d{CHINESE}])[角毛]?(?![\d{CHINESE}天个周年]|小时|工作日))?(?!(?:的)?(?:{_NOUN_OF_BLOCK}))"
    rf"|(?<![\dA-Za-z.{CHINESE}])(?P<mao>\d|[{CHINESE}])[毛角](?:钱)"
)
_BARE = re.compile(
    rf"(?:{_ASKED_OR_PAID})(?:你|您|我|给|了|到|个|是|为|你们|我们|:){{0,2}}\s?"
    rf"(?P<bare>(?!{_HOTLINES})\d{{1,5}}(?:\.\d{{1,2}})?[万wW]?|[{CHINESE}]{{0,4}}[十百千万][{CHINESE}]{{0,3}})"
    r"(?=$|[,.!?;~。、)]|\s|吧|吗|呢|行|可|够|好|左右|算|就|的?差价|的?运费|给我|以内|还|都|啊|呀|了)(?![.:]\d)"
)
_HUNDREDS = re.compile(
    rf"(?<![\dA-Za-z.第{CHINESE}])(?P<bare>\d+(?:\.\d+)[万wW]|[一二两三四五六七八九][百千万][{CHINESE}]{{0,5}})"
    r"(?=$|[ ,.!?;~。)]|吧|吗|呢|行不行|可以|够|左右|以内)"
)

_MEASURES = (
    r"个(?!问题|说法|月|多月|星期|礼拜|小时|钟|电话|解释|答复|结果|理由|意思|人|多|半|字|工作日|客服|回复|地方|事|地址|工作|情况|忙|亲)"
    r"|件(?!事)|根(?!本|据)|条(?!件|码|款|短信|信息|消息|评价)|双(?!11|十一|倍|方)|套(?!餐|装|路)|只(?!有|是|能|要|收|发|想|剩|退|换|给|买|到|会|用|好)"
    r"|台(?!湾|阶|风)|部(?!分|门)|盒|箱|包(?!邮|裹|退|赔|装|运|括|含|换|安装|修|您|你|售后|皮|里)|袋|瓶|罐|本(?!人|来|店|月|周|地|身|次)"
    r"|张(?!先生|女士|小姐|三)|把|支(?!付|持|票)|枝|片|副|对(?!一|不|的|吗|应|比|方|于|我|你)|份(?!儿)|单(?!号|子|独|价|品|位|元|一|身|反)|卷|提(?!交|前|供|示|醒|货|现|高|出|问)"
    r"|桶|颗|粒|辆|床|盏|束|串|顶|枚|听(?!说|到|见|你|筒|了|着)|块(?=的?(?:"
    + _NOUN_OF_BLOCK
    + r"))|组|板|捆|扎|筒|打(?!开|电话|折|算|款|不|我|了|包|印|钱)"
)
_COUNT = re.compile(
    rf"(?<![\dA-Za-z.第\-{CHINESE}])(?P<many>\d{{1,4}}|[{CHINESE}]{{1,4}})\s?(?P<of>{_MEASURES})"
)
_DISTANCE = re.compile(
    rf"(?<![\dA-Za-z.第\-{CHINESE}])(?P<many>\d[\d,]{{0,6}}|[{CHINESE}]{{1,6}})\s?多?(?:公里|千米|[kK][mM](?![a-zA-Z]))"
)
_PAIR = re.compile(r"(?P<two>俩|仨)(?!月|星期|礼拜|小时|字|人)")

_PERIOD = re.compile(
    rf"(?<![\dA-Za-z.第\-~至到每{CHINESE}])(?P<many>半|{NUMBER})\s?(?P<more>多)?"
    r"(?:(?:个|天)?(?P<working>工作日)|个?(?P<unit>天|日(?![用期常本元])|周(?!年|边|[一二三四五六日])|星期(?![一二三四五六日天])|礼拜(?![一二三四五六日天])|月(?![\d一二三四五六七八九十份])|小时))"
    r"(?!多?[以之]?[前后](?!能|可|要|会))"
)
_VAGUE = re.compile(r"(?:这|那|前|头|近|几|过|每|第|隔)$")
_DAYS_IN = {"天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7, "月": 30}
_ROLES = {"日": "天", "星期": "周", "礼拜": "周"}


def amounts(text: str) -> Iterator[Entity]:
    for match in _AMOUNT.finditer(text):
        value = _yuan(match)
        if value is not None:
            yield Entity("amount", _money(value), *match.span())
    for pattern in (_BARE, _HUNDREDS):
        for match in pattern.finditer(text):
            value = number(match["bare"])
            if value:
                yield Entity("amount", _money(value), *match.span("bare"))


def _yuan(match: re.Match[str]) -> Decimal | None:
    if match["block"] == "一" and not match["tenth"] and not match.group().endswith("钱"):
        return None  # 一块 also means together
    if match["mao"]:
        tenths = number(match["mao"])
        return None if tenths is None else tenths / 10
    whole = number(match["sign"] or match["yuan"] or match["block"])
    tenths = number(match["jiao"] or match["tenth"] or "0")
    return None if whole is None or tenths is None else whole + tenths / 10


def _money(value: Decimal) -> str:
    return f"{value:.2f}"


def counts(text: str) -> Iterator[Entity]:
    for match in _COUNT.finditer(text):
        many = integer(match["many"])
        if many:
            yield Entity("count", str(many), *match.span(), match["of"])
    for match in _DISTANCE.finditer(text):
        far = integer(match["many"].replace(",", ""))
        if far:
            yield Entity("count", str(far), *match.span(), "公里")
    for match in _PAIR.finditer(text):
        yield Entity("count", "2" if match["two"] == "俩" else "3", *match.span(), "个")


def periods(text: str) -> Iterator[Entity]:
    """Lengths of time in days; what is not a whole number of days is left out."""
    for match in _PERIOD.finditer(text):
        if _VAGUE.search(text, max(0, match.start() - 1), match.start()):
            continue
        unit = match["unit"] or "工作日"
        days = _in_days(match["many"], unit)
        if days:
            yield Entity("days", str(days), *match.span(), _ROLES.get(unit, unit))


def _in_days(written: str, unit: str) -> int | None:
    if written == "半":
        return 15 if unit == "月" else None
    many = number(written)
    if many is None or many > 1000:
        return None
    days = many / 24 if unit == "小时" else many * _DAYS_IN.get(unit, 1)
    return int(days) if days == int(days) else None
