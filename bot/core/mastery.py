"""What practice shows of a person's skill: what is new to them, being learnt, mastered, due."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.core.grading import Exchange, Fault, Grade

MASTERED_AFTER = 3
"""Right this often in a row, unaided."""
HELP_UNTIL = 2
"""In guided practice help is shown until a step was right this often in a row."""
_OF_STEPS = frozenset(
    {Fault.TOO_SOON, Fault.ASKED_AGAIN, Fault.FORBIDDEN, Fault.WRONG_AMOUNT, Fault.NO_APOLOGY}
)
"""What shows that a step is not mastered; how fast and how warm it was said is another matter."""


class Shown(StrEnum):
    RIGHT = "right"
    HELPED = "helped"
    """Right, with the answer before one's eyes."""
    WRONG = "wrong"


class Where(StrEnum):
    DIALOGUE = "dialogue"
    DRILL = "drill"
    DESK = "desk"
    """At work, with a real customer."""


class Standing(StrEnum):
    NEW = "new"
    LEARNING = "learning"
    MASTERED = "mastered"
    DUE = "due"
    """Known once, and to be looked at again."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing that was done, and how."""

    item: str
    """``<case>``, ``<case>.<step>``, or ``guard.<rule>``, ``phone.<stage>`` and
    ``phone.<what is settled before>`` of a drill."""
    shown: Shown
    at: datetime
    where: Where = Where.DIALOGUE


def marks_of(
    case: str,
    exchanges: Sequence[Exchange],
    grade: Grade,
    at: datetime,
    helped: Container[str] = frozenset(),
) -> Iterator[Mark]:
    """What a dialogue shows: each step that was due in it, and its case.

    Args:
        helped: the items of which the answer was shown.
    """
    any_help = False
    wrong = {point.line for point in grade.points if point.fault in _OF_STEPS}
    for number, one in enumerate(exchanges, 1):
        if one.closing or (one.doubtful and number not in wrong) or not one.playbook:
            continue
        item = f"{one.playbook}.{one.advised}"
        with_help = one.hinted or item in helped
        any_help = any_help or with_help
        right = Shown.HELPED if with_help else Shown.RIGHT
        yield Mark(item, Shown.WRONG if number in wrong else right, at)
    passed = Shown.HELPED if any_help else Shown.RIGHT
    yield Mark(case, passed if grade.passed else Shown.WRONG, at)


def by_item(marks: Iterable[Mark]) -> dict[str, list[Mark]]:
    """The marks of each thing, in their order."""
    found: dict[str, list[Mark]] = {}
    for mark in marks:
        found.setdefault(mark.item, []).append(mark)
    return found


def standing(marks: Sequence[Mark], due: datetime | None, now: datetime) -> Standing:
    """How a person stands with one thing, by its marks in their order."""
    if not marks:
        return Standing.NEW
    if _in_a_row(marks, frozenset({Shown.RIGHT})) < MASTERED_AFTER:
        return Standing.LEARNING
    return Standing.DUE if due is not None and due <= now else Standing.MASTERED


def needs_help(marks: Sequence[Mark]) -> bool:
    """Whether guided practice still shows what to say; after a slip it does again."""
    return _in_a_row(marks, frozenset({Shown.RIGHT, Shown.HELPED})) < HELP_UNTIL


def slipped(marks: Sequence[Mark]) -> Mark | None:
    """The slip at the desk that was not made good since."""
    for mark in reversed(marks):
        if mark.shown is Shown.RIGHT:
            return None
        if mark.where is Where.DESK:
            return mark
    return None


@dataclass(frozen=True, slots=True)
class Requirement:
    """What has to be passed in practice before a case is served at the desk."""

    level: int = 0
    """Some customer of this level or a higher one; 0: none in particular."""
    scenarios: frozenset[str] = frozenset()
    """Each of these customers."""

    def met(self, level: int, passed: Container[str]) -> bool:
        """Whether these are enough: the highest level passed in the case, and who was passed."""
        return level >= self.level and all(one in passed for one in self.scenarios)


NOTHING_REQUIRED = Requirement()


def passed_levels(passed: Iterable[str], levels: Mapping[str, tuple[str, int]]) -> dict[str, int]:
    """The highest level passed, by case.

    Args:
        passed: the scenarios passed.
        levels: case and level of each scenario.
    """
    highest: dict[str, int] = {}
    for scenario in passed:
        if scenario in levels:
            case, level = levels[scenario]
            highest[case] = max(highest.get(case, 0), level)
    return highest


def _in_a_row(marks: Sequence[Mark], wanted: frozenset[Shown]) -> int:
    count = 0
    for mark in reversed(marks):
        if mark.shown not in wanted:
            break
        count += 1
    return count
