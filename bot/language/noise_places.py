"""Where a message can be written otherwise, and the few of those places that are."""

import functools
import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.language.normalise import table
from bot.language.words import words

_LONG = 12
"""From how many characters on a message gets two changes instead of one."""


@dataclass(frozen=True, slots=True)
class Place:
    """What can stand for ``text[start:end]``; with both the same, what can be put in there."""

    start: int
    end: int
    ways: tuple[str, ...]


def changed(
    text: str, places: Sequence[Place], chance: random.Random, strength: float = 1.0
) -> str:
    """The text with one place changed, a longer one with two, times ``strength``; never none."""
    few = 1 if len(text) < _LONG else 2
    return changed_at(text, places, chance, max(1, round(strength * few)))


def share_changed(
    text: str, places: Sequence[Place], chance: random.Random, strength: float = 1.0
) -> str:
    """The text with this share of its places changed: all of them by default; never none."""
    return changed_at(text, places, chance, max(1, round(strength * len(places))))


def changed_at(text: str, places: Sequence[Place], chance: random.Random, wanted: int) -> str:
    """The text with so many places changed, or as many as do not overlap; as it was without any."""
    chosen: list[tuple[Place, str]] = []
    for place in chance.sample(places, len(places)):
        if len(chosen) < wanted and not any(_overlap(place, other) for other, _ in chosen):
            chosen.append((place, chance.choice(place.ways)))
    written = _rewritten(text, chosen)
    # Two changes can undo each other; one alone cannot.
    return written if written != text else _rewritten(text, chosen[:1])


def words_written_otherwise(text: str, name: str) -> list[Place]:
    """The words of a text that a table (a word, then other ways to write it) knows, longest first.

    What is only a part of a longer word is none: 花 in 花费.
    """
    borders = {border for _, *places in words(text) for border in places}
    found = parts_written_otherwise(text, name)
    return [place for place in found if {place.start, place.end} <= borders]


def parts_written_otherwise(text: str, name: str) -> list[Place]:
    """Where the words of a table stand in a text, as words or as parts of words."""
    pattern, ways = _words_of(name)
    return [Place(*match.span(), ways[match.group()]) for match in pattern.finditer(text)]


@functools.cache
def _words_of(name: str) -> tuple[re.Pattern[str], Mapping[str, tuple[str, ...]]]:
    ways = {word: tuple(others.split(" ")) for word, others in table(name)}
    longest_first = sorted(ways, key=lambda word: -len(word))
    return re.compile("|".join(map(re.escape, longest_first))), ways


def _overlap(one: Place, other: Place) -> bool:
    return one.start < other.end and other.start < one.end


def _rewritten(text: str, changes: list[tuple[Place, str]]) -> str:
    parts: list[str] = []
    done = 0
    for place, new in sorted(changes, key=lambda change: (change[0].start, change[0].end)):
        parts += (text[done : place.start], new)
        done = place.end
    return "".join([*parts, text[done:]])
