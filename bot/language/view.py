"""What a message looks like to the classifier: one sign for each kind of number, name or link."""

import re
from dataclasses import replace

from bot.language.codes import EMAIL, LINK
from bot.language.masks import MASK
from bot.language.normalise import Normalised, normalise, table

NUMBER, MONEY, PLACE, PERSON, DAY, CLOCK, PAGE, MAIL, SEEN = "№¤⌂☺☼◷⚓✉▣"
_CODE = "⌗"
"""The number of an order or a parcel, until it is known what else is said; typed it is dropped."""
_SIGNS = {
    "seen": SEEN, "order": _CODE, "number": NUMBER, "money": MONEY, "place": PLACE, "name": PERSON,
    "day": DAY, "clock": CLOCK, "link": PAGE, "mail": MAIL,
}  # fmt: skip
_KEPT = "3q|886?|6{3,}|23{2,}|520|12315|12305|12306|315|618|818|1111|1212|11\\.11|12\\.12|10086|110"
"""Numbers that are words."""
_MASKED = re.compile(
    rf"{MASK.pattern}|(?P<page>{LINK.pattern})|(?P<mails>{EMAIL.pattern})", re.IGNORECASE | re.ASCII
)
_FIGURE = re.compile(
    rf"(?<![\d.])(?P<kept>{_KEPT})(?![\d.])|(?:(?<![a-z])[a-z]{{1,5}})?"
    rf"(?:\d[\d,.:/\- ]*(?<=\d)|[{NUMBER}{_CODE}])(?:[a-z]{{1,2}}(?![a-z]))?"
)
_CODE_ALONE = re.compile(_CODE)
_DIGITS_OF_A_CODE = 9
_NO_CODE = re.compile(r"[,.:/]|^\D*1[3-9]\d{9}\D*$")
"""Dates, sums and mobile phones, however many digits they have."""
_NAMED_BY_CODE = re.compile(
    r"[ ,;:。]{0,3}(?:我的|这个)?(?:(?:订单|快递|物流|运单)?单?编?号?码?[是为:]?)?"
    rf"{_CODE}[ ,;。]{{0,3}}"
)
_HAN = "\N{CJK UNIFIED IDEOGRAPH-4E00}-\N{CJK UNIFIED IDEOGRAPH-9FA5}"
_CHARACTER = re.compile(f"[{_HAN}]")
_ENOUGH_SAID = 5
"""With so many characters beside it, a code says nothing of the wish; with fewer it may."""
_MOODS = {"生气", "难过", "谢谢"}
_MOOD = "[" + "".join(picture for picture, word in table("emoji.tsv") if word in _MOODS) + "]"
_MOOD_BESIDE = re.compile(f"(?<![{_HAN}]){_MOOD}|{_MOOD}(?![{_HAN}])")
_FILLER = re.compile("嗯+那个|就是说|呃+")
"""What a telephone that listens writes down too; 嗯 alone agrees and stays."""
_NOTHING = "\N{ZERO WIDTH SPACE}"
_END_MARKS = ".。,~!; "
"""Not the question mark: it does tell something."""
_LONGEST_READ = 1_000


def view(text: str) -> Normalised:
    """The classifier's view of a message, still knowing where each of its characters was typed."""
    read = text[:_LONGEST_READ]
    message = replace(normalise(_without_moods(read)), original=read)
    masked = _without_fillers(message).rewrite(_MASKED, _sign)
    small = Normalised(masked.original, masked.text.lower(), masked.starts, masked.ends)
    if len(small.text) != len(masked.text):
        small = masked
    return _without_end_marks(_without_codes(small.rewrite(_FIGURE, _figure)))


def _without_moods(text: str) -> str:
    """Where something is said, faces and flowers around it change no wish; places stay true."""
    return _MOOD_BESIDE.sub(_NOTHING, text) if _CHARACTER.search(text) else text


def _without_fillers(message: Normalised) -> Normalised:
    fluent = message.rewrite(_FILLER, lambda filler: "")
    return fluent if fluent.text else message


def _without_codes(found: Normalised) -> Normalised:
    """Where something is said, the number of the order beside it is no more than a pause."""
    said = _NAMED_BY_CODE.sub("", found.text)
    if len(_CHARACTER.findall(said)) < _ENOUGH_SAID:
        return found.rewrite(_CODE_ALONE, lambda code: NUMBER)
    return found.rewrite(_NAMED_BY_CODE, _pause)


def _without_end_marks(found: Normalised) -> Normalised:
    """How many dots or exclamation marks end a message is the customer's manner and no wish."""
    said = found.text.rstrip(_END_MARKS)
    if not said or len(said) == len(found.text):
        return found
    end = len(said)
    return Normalised(found.original, said, found.starts[:end], found.ends[:end])


def _pause(code: re.Match[str]) -> str:
    return "," if code.start() > 0 and code.end() < len(code.string) else ""


def _sign(match: re.Match[str]) -> str:
    return _SIGNS.get(match.lastgroup or "", PAGE)


def _figure(match: re.Match[str]) -> str:
    if match["kept"]:
        return match.group()
    is_code = sum(map(str.isdigit, match.group())) >= _DIGITS_OF_A_CODE
    is_code = is_code and not _NO_CODE.search(match.group())
    return _CODE if is_code or _CODE in match.group() else NUMBER
