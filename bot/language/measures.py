"""A customer's height and weight, and sizes of clothes and shoes."""

import re
from collections.abc import Iterator
from decimal import Decimal

from bot.language.entities import Entity
from bot.language.numbers import CHINESE, number, plain

_ABOUT_A_PERSON = re.compile(
    r"身高|体重|个子|公斤|斤|[kK][gG]|[cC][mM]|1米|一米|码|号|穿|尺寸|[SMLX]", re.IGNORECASE
)
_HEIGHT = re.compile(
    r"(?:身高|个子|高)(?:是|有|大概|约|:|在)?\s?(?P<said>1[2-9]\d|2[0-2]\d|[5-9]\d(?=cm|CM|厘米|公分))(?!\d)(?:\s?(?:cm|CM|厘米|公分))?"
    r"|(?<![\d.])(?P<metres>[12]\.\d{1,2})\s?(?:米|[mM](?![a-zA-Z]))"
    r"|(?<![\d.])(?P<one>[1一]米)(?P<rest>\d{1,2}|[一二三四五六七八九][一二三四五六七八九]?)(?![\d一二三四五六七八九十百])"
    r"|(?<![\d.A-Za-z])(?P<unit>1[2-9]\d|2[0-2]\d)\s?(?:cm|CM|厘米|公分)"
    r"|(?<![\d.A-Za-z])(?P<pair>1[4-9]\d)"
    r"(?=的?身高|[ ,/\-、]{1,2}(?:体重)?\d{2,3}(?:\.\d)?\s?(?:斤|[kK][gG]|公斤))"
)
_WEIGHT = re.compile(
    rf"(?<![\d.A-Za-z{CHINESE}])(?P<much>\d{{2,3}}(?:\.\d)?|[{CHINESE}]{{2,6}})\s?(?P<unit>斤|公斤|千克|[kK][gG])"
    r"|体重(?:是|有|大概|约|:|在)?\s?(?P<said>\d{2,3}(?:\.\d)?)(?!\d)"
)
_LETTERS = re.compile(
    r"(?<![A-Za-z0-9])(?:(?P<many>[2-6])\s?[xX][lL]|(?P<xs>[xX]{1,5})(?P<end>[lLsS])"
    r"|(?P<one>[sSmMlL])(?=码|号|的?吧|的|$|[,。!? ]))"
    r"(?![A-Za-z0-9])(?:码|号)?"
)
_ASKS_FOR = re.compile(r"(?:换|要|拍|买|穿|选|发|是|成|个|件|尺码|码|号|条|和|跟|或|还是)\s?$")
_SHOE = re.compile(
    r"(?<![\d.\-A-Za-z])(?P<shoe>[2-5]\d(?:\.5)?)\s?码|(?<![\d.\-月A-Za-z])(?P<over>3[2-9]|4\d)号(?!楼|线|店|仓|门|院|柜|铺)"
)
_STEP = re.compile(r"(?P<way>[大小])(?P<many>[一1两2])(?:个)?(?:码|号|个尺码)(?!了)|(?P<only>均码)")
_STEPS = {"一": 1, "1": 1, "两": 2, "2": 2}
_JIN_PER_KG = 2
_KG = range(3, 200)


def heights(text: str) -> Iterator[Entity]:
    if not _ABOUT_A_PERSON.search(text):
        return
    for match in _HEIGHT.finditer(text):
        centimetres = _centimetres(match)
        if centimetres and _of_a_person(match):
            yield Entity("height", centimetres, *match.span())


def _of_a_person(match: re.Match[str]) -> bool:
    """A bare 150cm may be a table: it counts beside other words about a body."""
    if not match["unit"] and not match["metres"]:
        return True
    rest = match.string[: match.start()] + match.string[match.end() :]
    return bool(re.search(r"身高|体重|斤|[kK][gG]|穿|码", rest)) or not rest.strip(" ,。")


def _centimetres(match: re.Match[str]) -> str | None:
    if match["metres"]:
        return str(int(Decimal(match["metres"]) * 100))
    if not match["one"]:
        return match["said"] or match["unit"] or match["pair"]
    digits = [number(character) for character in match["rest"]]
    written = "".join(plain(digit) for digit in digits if digit is not None)
    return "1" + written.ljust(2, "0")


def weights(text: str) -> Iterator[Entity]:
    body = re.search(r"体重|身高|身材|穿|码|1[4-9]\d|[1一]米|1\.[4-9]", text)
    for match in _WEIGHT.finditer(text):
        kilograms = _kilograms(match)
        alone = not (text[: match.start()] + text[match.end() :]).strip(" ,。的")
        if kilograms and (body or alone):
            yield Entity("weight", plain(kilograms), *match.span())


def _kilograms(match: re.Match[str]) -> Decimal | None:
    much = number(match["much"] or match["said"])
    if much is None:
        return None
    if match["unit"] == "斤" or (match["said"] and much >= 90):
        much /= _JIN_PER_KG  # 体重120 without a unit: nobody that size counts in kilograms
    return much if int(much) in _KG else None


def sizes(text: str) -> Iterator[Entity]:
    for match in _LETTERS.finditer(text):
        before = text[max(0, match.start() - 3) : match.start()]
        if (
            not match["one"]
            or match.group()[1:]
            or not text.strip(match.group())
            or _ASKS_FOR.search(before)
        ):
            yield Entity("size", _letters(match), *match.span(), "letters")
    for match in _SHOE.finditer(text):
        yield Entity("size", match["shoe"] or match["over"], *match.span(), "shoe")
    for match in _STEP.finditer(text):
        yield _step(match)


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
