"""Which step an agent's free wording carries out: measured on ``steps/``, which was written apart from
the scripts, and of which one half is never looked at while the recognition is changed.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.policy_files import load_policy
from bot.adapters.yaml_files import parse
from bot.core.recognition import Recognised
from bot.services.situation import FIND_ORDER
from bot.services.words import plain

HERE = Path(__file__).parent
CHECKOUT = HERE.parents[1]
POLICY = load_policy(CHECKOUT / "bot/policy", CHECKOUT / "scripts_zh")
HALVES = ("development", "held_out")
ENOUGH = 0.85
NONE = "none"


@dataclass(frozen=True)
class Saying:
    """What an agent wrote while the desk suggested a step of the open case."""

    case: str
    suggested: str | None
    says: str
    step: str

    def is_known(self) -> bool:
        """Whether the policy has this case and its steps."""
        playbook = POLICY.playbooks.get(self.case)
        steps = {self.suggested, self.step} - {None, NONE}
        return playbook is not None and steps <= {step.id for step in playbook.steps}

    def recognised(self) -> Recognised | None:
        found = POLICY.recogniser.step(plain(self.says), [self.case, FIND_ORDER], self.suggested)
        return found if found and found.playbook == self.case else None

    def found(self) -> str:
        recognised = self.recognised()
        return recognised.step if recognised else NONE

    def __str__(self) -> str:
        return f"{self.case}: {self.says} | {self.step}, found {self.found()}"


def sayings(half: str) -> list[Saying]:
    rows: Any = parse(HERE / f"steps/{half}.yml")
    return [Saying(**row) for row in rows]


def half_of(text: str) -> str:
    return HALVES[hashlib.sha256(text.encode()).digest()[0] % 2]


BY_HALF = {half: sayings(half) for half in HALVES}
ALL = [one for half in HALVES for one in BY_HALF[half]]


def right(some: Sequence[Saying]) -> float:
    return sum(one.found() == one.step for one in some) / len(some)


def wrong(some: Sequence[Saying]) -> str:
    return "\n".join(str(one) for one in some if one.found() != one.step)


def test_every_saying_is_of_a_step_that_the_policy_has() -> None:
    unknown = sorted({one.case for one in ALL if not one.is_known()})
    count = sum(not one.is_known() for one in ALL)

    if unknown:
        pytest.skip(f"{count} of {len(ALL)} sayings wait for the steps of {', '.join(unknown)}")


@pytest.mark.parametrize("some", [ALL, BY_HALF["held_out"]], ids=["all", "held_out"])
def test_at_least_85_in_100_are_matched_to_the_step_they_carry_out(some: list[Saying]) -> None:
    known = [one for one in some if one.is_known()]

    share = right(known)

    assert share >= ENOUGH, f"{share:.1%} of {len(known)}:\n{wrong(known)}"


def test_words_that_carry_out_no_step_are_taken_for_none() -> None:
    known = [one for one in ALL if one.is_known() and one.step == NONE]

    share = right(known)

    assert share >= ENOUGH, f"{share:.1%} of {len(known)}:\n{wrong(known)}"


def test_who_does_otherwise_than_suggested_is_recognised_as_well() -> None:
    known = [one for one in ALL if one.is_known() and one.step not in (NONE, one.suggested)]

    share = right(known)

    assert share >= ENOUGH - 0.05, f"{share:.1%} of {len(known)}:\n{wrong(known)}"


@pytest.mark.parametrize(
    ("low", "high", "enough"), [(0.9, 1.01, 0.95), (0.6, 0.9, 0.8), (0.3, 0.6, 0.5)]
)
def test_the_confidence_says_how_often_it_is_right(low: float, high: float, enough: float) -> None:
    recognised = [(one, one.recognised()) for one in ALL if one.is_known()]
    within = [one for one, found in recognised if found and low <= found.confidence < high]

    share = right(within)

    assert share >= enough, f"{share:.1%} of {len(within)}:\n{wrong(within)}"


def test_the_sayings_are_no_scripts_and_each_stands_in_the_half_its_text_decides() -> None:
    scripts = {text for name in POLICY.scripts.names() for text in POLICY.scripts.variants(name)}

    assert [one.says for one in ALL if one.says in scripts] == []
    assert [one.says for half in HALVES for one in BY_HALF[half] if half_of(one.says) != half] == []


def test_there_are_enough_of_them() -> None:
    none = [one for one in ALL if one.step == NONE]

    assert len(ALL) >= 300
    assert len(none) >= len(ALL) / 6
