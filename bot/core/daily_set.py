"""What a person should practise today, and why: slips at the desk first, then what is due, then
something new.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.core.mastery import Mark, Shown, by_item, slipped
from bot.core.practice import Practice

A_DAY = 5
NEW_A_DAY = 2


@dataclass(frozen=True, slots=True)
class Task:
    scenario: str
    why: str


def daily_set(
    practices: Sequence[Practice],
    marks: Sequence[Mark],
    due: Mapping[str, datetime],
    passed: frozenset[str],
    now: datetime,
) -> tuple[Task, ...]:
    """At most :data:`A_DAY` dialogues.

    Args:
        marks: the person's, the oldest first.
        due: when each thing is due, by item.
        passed: the scenarios passed at some time.
    """
    items = by_item(marks)
    slips = [item for item, found in items.items() if slipped(found)]
    waiting = sorted((at, item) for item, at in due.items() if at <= now and item not in slips)
    reasons: dict[str, str] = {}
    for item in slips:
        reasons.setdefault(item.partition(".")[0], "在工作台上出过错，再练一遍")
    for _, item in waiting:
        again = items[item][-1].shown is Shown.WRONG
        reasons.setdefault(item.partition(".")[0], "上次没做对" if again else "该复习了")
    tasks = [
        Task(chosen.id, why)
        for case, why in reasons.items()
        if (chosen := _next_of(case, practices, passed))
    ]
    met = {*items, *reasons}
    fresh = [one for one in sorted(practices, key=lambda p: p.level) if one.case not in met]
    new: dict[str, Task] = {}
    for one in fresh:
        new.setdefault(one.case, Task(one.id, "新的一类"))
    return tuple([*tasks, *[*new.values()][:NEW_A_DAY]][:A_DAY])


def _next_of(case: str, practices: Sequence[Practice], passed: frozenset[str]) -> Practice | None:
    """The easiest customer of the case who is not passed; the hardest where all are."""
    mine = sorted((one for one in practices if one.case == case), key=lambda one: one.level)
    open_ones = [one for one in mine if one.id not in passed]
    return open_ones[0] if open_ones else mine[-1] if mine else None
