"""One spelling for what customers type in many ways, without losing where they typed it."""

import functools
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import opencc

_HERE = Path(__file__).parent
_TO_SIMPLIFIED = opencc.OpenCC("t2s")
_SPACE_LIKE = {"\n", "\r", "\t", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x1f", "\x85"}
_CHANGES_NOTHING = re.compile(
    "[ !%-/0-;=?A-Z_a-z~。、·《》\N{CJK UNIFIED IDEOGRAPH-4E00}-\N{CJK UNIFIED IDEOGRAPH-9FA5}]*"
)
_RUN = re.compile(r"([^\W\dxXwW_])\1{2,}|([^\w\[\]]|_)\2+")
_MOST_OF_A_RUN = 2
_MARK_BETWEEN = r"[*.·|/\-_^~+#]?"
"""What stands between the characters of a hidden word; a blank or a comma parts real words."""


@dataclass(frozen=True, slots=True)
class Normalised:
    """A rewritten text; character ``i`` of it stands for ``original[starts[i]:ends[i]]``."""

    original: str
    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where ``text[start:end]`` (not empty) lies in the original."""
        return self.starts[start], self.ends[end - 1]

    def rewrite(
        self, pattern: re.Pattern[str], put: Callable[[re.Match[str]], str]
    ) -> "Normalised":
        """Replace each match; a replacement stands for the whole of what it replaced."""
        parts: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        done = 0
        for match in pattern.finditer(self.text):
            here, there = match.span()
            new = put(match)
            parts += (self.text[done:here], new)
            starts += self.starts[done:here]
            ends += self.ends[done:here]
            starts += [self.starts[here]] * len(new)
            ends += [self.ends[there - 1]] * len(new)
            done = there
        if not done:
            return self
        parts.append(self.text[done:])
        starts += self.starts[done:]
        ends += self.ends[done:]
        return Normalised(self.original, "".join(parts), tuple(starts), tuple(ends))


def normalise(text: str) -> Normalised:
    """Bring a message to one spelling: half width, simplified, pictures as words, runs shortened.

    Never fails: control characters, unpaired surrogates and unknown pictures are left out. The work
    grows with the length of the text and no faster.
    """
    clean = _by_character(text)
    simple = _simplified(clean)
    short = simple.rewrite(_RUN, _shortened)
    return short.rewrite(_SPELLINGS, _meant).rewrite(_HIDDEN, _revealed)


def _by_character(text: str) -> Normalised:
    if _CHANGES_NOTHING.fullmatch(text):
        return Normalised(text, text, tuple(range(len(text))), tuple(range(1, len(text) + 1)))
    parts: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        written = _written(character)
        parts.append(written)
        places += [place] * len(written)
    ends = tuple(place + 1 for place in places)
    return Normalised(text, "".join(parts), tuple(places), ends)


@functools.lru_cache(maxsize=20_000)
def _written(character: str) -> str:
    """What one character is written as; nothing for what carries no meaning."""
    if character in _EMOJI:
        return _EMOJI[character]
    if character in _SPACE_LIKE:
        return " "
    folded = unicodedata.normalize("NFKC", character)
    return "".join(part for part in folded if _carries_meaning(part))


def _carries_meaning(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in "LNPZ" or category in ("Sc", "Sm") or character in "^`"


def _simplified(clean: Normalised) -> Normalised:
    simple = _TO_SIMPLIFIED.convert(clean.text)
    if len(simple) != len(clean.text):
        # A phrase of another length: go by single characters so that the places stay true.
        simple = "".join(_simple_character(character) for character in clean.text)
    return Normalised(clean.original, simple, clean.starts, clean.ends)


@functools.lru_cache(maxsize=20_000)
def _simple_character(character: str) -> str:
    simple = _TO_SIMPLIFIED.convert(character)
    return simple if len(simple) == 1 else character


def _shortened(run: re.Match[str]) -> str:
    return run.group(1) * _MOST_OF_A_RUN if run.group(1) else run.group(2)


def _meant(spelling: re.Match[str]) -> str:
    return _MEANT[spelling.group().lower()]


def _revealed(hidden: re.Match[str]) -> str:
    return _HIDDEN_WORDS[(hidden.lastindex or 1) - 1]


def table(name: str) -> list[list[str]]:
    """The rows of one of the tables beside this file."""
    lines = (_HERE / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def _spelling_pattern(rows: list[list[str]]) -> re.Pattern[str]:
    longest_first = sorted(rows, key=lambda row: -len(row[0]))
    return re.compile("|".join(map(_one_spelling, longest_first)), re.IGNORECASE)


def _one_spelling(row: list[str]) -> str:
    written = re.escape(row[0])
    if row[0].isascii() and row[0].isalnum():
        # Latin abbreviations count only when no letter, digit or address sign touches them.
        return rf"(?<![A-Za-z0-9@._/\-]){written}(?![A-Za-z0-9@._/\-])"
    return written + (f"(?![{row[2]}])" if len(row) > 2 else "")


def _hidden_pattern(rows: list[list[str]]) -> re.Pattern[str]:
    """Each word as a group of its own, but never one that is written as it should be."""
    longest_first = "|".join(f"((?!{word}){_one_hidden(word, ways)})" for word, *ways in rows)
    return re.compile(rf"(?<![A-Za-z])(?:{longest_first})(?![A-Za-z])", re.IGNORECASE)


def _one_hidden(word: str, ways: list[str]) -> str:
    characters = zip(word, ways, strict=True)
    return _MARK_BETWEEN.join(f"(?:{'|'.join([c, *other.split(' ')])})" for c, other in characters)


_EMOJI = {row[0]: row[1] for row in table("emoji.tsv")}
_ROWS = table("spellings.tsv")
_MEANT = {row[0]: row[1] for row in _ROWS}
_SPELLINGS = _spelling_pattern(_ROWS)
_HIDDEN_ROWS = sorted(table("hidden.tsv"), key=lambda row: -len(row[0]))
_HIDDEN_WORDS = [row[0] for row in _HIDDEN_ROWS]
_HIDDEN = _hidden_pattern(_HIDDEN_ROWS)
