"""Words typed by their sound: the wrong one chosen, a sound close by, or only the initials."""

import functools
import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from pypinyin import lazy_pinyin

from bot.language.noise_places import Place, changed, words_written_otherwise
from bot.language.words import frequencies, words

Sounds = tuple[str, ...]
Sounding = Callable[[Sounds], Iterable[Sounds]]

_HAN = re.compile("[\N{CJK UNIFIED IDEOGRAPH-4E00}-\N{CJK UNIFIED IDEOGRAPH-9FA5}]+")
_SYLLABLE = re.compile(r"(?P<first>[zcs]h?|[a-z])(?P<rest>[a-z]*)")
_LONGEST_WORD = 4
_COMMON_WORD, _COMMON_CHARACTER = 200, 500
"""How often jieba's dictionary must have seen what an input method offers among the first."""
_OFFERED = 5
"""How many choices of an input method are near enough to be hit by mistake."""
_FIRSTS = {
    "z": ("zh",), "zh": ("z",), "c": ("ch",), "ch": ("c",), "s": ("sh",), "sh": ("s",),
    "n": ("l",), "l": ("n", "r"), "r": ("l",), "f": ("h",), "h": ("f",),
}  # fmt: skip
"""First sounds that many customers do not tell apart."""
_LASTS = (("in", "ing"), ("en", "eng"), ("an", "ang"))
"""Last sounds that many customers do not tell apart, the shorter first."""


def homophones(text: str, chance: random.Random, strength: float = 1.0) -> str:
    """Another word, or another character, of the same sound without its tone; as long as before."""
    places = _places(text, lambda sounds: (sounds,))
    return changed(text, places, chance, strength)


def near_sounds(text: str, chance: random.Random, strength: float = 1.0) -> str:
    """A word of a sound close by: z for zh, l for n, in for ing, h for f; as long as before."""
    return changed(text, _places(text, _near), chance, strength)


def initials(text: str, chance: random.Random, strength: float = 1.0) -> str:
    """A word of the trade by the first letters of its sounds: 退款 as tk, 运费险 as yfx."""
    return changed(text, words_written_otherwise(text, "noise_initials.tsv"), chance, strength)


def _places(text: str, sounding: Sounding) -> list[Place]:
    return [place for word, start, _ in words(text) for place in _in_word(word, start, sounding)]


def _in_word(word: str, start: int, sounding: Sounding) -> Iterator[Place]:
    """The whole word where another one sounds so, else each of its characters."""
    if not _HAN.fullmatch(word):
        return
    sounds = _sounds(word)
    others = _others(word, sounding(sounds)) if len(word) > 1 else ()
    if others:
        yield Place(start, start + len(word), others)
        return
    for place, (character, sound) in enumerate(zip(word, sounds, strict=True), start):
        if ways := _others(character, sounding((sound,))):
            yield Place(place, place + 1, ways)


def _others(word: str, sounds: Iterable[Sounds]) -> tuple[str, ...]:
    found = [other for wanted in sounds for other in _sounding_so().get(wanted, ())]
    return tuple(other for other in found if other != word)[:_OFFERED]


def _near(sounds: Sounds) -> tuple[Sounds, ...]:
    """The same syllables with one of them said otherwise."""
    return tuple(
        (*sounds[:place], other, *sounds[place + 1 :])
        for place, sound in enumerate(sounds)
        for other in _near_sound(sound)
    )


def _near_sound(sound: str) -> Iterator[str]:
    syllable = _SYLLABLE.fullmatch(sound)
    if syllable is None:
        return
    for first in _FIRSTS.get(syllable["first"], ()):
        yield first + syllable["rest"]
    for short, long in _LASTS:
        if sound.endswith(short):
            yield sound.removesuffix(short) + long
        elif sound.endswith(long):
            yield sound.removesuffix(long) + short


def _sounds(word: str) -> Sounds:
    sounds = tuple(lazy_pinyin(word))
    if len(sounds) == len(word):
        return sounds
    # Characters without a reading come back joined; each must keep its place.
    return tuple(lazy_pinyin(character)[0] for character in word)


@functools.lru_cache(maxsize=1)
def _sounding_so() -> Mapping[Sounds, tuple[str, ...]]:
    """The common words and characters of each sound, the most common first."""
    found: dict[Sounds, list[str]] = {}
    seen = frequencies()
    for word in sorted(filter(_is_common, seen), key=lambda word: (-seen[word], word)):
        found.setdefault(_sounds(word), []).append(word)
    return {sounds: tuple(choices) for sounds, choices in found.items()}


def _is_common(word: str) -> bool:
    least = _COMMON_CHARACTER if len(word) == 1 else _COMMON_WORD
    return (
        len(word) <= _LONGEST_WORD
        and frequencies()[word] >= least
        and _HAN.fullmatch(word) is not None
    )
