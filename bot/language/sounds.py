"""How a message sounds: input methods and dialects mix up characters, hardly what is heard."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from pypinyin import lazy_pinyin

_FIRST_HAN, _LAST_HAN = "\N{CJK UNIFIED IDEOGRAPH-4E00}", "\N{CJK UNIFIED IDEOGRAPH-9FA5}"
_SAID_ALIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("l", "n"), ("f", "h"))
"""First sounds that many speakers do not tell apart; nor do they -n and -ng at the end."""


def sounds(text: str) -> Iterator[str]:
    """The sound of each Chinese character, without tones; any other character stands for itself."""
    return map(_sound, text)


@functools.lru_cache(maxsize=10_000)
def _sound(character: str) -> str:
    if not _FIRST_HAN <= character <= _LAST_HAN:
        return character
    spelt: str = lazy_pinyin(character)[0]
    for first, alike in _SAID_ALIKE:
        if spelt.startswith(first):
            spelt = alike + spelt[len(first) :]
            break
    return spelt.removesuffix("g") if spelt.endswith("ng") else spelt


def syllables(text: str) -> Iterator[str]:
    """The pinyin of each Chinese character as it is typed, without tones; a letter or a digit for
    itself, nothing for any other character.
    """
    for character in text:
        if _FIRST_HAN <= character <= _LAST_HAN:
            yield lazy_pinyin(character)[0]
        elif character.isalnum():
            yield character
