"""A customer's height and weight, and sizes of clothes and shoes."""

import re
from collections.abc import Iterator
from decimal import Decimal

from bot.language.entities import Entity
from bot.language.numbers import CHINESE, number, plain

_ABOUT_A_PERSON = re.compile(
    r"身高|体重|个子|公斤|斤|[kK][gG]|[cC][mM]|[1一]米|1\.\d|码|号|穿|尺寸|[SMLX]", re.IGNORECASE
)
_IS = r"(?:是|有|大概|约|:|在)?\s?"
_TALL = rf"(?:(?:身高|个子){_IS})?"
_HEAVY = (
    r"(?:[二两三四五六七八九]?十|[一二两]百)[零一二三四五六七八九十]*\s?(?:公?斤|千克|[kK][gG])"
)
"""A weight that follows a height without a pause: 一米七一百二十斤."""
_HEIGHT = re.compile(
    rf"(?:身高|个子){_IS}(?:(?P<spoken>一[四五六七八九][零〇一二三四五六七八九](?![十百])|一百[四五六七八九](?!十))|(?P<stated>[6-9]\d|1[01]\d))(?![\d.])(?:\s?(?:cm|CM|厘米|公分))?"
    rf"|(?:身高|个子|高){_IS}(?P<said>1[2-9]\d|2[0-2]\d|[5-9]\d(?=cm|CM|厘米|公分))(?![\d.])(?:\s?(?:cm|CM|厘米|公分))?"
    rf"|(?:身高|个子){_IS}(?P<point>[12]\.\d{{1,2}})(?![\d米mM.])"
    rf"|{_TALL}(?<![\d.])(?P<metres>[12]\.\d{{1,2}})\s?(?:米|[mM](?![a-zA-Z]))"
    rf"|{_TALL}(?<![\d.])(?P<one>[1一]米|1[mM](?=\d))(?P<rest>[一二三四五六七八九](?={_HEAVY})|\d{{1,2}}|[一二三四五六七八九][一二三四五六七八九]?)"
    rf"(?:(?={_HEAVY})|(?![\d一二三四五六七八九十百]))"
    r"|(?<![\d.A-Za-z])(?P<unit>1[2-9]\d|2[0-2]\d|(?P<small>[6-9]\d|1[01]\d))\s?(?:cm|CM|厘米|公分)"
    r"|(?<![\d.A-Za-z])(?P<pair>1[4-9]\d)"
    r"(?=的?身高|[ ,/\-、]{1,2}(?:体重)?\d{2,3}(?:\.\d)?\s?(?:斤|[kK][gG]|公斤))"
)
_FOOD = "的?(?:大?米|面|油|水果|苹果|橙|桔|橘|梨|桃|肉|鱼|虾|糖|装)"
_WORDS = "[一二两三四五六七八九]?[十百][零一二三四五六七八九十]*"
_WEIGHT = re.compile(
    rf"体重{_IS}(?P<said>\d{{2,3}}(?:\.\d)?|{_WORDS})(?![\d.])(?:\s?(?P<its>斤|公斤|千克|[kK][gG]))?"
    rf"|(?:(?<![\d.A-Za-z米{CHINESE}])|(?<=[cC][mM])|(?<=米\d)(?=[{CHINESE}])|(?<=米\d\d)(?=[{CHINESE}])|(?<=米[一二三四五六七八九])|(?<=米[一二三四五六七八九][一二三四五六七八九]))"
    rf"(?P<much>\d{{2,3}}(?:\.\d)?|{_WORDS})\s?(?P<unit>斤|公斤|千克|[kK][gG])(?!{_FOOD})"
)
_LETTERS = re.compile(
    r"(?:(?<![A-Za-z0-9])|(?<=or))(?:(?P<many>[2-6])\s?[xX][lL]|(?P<xs>[xX]{1,5})(?P<end>[lLsS])"
    r"|(?P<one>[sSmMlL])(?=码|号|的?吧|的|$|[,。!? /、]|合适|可以|行|能|会|够|大|小|不|换|有|还|和"
    r"|跟|或|吗|or))"
    r"(?:(?![A-Za-z0-9])|(?=or))(?:码|号)?"
)
_BESIDE = re.compile(
    r"码?\s?(?:还是|或者?|和|跟|换成?|改成?|、|/|or)\s?(?:[2-6]?[xX]+[lLsS]|[sSmMlL])(?![A-Za-z0-9])"
)
_FITS = re.compile("合适|会不会|能穿|能不能|够不够|行不行|行吗|可以[吗不]|[大小]不[大小]")
_ASKS_FOR = re.compile(
    r"(?:换|要|拍|买|穿|选|发|来|寄|到|给|留|退|是|成|个|件|尺码|码|号|条|和|跟|或|还是)\s?$"
)
_LONGEST_NAME = 16
_LATIN_NAME = re.compile(r"(?P<word>[A-Za-z]{3,})\s$")
_SHOE = re.compile(
    r"(?<![\d.\-A-Za-z])(?P<shoe>[2-5]\d(?:\.5)?|(?<![一二两三四五六七八九十百])[二三四]十[一二三四五六七八九]?)\s?码(?P<half>半)?|(?<![\d.\-月A-Za-z])(?P<over>3[2-9]|4\d)号(?!楼|线|店|仓|门|院|柜|铺)"
    r"|(?<=[穿换拍要买选发成码])(?P<worn>(?:3[2-9]|4[0-8])(?:\.5)?)(?=的|$|[,。!?])"
    r"|(?<![\d.\-月A-Za-z])(?P<shod>(?:3[2-9]|4[0-8])(?:\.5)?)(?=的?鞋)"
)
_ON_FEET = re.compile("鞋|靴|脚|码")
_STEP = re.compile(r"(?P<way>[大小])(?P<many>[一1两2])(?:个)?(?:码|号|个尺码)(?!了)|(?P<only>均码)")
_STEPS = {"一": 1, "1": 1, "两": 2, "2": 2}
_JIN_PER_KG = 2
_NEVER_KG = 90
_KG = range(3, 200)
_CHILD = re.compile("宝[宝贝]|[男女][孩童宝]|丫头|小子|孩子|小孩|娃|小朋友|儿子|女儿|闺女|岁")
_BODY = re.compile(r"的人|的个|身高|体重|斤|[kK][gG]|穿|码")
_WEIGHED = re.compile(rf"体重|身高|身材|穿|码|1[4-9]\d|[1一]米|1\.[4-9]|{_CHILD.pattern}")
_GOODS = re.compile("的?(?:床|桌|被|窗|沙发|柜|布|线|板|毯|垫|席|架|椅|绳|管|地|长|宽|高)")
_LOAD = re.compile("(?:承重|载重|净重|毛重|限重|重量|称重|能装|承受)[^,。!?;]{0,3}$")
_PERSON = re.compile(
    "(?:我|他|她|本人|人|公|婆|妈|爸|男生?|女生?|胖子|瘦子|净|儿|孩子?|童|丫头|小子|宝[宝贝]?)(?:有|是|才|快|大概)?$"
)


def heights(text: str) -> Iterator[Entity]:
    if not _ABOUT_A_PERSON.search(text):
        return
    for match in _HEIGHT.finditer(text):
        centimetres = _centimetres(match)
        if centimetres and _of_a_person(match):
            yield Entity("height", centimetres, *match.span())


def _of_a_person(match: re.Match[str]) -> bool:
    """A bare 150cm may be a table: it counts beside other words about a body."""
    if not (match["unit"] or match["metres"] or match["one"]):
        return True
    if _GOODS.match(match.string, match.end()):
        return False
    rest = match.string[: match.start()] + match.string[match.end() :]
    if match["small"]:
        return bool(_CHILD.search(rest))
    return bool(
        _BODY.search(rest)
        or _PERSON.search(match.string[: match.start()])
        or match.group().startswith(("身高", "个子"))
        or not rest.strip(" ,。")
    )


def _centimetres(match: re.Match[str]) -> str | None:
    metres = match["metres"] or match["point"]
    if metres:
        return str(int(Decimal(metres) * 100))
    if match["spoken"]:
        return _digits(match["spoken"].replace("百", "")).ljust(3, "0")
    if match["one"]:
        return "1" + _digits(match["rest"]).ljust(2, "0")
    return match["said"] or match["stated"] or match["unit"] or match["pair"]


def _digits(written: str) -> str:
    digits = [number(character) for character in written]
    return "".join(plain(digit) for digit in digits if digit is not None)


def weights(text: str) -> Iterator[Entity]:
    tall = any(heights(text))
    for match in _WEIGHT.finditer(text):
        kilograms = _kilograms(match)
        if kilograms and (match["said"] or tall or _weighs_a_person(match)):
            yield Entity("weight", plain(kilograms), *match.span())


def _weighs_a_person(match: re.Match[str]) -> bool:
    before, after = match.string[: match.start()], match.string[match.end() :]
    if _LOAD.search(before):
        return False
    rest = f"{before} {after}"
    return bool(_WEIGHED.search(rest) or _PERSON.search(before) or not rest.strip(" ,。的"))


def _kilograms(match: re.Match[str]) -> Decimal | None:
    much = number(match["much"] or match["said"])
    if much is None:
        return None
    unit = match["unit"] or match["its"]
    if unit == "斤" or (unit is None and much >= _NEVER_KG):
        much /= _JIN_PER_KG  # 体重120 without a unit: nobody that size counts in kilograms
    return much if int(much) in _KG else None


def sizes(text: str) -> Iterator[Entity]:
    for match in _LETTERS.finditer(text):
        before = text[max(0, match.start() - 3) : match.start()]
        if _names_a_model(text[: match.start()]):
            continue
        if (
            not match["one"]
            or match.group()[1:]
            or not text.strip(match.group())
            or _ASKS_FOR.search(before)
            or _BESIDE.match(text, match.end())
            or _FITS.match(text, match.end())
        ):
            yield Entity("size", _letters(match), *match.span(), "letters")
    for match in _SHOE.finditer(text):
        if not match["worn"] or _ON_FEET.search(text):
            yield Entity("size", _shoe(match), *match.span(), "shoe")
    for match in _STEP.finditer(text):
        yield _step(match)


def _shoe(match: re.Match[str]) -> str:
    written = match["shoe"] or match["over"] or match["worn"] or match["shod"]
    size = number(written) or Decimal(0)
    return plain(size + (Decimal("0.5") if match["half"] else 0))


def _names_a_model(before: str) -> bool:
    """iPhone XS is a telephone, size XS is a size."""
    name = _LATIN_NAME.search(before[-_LONGEST_NAME:])
    return name is not None and name["word"].lower() not in ("size", "xxs", "xxl", "xxxl")


def _letters(match: re.Match[str]) -> str:
    if match["one"]:
        return match["one"].upper()
    many = int(match["many"]) if match["many"] else len(match["xs"])
    end = (match["end"] or "L").upper()
    return f"X{end}" if many == 1 else f"{many}X{end}"


def _step(match: re.Match[str]) -> Entity:
    if match["only"]:
        return Entity("size", "均码", *match.span(), "one_size")
    sign = "+" if match["way"] == "大" else "-"
    return Entity("size", f"{sign}{_STEPS[match['many']]}", *match.span(), "step")
