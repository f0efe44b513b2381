"""The shop's answers to questions that come up again and again, found by likeness."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.core.likeness import Likeness, pairs

ENOUGH = 0.5
"""Below this likeness no answer is given: a wrong answer costs more than a hand-over."""


@dataclass(frozen=True, slots=True)
class Entry:
    id: str
    questions: tuple[str, ...]
    answer: str


@dataclass(frozen=True)
class Faq:
    entries: Sequence[Entry] = ()

    @cached_property
    def _likeness(self) -> Likeness:
        return Likeness(question for entry in self.entries for question in entry.questions)

    @cached_property
    def _known(self) -> Sequence[tuple[frozenset[str], str]]:
        return [
            (pairs(question), entry.answer)
            for entry in self.entries
            for question in entry.questions
        ]

    def answer(self, question: str) -> str | None:
        """The answer whose question is most like this one, or ``None`` when none is like it."""
        asked = pairs(question)
        scored = ((self._likeness(asked, known), answer) for known, answer in self._known)
        likeness, answer = max(scored, default=(0.0, ""))
        return answer if likeness >= ENOUGH else None
