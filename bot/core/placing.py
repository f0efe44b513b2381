"""Which case and step a passage of a shop's own wording belongs to: the step its words carry out,
in a case that what stands around it speaks of.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.core.playbook import Playbook
from bot.core.policy import Policy
from bot.core.recognition import TITLE, Recognised
from bot.core.telling import Common, Telling, bag

SIGN = 1.0
"""What a playbook's telling words in the surroundings count."""
MOST = 9.0
"""What the surroundings count at most: they never say which step it is."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Where a passage belongs, and what must be mended before it can be used."""

    text: str
    where: str
    best: Recognised
    second: Recognised
    mend: str = ""
    """Empty where it was placed."""


@dataclass(frozen=True, slots=True)
class Proposals:
    """What a document holds, for a person to review."""

    all: Sequence[Proposal]
    scripts: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)
    """The wording of each step that has new variants: these first, then the house's."""

    @property
    def placed(self) -> list[Proposal]:
        return [one for one in self.all if not one.mend]

    @property
    def left(self) -> list[Proposal]:
        return [one for one in self.all if one.mend]


class Placer:
    """Finds the place of passages among all steps of a policy."""

    def __init__(self, policy: Policy) -> None:
        self._recogniser = policy.recogniser
        self._playbooks = list(policy.playbooks.values())
        self._telling = _cases(policy.playbooks)

    def ranking(self, text: str, context: str = "") -> list[Recognised]:
        """All steps, the likeliest first: how likely the case is, what stands around counted in,
        times how likely the words carry out this step of it, and not something else.
        """
        ranking = self._recogniser.ranking(text, [one.id for one in self._playbooks])
        no_step = 1 - sum(found.confidence for found in ranking)
        in_case = {one.id: 0.0 for one in self._playbooks}
        for found in ranking:
            in_case[found.playbook] += found.confidence
        lifted = {name: in_case[name] * lift for name, lift in self._lift(context).items()}
        total = no_step + sum(lifted.values())

        def likely(one: Recognised) -> float:
            case = lifted[one.playbook] / total
            return case * one.confidence / (in_case[one.playbook] + no_step)

        places = [replace(one, confidence=likely(one)) for one in ranking]
        return sorted(places, key=lambda one: -one.confidence)

    def _lift(self, context: str) -> dict[str, float]:
        """How many times likelier each case is for what stands around."""
        told = zip(self._playbooks, self._telling(context), strict=True)
        return {
            one.id: math.exp(max(score, 0) + SIGN * any(p.search(context) for p in one.signs))
            for one, score in told
        }


def _cases(playbooks: Mapping[str, Playbook]) -> Telling:
    titles = [step.title for playbook in playbooks.values() for step in playbook.steps]
    common = Common([*titles, *(playbook.title for playbook in playbooks.values())])
    return Telling(
        [bag([p.title], TITLE) + bag(step.title for step in p.steps) for p in playbooks.values()],
        common,
    )
