"""Finds wording by its words, its meaning, its pinyin or the first letters of that."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

TITLE, TEXT = 2.0, 1.0
"""What stands in a title counts more than what stands in the text."""
WORDS, SOUND, MEANT = 3.0, 2.0, 4.0
SHORTEST_SOUND = 2
"""One letter is the beginning of too much."""


@dataclass(frozen=True, slots=True)
class Spelt:
    """Text as it sounds: all syllables in a row, where each begins, and their first letters."""

    sound: str
    starts: frozenset[int]
    initials: str


@dataclass(frozen=True, slots=True)
class Wording:
    """Something that may be said, with all by which it can be found."""

    id: str
    title: str
    text: str
    intents: frozenset[str]
    """The wants that it answers."""
    spelt_title: Spelt
    spelt_text: Spelt


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody types to find something."""

    text: str
    words: frozenset[str]
    meant: Mapping[str, float]
    """How likely each intent is, if a customer had written it."""


def spelt(syllables: Iterable[str]) -> Spelt:
    """From the sound of each character."""
    parts = [part for part in syllables if part.strip()]
    starts, at = set(), 0
    for part in parts:
        starts.add(at)
        at += len(part)
    return Spelt("".join(parts).lower(), frozenset(starts), "".join(p[0] for p in parts).lower())


def search(wanted: Wanted, wordings: Iterable[Wording], limit: int) -> Sequence[Wording]:
    """The best ones first; nothing that is not like it in any way."""
    scored = ((_score(wanted, one), one) for one in wordings)
    found = [(score, one) for score, one in scored if score > 0]
    found.sort(key=lambda pair: (-pair[0], len(pair[1].text), pair[1].id))
    return [one for _, one in found[:limit]]


def _score(wanted: Wanted, one: Wording) -> float:
    score = TITLE * _in_words(wanted, one.title) + TEXT * _in_words(wanted, one.text)
    letters = "".join(wanted.text.lower().split())
    if letters.isascii() and letters.isalpha() and len(letters) >= SHORTEST_SOUND:
        heard = TITLE * _heard(letters, one.spelt_title) + TEXT * _heard(letters, one.spelt_text)
        return score + SOUND * heard
    meant = max((wanted.meant.get(intent, 0.0) for intent in one.intents), default=0.0)
    return score + MEANT * meant


def _in_words(wanted: Wanted, text: str) -> float:
    """1 where it stands there as typed, else the share of its words that do."""
    if wanted.text and wanted.text.lower() in text.lower():
        return WORDS
    there = sum(word in text for word in wanted.words)
    return WORDS * there / len(wanted.words) / 2 if there else 0.0


def _heard(letters: str, there: Spelt) -> float:
    """1 for the sound from the beginning of a syllable, a little less for first letters."""
    at = there.sound.find(letters)
    while at >= 0:
        if at in there.starts:
            return 1.0
        at = there.sound.find(letters, at + 1)
    return 0.8 if letters in there.initials else 0.0
