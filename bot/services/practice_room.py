"""The practice room: who practises on whom, kept so that a dialogue outlives page and server.

A dialogue is what follows from the customer, the seed and what was said: where it is not at hand it
is held again.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from bot.core.drills import shuffled
from bot.core.filing import Filing
from bot.core.grading import Point
from bot.core.mastery import Mark, by_item, marks_of, needs_help
from bot.core.policy import Policy
from bot.core.practice import Practice
from bot.core.reply_clock import ReplyClock
from bot.services.ports.practice import Attempt, Attempts, Mode, Said
from bot.services.practising import Dialogue, Line, Room

AT_HAND = 100
"""Dialogues that are kept open; of the others only what was said."""
LOCKS = 64
SEEDS = 10_000
MOST_ROUNDS = 16
"""Replies after which a model dialogue is given up."""
AT_ONCE = 3
"""Customers of a shift."""


type _Held = tuple[Dialogue, Callable[[], None]]
"""A dialogue, and what leaves its room."""


class UnknownPractice(LookupError):
    """No such customer, or no such dialogue of this person."""


@dataclass(frozen=True, slots=True)
class _Helped:
    """The steps of which a person is still shown what to say."""

    marks: Mapping[str, Sequence[Mark]]

    def __contains__(self, item: object) -> bool:
        return needs_help(self.marks.get(str(item), ()))


@dataclass(frozen=True, slots=True)
class Opened:
    """A room of a dialogue's own, and what leaves it."""

    room: Room
    leave: Callable[[], None]


type OpenRoom = Callable[[Practice, datetime], Opened]


@contextmanager
def met(open_room: OpenRoom, practice: Practice, at: datetime, seed: int) -> Iterator[Dialogue]:
    """A dialogue that has just begun, for as long as it is needed."""
    opened = open_room(practice, at)
    try:
        dialogue = Dialogue(opened.room, practice, at, seed)
        dialogue.open()
        yield dialogue
    finally:
        opened.leave()


@dataclass
class PracticeRoom:
    policy: Callable[[], Policy]
    attempts: Attempts
    open: OpenRoom
    _held: OrderedDict[int, _Held] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _locks: tuple[threading.RLock, ...] = field(
        default_factory=lambda: tuple(threading.RLock() for _ in range(LOCKS))
    )

    def begin(
        self,
        person: str,
        scenario: str,
        at: datetime,
        mode: Mode = Mode.HINTS,
        noise: bool = False,
        shift: str = "",
    ) -> Attempt:
        """Meet this customer; each time with other words.

        Raises:
            UnknownPractice: there is no such customer.
        """
        self._scenario(scenario)
        seed = len(self.attempts.of(person)) % SEEDS
        new = Attempt(0, person, scenario, seed, at, mode=mode, noise=noise, shift=shift)
        return self.attempts.begin(replace(new, spoken_at=at))

    def begin_shift(self, person: str, at: datetime) -> str:
        """Meet several customers at once, of different cases; the shift's name."""
        seed = len(self.attempts.of(person))
        shift = f"{at:%Y%m%d%H%M%S}-{seed}"
        cases: dict[str, Practice] = {}
        for one in shuffled(self.policy().practices, seed, shift):
            cases.setdefault(one.case, one)
        for one in [*cases.values()][:AT_ONCE]:
            self.begin(person, one.id, at, Mode.TIMED, shift=shift)
        return shift

    def of_shift(self, person: str, shift: str) -> Sequence[Attempt]:
        """The dialogues of a shift, in the order of their beginning."""
        mine = [one for one in self.attempts.of(person) if one.shift == shift]
        return sorted(mine, key=lambda one: one.id)

    def attempt(self, attempt_id: int, person: str) -> Attempt:
        """Raises UnknownPractice where this person has none of this number."""
        found = self.attempts.one(attempt_id)
        if found is None or found.person != person:
            raise UnknownPractice(attempt_id)
        return found

    def dialogue(self, attempt: Attempt) -> Dialogue:
        """How it stands."""
        with self._one_at_a_time(attempt.id):
            if (held := self._held.get(attempt.id)) is None:
                held = self._hold_again(attempt)
            with self._lock:
                self._held[attempt.id] = held
                self._held.move_to_end(attempt.id)
            self._leave_oldest()
            return held[0]

    def reply(self, attempt_id: int, person: str, text: str, at: datetime) -> Attempt:
        """Say this to the customer; a dialogue that is over stays as it is.

        Raises:
            UnknownPractice: this person has none of this number.
        """
        with self._one_at_a_time(attempt_id):
            attempt = self.attempt(attempt_id, person)
            dialogue = self.dialogue(attempt)
            if attempt.score is not None or dialogue.over:
                return attempt
            late = self._late(attempt, at)
            dialogue.reply(text, late=timedelta(seconds=late) if late else None)
            said = (*attempt.said, Said(text, attempt.hinted, late))
            attempt = replace(attempt, said=said, hinted=False, spoken_at=at)
            return self._kept(attempt, dialogue, at, dialogue.done)

    def file(self, attempt_id: int, person: str, filing: Filing, at: datetime) -> Attempt:
        """Write down what is to be written down of it; with that it is graded.

        Raises:
            UnknownPractice: this person has none of this number.
        """
        with self._one_at_a_time(attempt_id):
            attempt = self.attempt(attempt_id, person)
            dialogue = self.dialogue(attempt)
            if attempt.score is not None or not dialogue.to_file:
                return attempt
            dialogue.file(filing)
            return self._kept(replace(attempt, filed=filing), dialogue, at, ended=True)

    def shows_help(self, attempt: Attempt) -> bool:
        """Whether what the desk would say stands there: until the step is known."""
        dialogue = self.dialogue(attempt)
        guided = attempt.mode is Mode.GUIDED and attempt.score is None
        # Where only a last word is wanted, what the desk would say of the matter is no help.
        last_word = dialogue.ending is not None and not dialogue.closing_due
        return guided and not last_word and dialogue.advised in self._helped(attempt)

    def at_once(self, attempt: Attempt) -> Sequence[Point] | None:
        """What the latest reply lost; nothing where that is not said at once."""
        guided = attempt.mode is Mode.GUIDED and attempt.score is None
        dialogue = self.dialogue(attempt)
        return dialogue.latest_points if guided and dialogue.exchanges else None

    def puzzling(self, attempt: Attempt) -> bool:
        """Whether it is said at once that nobody can tell what the latest reply did."""
        told = attempt.mode in (Mode.GUIDED, Mode.HINTS) and attempt.score is None
        return told and self.dialogue(attempt).puzzling

    def hint(self, attempt_id: int, person: str) -> str:
        """What the desk would say now; it costs.

        Raises:
            UnknownPractice: this person has none of this number.
        """
        with self._one_at_a_time(attempt_id):
            attempt = self.attempt(attempt_id, person)
            if attempt.score is not None or attempt.mode in (Mode.UNAIDED, Mode.TIMED):
                return ""
            hint = self.dialogue(attempt).hint()
            self.attempts.keep(replace(attempt, hinted=True))
            return hint

    def model(self, attempt: Attempt) -> Sequence[Line]:
        """The same customer with the same seed, served as the desk would."""
        practice = self._scenario(attempt.scenario)
        with met(self.open, practice, attempt.began_at, attempt.seed) as dialogue:
            while not dialogue.over and len(dialogue.exchanges) < MOST_ROUNDS:
                dialogue.reply(dialogue.suggestion)
            return dialogue.lines

    def leave(self, attempt_id: int, person: str, at: datetime) -> Attempt:
        """End it as it stands.

        Raises:
            UnknownPractice: this person has none of this number.
        """
        with self._one_at_a_time(attempt_id):
            attempt = self.attempt(attempt_id, person)
            if attempt.score is not None:
                return attempt
            return self._kept(attempt, self.dialogue(attempt), at, ended=True)

    def _kept(self, attempt: Attempt, dialogue: Dialogue, at: datetime, ended: bool) -> Attempt:
        marks: list[Mark] = []
        if ended:
            grade = dialogue.grade()
            attempt = replace(attempt, score=grade.score, passed=grade.passed)
            guided = attempt.mode is Mode.GUIDED
            helped: Container[str] = self._helped(attempt) if guided else ()
            case = dialogue.practice.case
            marks += marks_of(case, dialogue.exchanges, grade, at, helped)
        self.attempts.keep(attempt, marks)
        return attempt

    def _late(self, attempt: Attempt, at: datetime) -> int:
        """Seconds over the shop's reply clock, where that counts."""
        if attempt.mode is not Mode.TIMED or attempt.spoken_at is None:
            return 0
        limit = ReplyClock(self.policy().figures).limit(at)
        return max(0, int((at - attempt.spoken_at - limit).total_seconds()))

    def _helped(self, attempt: Attempt) -> _Helped:
        return _Helped(by_item(self.attempts.marks(attempt.person)))

    def _hold_again(self, attempt: Attempt) -> _Held:
        practice = self._scenario(attempt.scenario)
        opened = self.open(practice, attempt.began_at)
        dialogue = Dialogue(
            opened.room, practice, attempt.began_at, attempt.seed, noise=attempt.noise
        )
        dialogue.open()
        for said in attempt.said:
            if said.hinted:
                dialogue.hint()
            late = timedelta(seconds=said.late_seconds) if said.late_seconds else None
            dialogue.reply(said.text, late=late)
        if attempt.filed:
            dialogue.file(attempt.filed)
        if attempt.hinted:
            dialogue.hint()
        return dialogue, opened.leave

    def _leave_oldest(self) -> None:
        """Those that nobody has asked for lately are closed; one that is in use stays."""
        with self._lock:
            oldest = [*self._held][: max(0, len(self._held) - AT_HAND)]
        for attempt_id in oldest:
            lock = self._locks[attempt_id % LOCKS]
            if lock.acquire(blocking=False):
                try:
                    with self._lock:
                        found = self._held.pop(attempt_id, None)
                    if found:
                        found[1]()
                finally:
                    lock.release()

    def _one_at_a_time(self, attempt_id: int) -> AbstractContextManager[Any]:
        return self._locks[attempt_id % LOCKS]

    def _scenario(self, name: str) -> Practice:
        found = next((one for one in self.policy().practices if one.id == name), None)
        if found is None:
            raise UnknownPractice(name)
        return found


def best_of(attempts: Sequence[Attempt]) -> dict[str, Attempt]:
    """The best dialogue with each customer; one that still goes on where none has ended."""
    best: dict[str, Attempt] = {}
    for one in attempts:
        known = best.get(one.scenario)
        if known is None or _rank(one) > _rank(known):
            best[one.scenario] = one
    return best


def _rank(attempt: Attempt) -> tuple[bool, int]:
    return attempt.passed, -1 if attempt.score is None else attempt.score
