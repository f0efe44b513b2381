"""Which step of a procedure an agent's own words carry out.

Three hints are added up: the step's own patterns, the patterns by which agents ask for a fact,
and how much the words have in common with the step's wording (pairs of characters, rare pairs
count more). The step that the desk had just suggested needs less to be believed, since agents
mostly follow; below a floor the words carry out no known step.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from re import Pattern

from bot.core.facts import FactDef
from bot.core.likeness import Likeness, pairs
from bot.core.playbook import Playbook, Step
from bot.core.scripts import PLACEHOLDER, Scripts

FLOOR = 0.3
FLOOR_ELSEWHERE = 0.55
PATTERN_HINT = 0.55
ASKED_HINT = 0.45
SUGGESTED_HINT = 0.15


@dataclass(frozen=True, slots=True)
class Recognised:
    step: str
    confidence: float
    playbook: str = ""


@dataclass(frozen=True, slots=True)
class _Known:
    step: Step
    wordings: tuple[frozenset[str], ...]
    patterns: tuple[Pattern[str], ...]
    asked: tuple[Pattern[str], ...]


class Recogniser:
    """Knows the steps of every playbook by their wording."""

    def __init__(
        self,
        playbooks: Mapping[str, Playbook],
        scripts: Scripts,
        facts: Mapping[str, FactDef],
    ) -> None:
        wordings = (text for name in scripts.names() for text in scripts.variants(name))
        self._likeness = Likeness(PLACEHOLDER.sub(" ", text) for text in wordings)
        self._known = {
            playbook.id: [self._describe(playbook, step, scripts, facts) for step in playbook.steps]
            for playbook in playbooks.values()
        }

    def step(
        self, text: str, playbooks: Sequence[str], suggested: str | None = None
    ) -> Recognised | None:
        """The step of these playbooks that the words carry out; ``None`` when they do something
        else.
        """
        said = pairs(text)
        scored = [
            (self._score(known, text, said, suggested), known.step.id, playbook)
            for playbook in playbooks
            for known in self._known.get(playbook, ())
        ]
        confidence, step, playbook = max(scored, default=(0.0, "", ""))
        if confidence < FLOOR:
            return None
        return Recognised(step, round(min(confidence, 1.0), 4), playbook)

    def any_step(self, text: str, playbooks: Sequence[str]) -> Recognised | None:
        """The same over all playbooks: one that is not among these must be clearer by far."""
        mine = self.step(text, playbooks)
        others = self.step(text, [name for name in self._known if name not in playbooks])
        if others is None or others.confidence < FLOOR_ELSEWHERE:
            return mine
        return others if mine is None or others.confidence > mine.confidence else mine

    def _describe(
        self, playbook: Playbook, step: Step, scripts: Scripts, facts: Mapping[str, FactDef]
    ) -> _Known:
        texts = scripts.variants(f"{playbook.id}.{step.id}")
        asked = [p for name in step.ask if name in facts for p in facts[name].asked]
        return _Known(
            step,
            tuple(pairs(PLACEHOLDER.sub(" ", text)) for text in texts),
            step.recognise,
            tuple(asked),
        )

    def _score(
        self, known: _Known, text: str, said: frozenset[str], suggested: str | None
    ) -> float:
        score = max((self._likeness(said, w) for w in known.wordings), default=0.0)
        score += PATTERN_HINT * any(p.search(text) for p in known.patterns)
        score += ASKED_HINT * any(p.search(text) for p in known.asked)
        return score + SUGGESTED_HINT * (known.step.id == suggested)
