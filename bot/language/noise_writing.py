"""The same words in other characters: look-alikes, traditional, full width, hidden from filters."""

import functools
import random
import re
from collections.abc import Mapping

import opencc

from bot.language.noise_places import Place, changed, parts_written_otherwise, share_changed
from bot.language.normalise import table

_TO_TRADITIONAL = opencc.OpenCC("s2tw")
_HAN = re.compile("[\N{CJK UNIFIED IDEOGRAPH-4E00}-\N{CJK UNIFIED IDEOGRAPH-9FA5}]+")
_FULL_WIDTH = {chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)} | {
    " ": "\N{IDEOGRAPHIC SPACE}"
}
_MARKS = "*.-/·|"
"""What customers put between the characters of a word that they think is watched for."""


def lookalikes(text: str, chance: random.Random, strength: float = 1.0) -> str:
    """A character that looks much like the right one, as 末 for 未; as long as before."""
    known = _lookalikes()
    places = [Place(at, at + 1, known[c]) for at, c in enumerate(text) if c in known]
    return changed(text, places, chance, strength)


@functools.lru_cache(maxsize=1)
def _lookalikes() -> Mapping[str, tuple[str, ...]]:
    """For each character of the table, the others of its rows."""
    found: dict[str, tuple[str, ...]] = {}
    for row in table("noise_lookalikes.tsv"):
        for character in row:
            others = tuple(other for other in row if other != character)
            found[character] = found.get(character, ()) + others
    return found


def traditional(text: str, chance: random.Random, strength: float = 1.0) -> str:
    """Traditional characters for this share of those that have one: all of them by default."""
    pairs = enumerate(zip(text, _HAN.sub(_in_traditional, text), strict=True))
    places = [Place(at, at + 1, (new,)) for at, (old, new) in pairs if old != new]
    return share_changed(text, places, chance, strength)


def _in_traditional(simple: re.Match[str]) -> str:
    written = _TO_TRADITIONAL.convert(simple.group())
    return written if len(written) == len(simple.group()) else simple.group()


def full_width(text: str, chance: random.Random, strength: float = 1.0) -> str:
    """Full-width digits, letters, marks and blanks for this share of them: all by default."""
    places = [Place(at, at + 1, (_FULL_WIDTH[c],)) for at, c in enumerate(text) if c in _FULL_WIDTH]
    return share_changed(text, places, chance, strength)


def evasions(text: str, chance: random.Random, strength: float = 1.0) -> str:
    """A word that filters may watch for, hidden: 投溯, tou诉, 投*诉, 退钅, 加V."""
    known = parts_written_otherwise(text, "noise_evasions.tsv")
    places = [_also_with_a_mark(text[place.start : place.end], place) for place in known]
    return changed(text, places, chance, strength)


def _also_with_a_mark(word: str, place: Place) -> Place:
    if len(word) < 2 or word.isascii():
        return place
    marked = tuple(f"{word[0]}{mark}{word[1:]}" for mark in _MARKS)
    # Twice the ways of the table: a mark is the rarer trick.
    return Place(place.start, place.end, place.ways * 2 + marked)
