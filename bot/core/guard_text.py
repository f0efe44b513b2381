"""An outgoing text as the guard reads it: clauses, figures, and what makes words innocent."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from re import Match, Pattern

_CLAUSE = re.compile(r"[^,。!?;~\n、]+[,。!?;~\n、]?")
_ENDS = "。!?;~\n"
_QUOTED = re.compile(r"[“「『\"][^”」』\"]{1,60}[”」』\"]")
_ASKS = re.compile(r"(?:吗|么|呢|不|没|没有|好不好|行不行|可不可以|能不能)[呀啊哈哦~ ]?$")
SUM, SPAN, DAY, CLOCK = "¤◷☼◴"
"""What stands for each character of a sum, a length of time, a day and a time of day."""


@dataclass(frozen=True, slots=True)
class Sum:
    start: int
    end: int
    yuan: Decimal


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time in days."""

    start: int
    end: int
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Day:
    start: int
    end: int
    day: date


@dataclass(frozen=True, slots=True)
class Clock:
    start: int
    end: int
    written: str
    """``15:00``."""


@dataclass(frozen=True, slots=True)
class Contact:
    """A phone number, an account or an address in clear."""

    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class Clause:
    start: int
    end: int
    sentence: tuple[int, int]
    """Where the sentence it belongs to begins and ends."""


@dataclass(frozen=True, slots=True)
class Said:
    """A text in one spelling; character ``i`` of it was written at ``starts[i]:ends[i]``."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    sums: tuple[Sum, ...] = ()
    spans: tuple[Span, ...] = ()
    days: tuple[Day, ...] = ()
    clocks: tuple[Clock, ...] = ()
    contacts: tuple[Contact, ...] = ()

    def written_at(self, start: int, end: int) -> tuple[int, int]:
        """Where this stretch stands in the text as it was written."""
        if not self.starts or start >= end:
            return 0, 0
        return self.starts[start], self.ends[end - 1]

    def words(self, clause: Clause) -> str:
        return self.text[clause.start : clause.end]


def shape(said: Said) -> str:
    """The text, as long as before, with one sign for each character of a figure."""
    pieces = list(said.text)
    marks = ((said.spans, SPAN), (said.days, DAY), (said.clocks, CLOCK), (said.sums, SUM))
    for figures, sign in marks:
        for figure in figures:
            pieces[figure.start : figure.end] = sign * (figure.end - figure.start)
    return "".join(pieces)


def clauses(text: str) -> Iterator[Clause]:
    """The clauses of a text, each with its sentence."""
    pieces = [match.span() for match in _CLAUSE.finditer(text)]
    first = 0
    for number, (_, end) in enumerate(pieces):
        if text[end - 1] in _ENDS or number == len(pieces) - 1:
            sentence = pieces[first][0], end
            yield from (Clause(*piece, sentence) for piece in pieces[first : number + 1])
            first = number + 1


@dataclass(frozen=True, slots=True)
class Innocence:
    """The words that take the promise out of a promise."""

    idioms: tuple[Pattern[str], ...] = ()
    """What looks like a negation or a condition and is neither: 不好意思, 别着急."""
    negations: tuple[Pattern[str], ...] = ()
    undone: tuple[Pattern[str], ...] = ()
    """Negations right behind: 补发不了."""
    conditions: tuple[Pattern[str], ...] = ()
    stages: tuple[Pattern[str], ...] = ()
    """What must happen first: 收到核对后."""
    reports: tuple[Pattern[str], ...] = ()
    """What introduces somebody else's words: 您说的."""
    wishes: tuple[Pattern[str], ...] = ()
    """What makes a question ask for the customer's wish: 您是想."""


class Tone:
    """How the words of one text are meant."""

    def __init__(self, said: Said, innocence: Innocence) -> None:
        self.said = said
        self.shape = shape(said)
        self.clauses = tuple(clauses(said.text))
        self._words = innocence
        self._plain = said.text
        for idiom in innocence.idioms:
            self._plain = idiom.sub(lambda match: "*" * len(match.group()), self._plain)
        self._quotes = tuple(match.span() for match in _QUOTED.finditer(said.text))

    def around(self, clause: Clause) -> str:
        """The whole sentence of the clause."""
        return self.said.text[slice(*clause.sentence)]

    def clause_of(self, start: int) -> Clause:
        return next((c for c in self.clauses if c.start <= start < c.end), self.clauses[-1])

    def matches(
        self, patterns: Sequence[Pattern[str]], unless: Sequence[Pattern[str]] = ()
    ) -> Iterator[Match[str]]:
        """Where a pattern holds inside one clause that none of the exceptions holds in."""
        for clause in self.clauses:
            yield from self._within(clause.start, clause.end, patterns, unless)

    def sentence_matches(
        self, patterns: Sequence[Pattern[str]], unless: Sequence[Pattern[str]] = ()
    ) -> Iterator[Match[str]]:
        """The same over whole sentences."""
        for start, end in dict.fromkeys(clause.sentence for clause in self.clauses):
            yield from self._within(start, end, patterns, unless)

    def _within(
        self,
        start: int,
        end: int,
        patterns: Sequence[Pattern[str]],
        unless: Sequence[Pattern[str]],
    ) -> Iterator[Match[str]]:
        if any(exception.search(self.shape, start, end) for exception in unless):
            return
        for pattern in patterns:
            yield from pattern.finditer(self.shape, start, end)

    def negated(self, match: Match[str]) -> bool:
        """「不能保证…」, 「…不了」."""
        clause = self.clause_of(match.start())
        before = self._plain[clause.start : match.start()]
        if any(word.search(before) for word in self._words.negations):
            return True
        behind = self._plain[match.end() : match.end() + 4]
        return any(word.match(behind) for word in self._words.undone)

    def conditional(self, match: Match[str]) -> bool:
        """「如果…」, in the same sentence."""
        return self._led_by(self._words.conditions, match)

    def supposed(self, match: Match[str]) -> bool:
        """「如果…」, in the same clause."""
        clause = self.clause_of(match.start())
        words = self._plain[clause.start : clause.end]
        return any(word.search(words) for word in self._words.conditions)

    def staged(self, match: Match[str]) -> bool:
        """「收到核对后…」, in the same sentence."""
        return self._led_by(self._words.stages, match)

    def caused(self, causes: Sequence[Pattern[str]], match: Match[str]) -> bool:
        """The sentence names a cause that calls for it: 「质量问题」."""
        return any(
            c.search(self.said.text, *self.clause_of(match.start()).sentence) for c in causes
        )

    def _led_by(self, words: Sequence[Pattern[str]], match: Match[str]) -> bool:
        clause = self.clause_of(match.start())
        led = self._plain[clause.sentence[0] : clause.end]
        return any(word.search(led) for word in words)

    def asked(self, match: Match[str]) -> bool:
        """The sentence leaves the answer to the customer."""
        clause = self.clause_of(match.start())
        rest = self._plain[match.start() : clause.sentence[1]].rstrip("~。! ")
        return rest.endswith("?") or bool(_ASKS.search(rest))

    def wish_asked(self, match: Match[str]) -> bool:
        """「您是想补发吗」."""
        clause = self.clause_of(match.start())
        words = self._plain[clause.start : clause.end]
        return self.asked(match) and any(word.search(words) for word in self._words.wishes)

    def quoted(self, match: Match[str]) -> bool:
        if any(start < match.end() and match.start() < end for start, end in self._quotes):
            return True
        clause = self.clause_of(match.start())
        before = self._plain[clause.start : match.start()]
        return any(word.search(before) for word in self._words.reports)
