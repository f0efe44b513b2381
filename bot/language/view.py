"""What a message looks like to the classifier: one sign for each kind of number, name or link."""

import re

from bot.language.codes import EMAIL, LINK
from bot.language.masks import MASK
from bot.language.normalise import Normalised, normalise

NUMBER, MONEY, PLACE, PERSON, DAY, CLOCK, PAGE, MAIL, SEEN = "№¤⌂☺☼◷⚓✉▣"
_SIGNS = {
    "seen": SEEN, "order": NUMBER, "number": NUMBER, "money": MONEY, "place": PLACE, "name": PERSON,
    "day": DAY, "clock": CLOCK, "link": PAGE, "mail": MAIL,
}  # fmt: skip
_KEPT = "3q|886?|6{3,}|23{2,}|520|12315|12305|12306|315|618|818|1111|1212|11\\.11|12\\.12|10086|110"
"""Numbers that are words."""
_MASKED = re.compile(
    rf"{MASK.pattern}|(?P<page>{LINK.pattern})|(?P<mails>{EMAIL.pattern})", re.IGNORECASE | re.ASCII
)
_FIGURE = re.compile(
    rf"(?<![\d.])(?P<kept>{_KEPT})(?![\d.])|(?:(?<![a-z])[a-z]{{1,5}})?"
    rf"(?:\d[\d,.:/\- ]*(?<=\d)|{NUMBER})(?:[a-z]{{1,2}}(?![a-z]))?"
)
_LONGEST_READ = 1_000


def view(text: str) -> Normalised:
    """The classifier's view of a message, still knowing where each of its characters was typed."""
    message = normalise(text[:_LONGEST_READ])
    masked = message.rewrite(_MASKED, _sign)
    small = Normalised(masked.original, masked.text.lower(), masked.starts, masked.ends)
    if len(small.text) != len(masked.text):
        small = masked
    return small.rewrite(_FIGURE, _figure)


def _sign(match: re.Match[str]) -> str:
    return _SIGNS.get(match.lastgroup or "", PAGE)


def _figure(match: re.Match[str]) -> str:
    return match.group() if match["kept"] else NUMBER
