"""What a practised dialogue is worth: every point that is lost names its line, why, where the rule
stands, and a better wording. The same dialogue always gets the same grade.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.core.guard_rules import Severity
from bot.core.playbook import COMMITTING, Decision
from bot.core.practice_customer import Ending

FULL = 100
PASSES = 80
"""From here on a dialogue passes, unless something in it fails it outright."""
TOO_SOON = 15
MANNERS = 5
"""What one warning of the guard costs."""
HINT = 5
SURE = 0.6
"""Under it a step is only shown as doubtful and costs nothing."""


class Part(StrEnum):
    END = "end"
    """What became of the customer's matter."""
    RULES = "rules"
    """What must not be said or promised."""
    PROCEDURE = "procedure"
    SERVICE = "service"


@dataclass(frozen=True, slots=True)
class Exchange:
    """One reply of the trainee: what the desk advised, and what the reply did."""

    text: str
    advised: str
    """The step that the desk advised."""
    allowed: frozenset[str]
    """The steps that its suggestions carry out."""
    better: str
    """The first suggestion; empty where there is none."""
    source: str
    """Where the advised step stands in the documents."""
    title: str
    """What the advised step does."""
    step: str | None
    confidence: float
    decision: Decision | None
    findings: Sequence[Mapping[str, Any]] = ()
    """The guard's."""
    hinted: bool = False

    @property
    def doubtful(self) -> bool:
        """It is not sure which step the words carry out."""
        return self.step is None or self.confidence < SURE


@dataclass(frozen=True, slots=True)
class Point:
    """A point that is lost."""

    line: int
    """The reply's number, from 1; 0: the dialogue as a whole."""
    part: Part
    cost: int
    why: str
    source: str = ""
    better: str = ""


@dataclass(frozen=True, slots=True)
class Grade:
    passed: bool
    score: int
    """Out of :data:`FULL`."""
    points: tuple[Point, ...]
    doubtful: tuple[int, ...]
    """The replies of which nobody can be sure what they did."""


def grade(
    exchanges: Sequence[Exchange], ending: Ending | None, goal: str, better: str = ""
) -> Grade:
    """What the dialogue is worth.

    Args:
        goal: what it was to come to, in words.
        better: what could be said where it stands.
    """
    points = [*_end(ending, goal, better)]
    for number, exchange in enumerate(exchanges, 1):
        points += _rules(number, exchange)
        points += _procedure(number, exchange)
    failed = any(point.part in (Part.END, Part.RULES) for point in points)
    score = max(0, FULL - sum(point.cost for point in points))
    doubtful = [number for number, one in enumerate(exchanges, 1) if one.doubtful]
    return Grade(not failed and score >= PASSES, score, tuple(points), tuple(doubtful))


def _end(ending: Ending | None, goal: str, better: str) -> Iterator[Point]:
    if ending in (Ending.CONTENT, Ending.RESIGNED):
        return
    what = "客户没等到结果，走了" if ending is Ending.LEFT else "还没办完"
    yield Point(0, Part.END, FULL, f"{what}：要走到「{goal}」", better=better)


def _rules(number: int, exchange: Exchange) -> Iterator[Point]:
    for found in exchange.findings:
        blocks = found["severity"] == Severity.BLOCK.value
        yield Point(
            number,
            Part.RULES if blocks else Part.SERVICE,
            FULL if blocks else MANNERS,
            found["why"],
            found["source"] or exchange.source,
            found["better"] or exchange.better,
        )


def _procedure(number: int, exchange: Exchange) -> Iterator[Point]:
    if exchange.hinted:
        yield Point(number, Part.PROCEDURE, HINT, "看了提示")
    if exchange.doubtful or exchange.step in exchange.allowed | {exchange.advised}:
        return
    if exchange.decision in COMMITTING:
        why = f"现在还不能定，先「{exchange.title}」"
        yield Point(number, Part.PROCEDURE, TOO_SOON, why, exchange.source, exchange.better)
