"""Which step of a procedure an agent's own words carry out.

For each step it is added up how much the words tell of its wording, its title and the questions
it asks, whether they match its patterns, whether the desk had just suggested it, and whether
they do what it does. Saying something else than any step has a fixed sum. How sure it is: the
share that a step has among all of them.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from bot.core.facts import FactDef
from bot.core.manner import asks_for_patience, shows
from bot.core.playbook import Playbook
from bot.core.scripts import Scripts
from bot.core.telling import Common, Telling, bag

FLOOR = 0.3
SURE = 0.5
"""What a step of the open case needs to be taken without a look elsewhere …"""
FLOOR_NEAR = 0.55
"""… what one of a case that the customer may have meant needs …"""
FLOOR_ELSEWHERE = 0.85
"""… and what one of any other case needs."""
TITLE = 4
"""How many variants of the wording a title weighs: it says what a step does in fewest words."""
HINT = 1.0
"""A pattern that matches, or the desk's suggestion: agents mostly follow."""
NOT_SHOWN = 1.0
"""What it costs a step that the words do not do what it does."""
SOMETHING_ELSE = 1.2
PATIENCE = 1.5
"""How much more the words say something else that only ask for patience."""


@dataclass(frozen=True, slots=True)
class Recognised:
    step: str
    confidence: float
    playbook: str = ""


class _Known:
    """The steps of one playbook, by their words."""

    def __init__(
        self, playbook: Playbook, scripts: Scripts, facts: Mapping[str, FactDef], common: Common
    ) -> None:
        self._playbook = playbook
        self._asked = [[facts[name] for name in s.ask if name in facts] for s in playbook.steps]
        wordings = [
            bag(scripts.variants(f"{playbook.id}.{step.id}"))
            + bag([step.title], TITLE)
            + bag(fact.question for fact in asked)
            for step, asked in zip(playbook.steps, self._asked, strict=True)
        ]
        self._telling = Telling(wordings, common)

    def scores(self, text: str, suggested: str | None) -> Iterator[tuple[float, str, str]]:
        known = zip(self._playbook.steps, self._asked, self._telling(text), strict=True)
        for step, asked, score in known:
            score += HINT * any(p.search(text) for p in step.recognise)
            score += HINT * any(p.search(text) for fact in asked for p in fact.asked)
            score += HINT * (step.id == suggested)
            score -= NOT_SHOWN * (not shows(step, text))
            yield score, step.id, self._playbook.id


class Recogniser:
    """Knows the steps of every playbook by their wording; each playbook's on first use."""

    def __init__(
        self,
        playbooks: Mapping[str, Playbook],
        scripts: Scripts,
        facts: Mapping[str, FactDef],
    ) -> None:
        self._playbooks = playbooks
        self._scripts = scripts
        self._facts = facts
        self._known: dict[str, _Known] = {}

    def warm_up(self) -> None:
        """Learn every wording now, so that the first reply is not slow."""
        for name in self._playbooks:
            self._of(name)

    def step(
        self, text: str, playbooks: Sequence[str], suggested: str | None = None
    ) -> Recognised | None:
        """The step of these playbooks that the words carry out; ``None`` when they do something
        else.
        """
        ranking = self.ranking(text, playbooks, suggested)
        if not ranking:
            return None
        something_else = 1 - sum(found.confidence for found in ranking)
        best = ranking[0]
        if best.confidence < max(FLOOR, something_else):
            return None
        return replace(best, confidence=round(best.confidence, 4))

    def ranking(
        self, text: str, playbooks: Sequence[str], suggested: str | None = None
    ) -> list[Recognised]:
        """All steps of these playbooks, the likeliest first; what is missing to one is how likely
        the words do something else.
        """
        scored = [
            found
            for name in playbooks
            if name in self._playbooks
            for found in self._of(name).scores(text, suggested)
        ]
        something_else = SOMETHING_ELSE + PATIENCE * asks_for_patience(text)
        most = max([something_else, *(score for score, _, _ in scored)])
        shares = [(math.exp(score - most), step, playbook) for score, step, playbook in scored]
        total = math.exp(something_else - most) + sum(share for share, _, _ in shares)
        shares.sort(reverse=True)
        return [Recognised(step, share / total, playbook) for share, step, playbook in shares]

    def any_step(
        self,
        text: str,
        own: Sequence[str],
        near: Sequence[str] = (),
        suggested: str | None = None,
    ) -> Recognised | None:
        """The same over all playbooks: one that is not the case's own must be clearer.

        Args:
            own: the playbooks of the open case.
            near: those that the customer's words may have meant.
        """
        mine = self.step(text, own, suggested)
        if mine and mine.confidence >= SURE:
            return mine
        near = [name for name in near if name not in own]
        far = [name for name in self._playbooks if name not in own and name not in near]
        for playbooks, floor in ((near, FLOOR_NEAR), (far, FLOOR_ELSEWHERE)):
            found = self.step(text, playbooks)
            if found and found.confidence >= floor:
                return found
        return mine

    @cached_property
    def _common(self) -> Common:
        names = self._scripts.names()
        return Common(text for name in names for text in self._scripts.variants(name))

    def _of(self, name: str) -> _Known:
        if name not in self._known:
            playbook = self._playbooks[name]
            self._known[name] = _Known(playbook, self._scripts, self._facts, self._common)
        return self._known[name]
