"""How trainees get on: each one's map, what to practise today, the group, who is ready for what."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.core.daily_set import Task, daily_set
from bot.core.mastery import (
    NOTHING_REQUIRED,
    Mark,
    Requirement,
    Shown,
    Standing,
    by_item,
    passed_levels,
    standing,
)
from bot.core.policy import Policy
from bot.core.tables import Sheet
from bot.services.ports.practice import Attempt, Attempts, Mode, Required, Spacing

type Slips = Callable[[str, datetime], Sequence[Mark]]
"""What a person did wrong at the desk lately, as of a moment."""
RECENT = 10
"""Dialogues of which a person's mean is taken."""
HARD_FROM = 3
"""Times that a step was due before one says that it is hard."""


@dataclass(frozen=True, slots=True)
class StepStanding:
    title: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class CaseStanding:
    case: str
    title: str
    standing: Standing
    level: int
    """The highest level that was passed; 0 for none."""
    required: Requirement
    """What opens it at the desk."""
    ready: bool
    """It is open."""
    steps: tuple[StepStanding, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """One of the group."""

    person: str
    dialogues: int
    passed: int
    mean: int
    """Points of the latest dialogues."""
    latest: datetime
    ready: tuple[str, ...]
    """Titles of the cases that practice has opened."""


@dataclass(frozen=True, slots=True)
class HardStep:
    title: str
    case: str
    wrong: int
    due: int
    people: int

    @property
    def share(self) -> float:
        return self.wrong / self.due


@dataclass(frozen=True, slots=True)
class Overview:
    """How one person stands."""

    tasks: tuple[Task, ...]
    """What to practise today."""
    cases: tuple[CaseStanding, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    policy: Callable[[], Policy]
    attempts: Attempts
    required: Required
    spacing: Spacing
    slips: Slips

    def of(self, person: str, now: datetime) -> Overview:
        """What to practise today, and the person's map."""
        kept = [*self.attempts.marks(person), *self.slips(person, now)]
        marks = sorted(kept, key=lambda mark: mark.at)
        due = {item: self.spacing.due(found) for item, found in by_item(marks).items()}
        passed = self.attempts.passed(person)
        tasks = daily_set(self.policy().practices, marks, due, passed, now)
        return Overview(tasks, tuple(self._cases(by_item(marks), due, passed, now)))

    def closed(self, person: str) -> frozenset[str]:
        """The cases that practice has not opened for this person yet."""
        required = self.required.all()
        passed = self.attempts.passed(person) if required else frozenset()
        levels = self._levels(passed)
        return frozenset(
            case for case, what in required.items() if not what.met(levels.get(case, 0), passed)
        )

    def group(self) -> list[Member]:
        """Everybody who has practised, the latest first."""
        theirs: defaultdict[str, list[Attempt]] = defaultdict(list)
        for attempt in self.attempts.graded():
            theirs[attempt.person].append(attempt)
        members = [self._member(person, done) for person, done in theirs.items()]
        return sorted(members, key=lambda one: one.latest, reverse=True)

    def hard_steps(self) -> list[HardStep]:
        """The steps that go wrong most often: where all stumble, the wording may be at fault."""
        done: defaultdict[str, list[tuple[str, Mark]]] = defaultdict(list)
        for person, mark in self.attempts.all_marks():
            if "." in mark.item:
                done[mark.item].append((person, mark))
        found = [
            HardStep(
                self._title(item),
                self._case_title(item),
                sum(mark.shown is Shown.WRONG for _, mark in marks),
                len(marks),
                len({person for person, mark in marks if mark.shown is Shown.WRONG}),
            )
            for item, marks in done.items()
            if len(marks) >= HARD_FROM
        ]
        return sorted((one for one in found if one.wrong), key=lambda one: -one.share)

    def _cases(
        self,
        items: Mapping[str, Sequence[Mark]],
        due: Mapping[str, datetime],
        passed: frozenset[str],
        now: datetime,
    ) -> Iterator[CaseStanding]:
        policy, required, levels = self.policy(), self.required.all(), self._levels(passed)
        for case in dict.fromkeys(one.case for one in policy.practices):
            wanted, level = required.get(case, NOTHING_REQUIRED), levels.get(case, 0)
            yield CaseStanding(
                case=case,
                title=policy.playbooks[case].title,
                standing=standing(items.get(case, ()), due.get(case), now),
                level=level,
                required=wanted,
                ready=wanted.met(level, passed),
                steps=tuple(
                    StepStanding(self._title(item), standing(found, due.get(item), now))
                    for item, found in items.items()
                    if item.startswith(f"{case}.")
                ),
            )

    def _member(self, person: str, done: Sequence[Attempt]) -> Member:
        policy, required = self.policy(), self.required.all()
        passed = {one.scenario for one in done if one.passed and one.mode is not Mode.GUIDED}
        ready = [
            case
            for case, level in self._levels(passed).items()
            if required.get(case, NOTHING_REQUIRED).met(level, passed)
        ]
        recent = [one.score or 0 for one in done[-RECENT:]]
        return Member(
            person=person,
            dialogues=len(done),
            passed=sum(one.passed for one in done),
            mean=round(sum(recent) / len(recent)),
            latest=done[-1].began_at,
            ready=tuple(policy.playbooks[case].title for case in ready if case in policy.playbooks),
        )

    def _levels(self, passed: Iterable[str]) -> dict[str, int]:
        levels = {one.id: (one.case, one.level) for one in self.policy().practices}
        return passed_levels(passed, levels)

    def _title(self, item: str) -> str:
        book, _, step = item.partition(".")
        known = self.policy().playbooks.get(book)
        found = known.step(step) if known else None
        return found.title if found else self._case_title(item)

    def _case_title(self, item: str) -> str:
        known = self.policy().playbooks.get(item.partition(".")[0])
        return known.title if known else item


def group_sheets(progress: Progress) -> list[Sheet]:
    """The group and the hard steps as sheets."""
    return [
        Sheet(
            "每个人",
            ("姓名", "练了", "通过", "最近平均", "最近一次", "可以接的"),
            [
                (
                    one.person,
                    one.dialogues,
                    one.passed,
                    one.mean,
                    one.latest.date(),
                    "、".join(one.ready),
                )
                for one in progress.group()
            ],
        ),
        Sheet(
            "容易错的步骤",
            ("步骤", "情况", "错", "共", "几个人错过"),
            [
                (one.title, one.case, one.wrong, one.due, one.people)
                for one in progress.hard_steps()
            ],
        ),
    ]
