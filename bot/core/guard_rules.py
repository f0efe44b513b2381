"""The vocabulary of the guard: what is looked for in an outgoing text, and what is said of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from re import Pattern

from bot.core.facts import Value
from bot.core.guard_text import Innocence
from bot.core.playbook import Decision
from bot.core.sources import Source

type Patterns = tuple[Pattern[str], ...]


class Rule(StrEnum):
    PROMISE = "promise"
    AMOUNT = "amount"
    DEADLINE = "deadline"
    AUTHORITY = "authority"
    RESPECT = "respect"
    PLAIN_WORDS = "plain_words"
    PRIVACY = "privacy"
    CLOSING = "closing"
    ONE_TOUCH = "one_touch"
    CONTACT_LIMITS = "contact_limits"
    FORBIDDEN_WORD = "forbidden_word"


class Severity(StrEnum):
    BLOCK = "block"
    WARN = "warn"


class Pardon(StrEnum):
    """What takes the fault out of the words."""

    NEGATED = "negated"
    CONDITIONAL = "conditional"
    ASKED = "asked"
    QUOTED = "quoted"


@dataclass(frozen=True, slots=True)
class Voice:
    """What the guard says of a finding; placeholders stand for figures."""

    why: str
    better: str = ""
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Commitment:
    """Words that bind the shop: to pay, to send again, to bear the freight."""

    id: str
    title: str
    patterns: Patterns
    unless: Patterns = ()
    only: frozenset[Decision] = frozenset()
    """It binds only where the rules decide so; always when empty."""
    records: frozenset[str] = frozenset()
    """An entry in one of these registers grants it."""
    causes: Patterns = ()
    """Words beside it that name the cause for which the rules grant it: 质量问题."""
    notes: Patterns = ()
    """Words of a note that show it was granted before."""
    facts: Mapping[str, frozenset[Value]] = field(default_factory=dict)
    """What is known of the order that shows the same."""
    pays: bool = False
    """It is granted where the rule computes an amount."""
    free_choice: frozenset[str] = frozenset()
    """The cases in which an agent may give it within the limit."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """An event for which a rule names a period."""

    id: str
    title: str
    words: Patterns
    """All of these stand in the clause, or in its sentence."""
    high: str | None = None
    low: str | None = None
    until: str | None = None
    """A date fact that is the only right day, in place of a period."""
    cases: frozenset[str] = frozenset()
    """Where one of these is open; always when empty."""
    unless: Patterns = ()
    fact: tuple[str, str | bool] | None = None
    """Instead of its words this fact may show that it is meant."""
    since: str | None = None
    """The date fact from which it runs; today when absent."""
    stated: bool = False
    """A rule that is told, not something that will happen: a negation does not excuse it."""
    voice: Voice = field(default_factory=lambda: Voice(""))


@dataclass(frozen=True, slots=True)
class Price:
    """A sum that a rule fixes, or that a note has fixed."""

    id: str
    words: Patterns
    figures: tuple[str, ...] = ()
    fact: str | None = None
    """In place of figures: the fact that holds the sum of the note."""
    ranged: bool = False
    """Any sum between the first figure and the last; else just these."""
    cases: frozenset[str] = frozenset()
    voice: Voice = field(default_factory=lambda: Voice(""))


@dataclass(frozen=True, slots=True)
class Manner:
    id: str
    rule: Rule
    severity: Severity
    patterns: Patterns
    unless: Patterns = ()
    pardons: frozenset[Pardon] = frozenset()
    cases: frozenset[str] = frozenset()
    only: frozenset[Decision] = frozenset()
    voice: Voice = field(default_factory=lambda: Voice(""))


@dataclass(frozen=True, slots=True)
class ForbiddenWord:
    word: str
    voice: Voice


@dataclass(frozen=True, slots=True)
class GuardRules:
    """All that the guard knows; empty it finds nothing."""

    innocence: Innocence = field(default_factory=Innocence)
    words: Mapping[str, Patterns] = field(default_factory=dict)
    """Groups of words by the name under which the rules use them."""
    voices: Mapping[str, Voice] = field(default_factory=dict)
    commitments: tuple[Commitment, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    prices: tuple[Price, ...] = ()
    manners: tuple[Manner, ...] = ()
    forbidden: tuple[ForbiddenWord, ...] = ()
    forbidden_by_shop: Mapping[str, tuple[ForbiddenWord, ...]] = field(default_factory=dict)
    figures: Mapping[str, str] = field(default_factory=dict)
    """Which parameter is the sender's limit, which are the hours and the number of calls."""
    longest_sentence: int = 0
    longest_stretch: int = 0

    def group(self, name: str) -> Patterns:
        return self.words.get(name, ())

    def priced(self, words: str) -> bool:
        """Whether the words speak of a sum that a rule fixes in every case."""
        return any(
            price.figures and price.words and all(word.search(words) for word in price.words)
            for price in self.prices
        )

    def voice(self, name: str) -> Voice:
        return self.voices.get(name) or Voice(name)
