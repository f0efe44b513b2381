"""How a message comes: spoken, in pieces, cut off, twice, or with a number in it."""

import random
import re
import string

from bot.language.noise_places import Place, changed, changed_at
from bot.language.words import words

_FILLERS = ("嗯", "那个", "就是", "呃", "啊", "这个", "然后", "就是说", "嗯那个", "反正")
_PARTICLE = re.compile("[的了吗呢吧啊呀嘛哦]")
_STUTTERED = re.compile("[我你这他想要就都不]")
_CLAUSE_END = re.compile(r"[，。！？；,.!?;\s]+")
_NAMED_ORDER = re.compile("订单号?|单号")
_PARCELS = ("SF", "YT", "JT", "")


def voice(text: str, chance: random.Random, strength: float = 1.0) -> str:
    """As a telephone writes down speech: a filler, a word said twice, a particle not heard."""
    fillers = [Place(at, at, _FILLERS) for at in _word_starts(text)]
    lost = [
        Place(*match.span(), ("",)) for match in _PARTICLE.finditer(text) if text != match.group()
    ]
    twice = [Place(*match.span(), (match.group() * 2,)) for match in _STUTTERED.finditer(text)]
    return changed(text, [*fillers, *lost, *twice], chance, strength)


def bursts(text: str, chance: random.Random, strength: float = 1.0) -> str:
    """In pieces: a new line or a blank between clauses or, where there is one only, words."""
    ends = [
        Place(*match.span(), ("\n", " ") if match.group() not in "\n " else ("\n",))
        for match in _CLAUSE_END.finditer(text)
        if match.end() < len(text) and match.group() != "\n"
    ]
    gaps = [Place(at, at, ("\n", "\n", " ")) for at in _word_starts(text)[1:]]
    return changed(text, ends or gaps, chance, strength)


def order_numbers(text: str, chance: random.Random, strength: float = 1.0) -> str:
    """The number of an order or parcel: after 订单 where that is said, else before or after all."""
    number = _number(chance)
    named = [Place(match.end(), match.end(), (number,)) for match in _NAMED_ORDER.finditer(text)]
    before = Place(0, 0, (f"{number} ", f"{number}，", f"订单{number}，"))
    after = Place(len(text), len(text), (f" {number}", f"，{number}", f"，单号{number}"))
    anywhere = [before, after] if text else []
    return changed_at(text, named or anywhere, chance, max(1, round(strength)))


def clipped(text: str, chance: random.Random, strength: float = 1.0) -> str:
    """Sent too early: the last sixth is missing, more with more strength; at least one stays."""
    lost = max(1, round(strength * len(text) / 6)) + chance.randrange(2)
    return text[: max(1, len(text) - lost)]


def doubled(text: str, chance: random.Random, strength: float = 1.0) -> str:
    """Sent twice, or ``strength`` times more: at once, after a blank or on a new line."""
    again = max(1, round(strength))
    return chance.choice(("", " ", "\n")).join([text] * (1 + again)) if text else text


def _word_starts(text: str) -> list[int]:
    return [start for _, start, _ in words(text)]


def _number(chance: random.Random) -> str:
    """Twelve digits or nineteen, as platforms number orders, or a courier's letters before them."""
    letters = chance.choice(_PARCELS)
    length = 13 if letters else chance.choice((12, 19))
    # The first digit is no 0: no platform begins with one.
    return (
        letters
        + chance.choice(string.digits[1:])
        + "".join(chance.choices(string.digits, k=length - 1))
    )
