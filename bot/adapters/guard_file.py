"""The guard's vocabulary out of its file, and the words that a single shop forbids besides."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from bot.adapters import guard_shapes as shapes
from bot.adapters.yaml_files import fault_at, load
from bot.core.guard_rules import (
    Commitment,
    Deadline,
    ForbiddenWord,
    GuardRules,
    Manner,
    Pardon,
    Patterns,
    Price,
    Rule,
    Severity,
    Voice,
)
from bot.core.guard_text import CLOCK, DAY, SPAN, SUM, Innocence
from bot.core.playbook import Decision
from bot.core.sources import Source

FILE, SHOPS_FILE = "guard.yml", "forbidden_words.yml"
FORBIDDEN = "forbidden_word"
_FIGURES = {"sum": SUM, "span": SPAN, "day": DAY, "clock": CLOCK}
_NAMED = re.compile(r"(?<!\?P)<([a-z_]+)>")


def load_guard(policy: Path) -> GuardRules:
    """Read the vocabulary; a policy without one guards nothing.

    Raises:
        PolicyError: names file, line, key and mend.
    """
    path = policy / FILE
    if not path.exists():
        return GuardRules()
    return _Vocabulary(path).rules(policy / "shops")


class _Vocabulary:
    """Turns one file into rules; a pattern may name a group of words or a kind of figure."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._shape = load(path, shapes.GuardShape)

    def rules(self, shops: Path) -> GuardRules:
        shape = self._shape
        voices = {name: _voice(one) for name, one in shape.voices.items()}
        own = sorted(shops.glob(f"*/{SHOPS_FILE}"))
        return GuardRules(
            innocence=self._innocence(),
            words={
                name: self._patterns(given, "words", name) for name, given in shape.words.items()
            },
            voices=voices,
            commitments=tuple(self._commitments()),
            deadlines=tuple(self._deadlines()),
            prices=tuple(self._prices()),
            manners=tuple(self._manners()),
            forbidden=_forbidden(shape.forbidden_words, voices),
            forbidden_by_shop={
                path.parent.name: _forbidden(load(path, shapes.Forbidden), voices) for path in own
            },
            figures=shape.figures.model_dump(),
            longest_sentence=shape.longest_sentence,
            longest_stretch=shape.longest_stretch,
        )

    def _innocence(self) -> Innocence:
        given = self._shape.innocence.model_dump()
        return Innocence(
            **{name: self._patterns(texts, "innocence", name) for name, texts in given.items()}
        )

    def _commitments(self) -> Iterable[Commitment]:
        for name, one in self._shape.commitments.items():
            place = ("commitments", name)
            yield Commitment(
                id=name,
                title=one.title,
                patterns=self._patterns(one.patterns, *place, "patterns"),
                unless=self._patterns(one.unless, *place, "unless"),
                only=frozenset(map(Decision, one.only)),
                records=frozenset(one.records),
                causes=self._patterns(one.causes, *place, "causes"),
                notes=self._patterns(one.notes, *place, "notes"),
                facts={fact: frozenset(values) for fact, values in one.facts.items()},
                pays=one.pays,
                free_choice=frozenset(one.free_choice),
            )

    def _deadlines(self) -> Iterable[Deadline]:
        for name, one in self._shape.deadlines.items():
            yield Deadline(
                id=name,
                title=one.title,
                words=self._patterns(one.words, "deadlines", name, "words"),
                high=one.high,
                low=one.low,
                until=one.until,
                cases=frozenset(one.cases),
                unless=self._patterns(one.unless, "deadlines", name, "unless"),
                fact=next(iter(one.fact.items()), None),
                since=one.since,
                stated=one.stated,
                voice=_voice(one),
            )

    def _prices(self) -> Iterable[Price]:
        for name, one in self._shape.prices.items():
            words = self._patterns(one.words, "prices", name, "words")
            figures, cases = tuple(one.figures), frozenset(one.cases)
            yield Price(name, words, figures, one.fact, one.ranged, cases, _voice(one))

    def _manners(self) -> Iterable[Manner]:
        for name, one in self._shape.manners.items():
            yield Manner(
                id=name,
                rule=Rule(one.rule),
                severity=Severity(one.severity),
                patterns=self._patterns(one.patterns, "manners", name, "patterns"),
                unless=self._patterns(one.unless, "manners", name, "unless"),
                pardons=frozenset(map(Pardon, one.pardons)),
                cases=frozenset(one.cases),
                only=frozenset(map(Decision, one.only)),
                voice=_voice(one),
            )

    def _patterns(self, given: Sequence[str], *place: str) -> Patterns:
        return tuple(self._pattern(text, (*place, n)) for n, text in enumerate(given))

    def _pattern(self, text: str, place: tuple[str | int, ...]) -> re.Pattern[str]:
        try:
            return re.compile(_NAMED.sub(lambda m: self._named(m[1]), text), re.IGNORECASE)
        except KeyError as name:
            what = f"没有这组词 no group of words {name}"
        except (re.error, OverflowError) as error:
            what = f"正则写错了 mend the pattern {text}: {error}"
        raise fault_at(self._path, place, what)

    def _named(self, name: str) -> str:
        """``<sum>`` is a sum of money, ``<you>`` the group of words of this name."""
        if name in _FIGURES:
            return f"{_FIGURES[name]}+"
        words = "|".join(self._shape.words[name])
        return f"(?:{_NAMED.sub(lambda match: self._named(match[1]), words)})"


def _voice(shape: shapes.VoiceShape) -> Voice:
    source = shape.source
    place = Source(source.doc, source.at, source.gist) if source else None
    return Voice(shape.why, shape.better, place)


def _forbidden(given: shapes.Forbidden, voices: Mapping[str, Voice]) -> tuple[ForbiddenWord, ...]:
    """What a shop does not say of its word is said as of any forbidden word."""
    usual = voices.get(FORBIDDEN) or Voice(FORBIDDEN)
    return tuple(
        ForbiddenWord(
            word,
            Voice(one.why or usual.why, one.better or usual.better, usual.source) if one else usual,
        )
        for word, one in given.items()
    )
