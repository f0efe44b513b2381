"""The practice room: who practises on whom, kept so that a dialogue outlives page and server.

A dialogue is what follows from the customer, the seed and what was said: where it is not at hand it
is held again.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.core.policy import Policy
from bot.core.practice import Practice
from bot.services.ports.practice import Attempt, Attempts, Said
from bot.services.practising import Dialogue, Room

AT_HAND = 100
"""Dialogues that are kept open; of the others only what was said."""
SEEDS = 10_000


class UnknownPractice(LookupError):
    """No such customer, or no such dialogue of this person."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A room of a dialogue's own, and what leaves it."""

    room: Room
    leave: Callable[[], None]


@dataclass
class PracticeRoom:
    policy: Callable[[], Policy]
    attempts: Attempts
    open: Callable[[Practice, datetime], Opened]
    _held: OrderedDict[int, tuple[Dialogue, Callable[[], None]]] = field(
        default_factory=OrderedDict
    )
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def begin(self, person: str, scenario: str, at: datetime) -> Attempt:
        """Meet this customer; each time with other words.

        Raises:
            UnknownPractice: there is no such customer.
        """
        self._scenario(scenario)
        seed = len(self.attempts.of(person)) % SEEDS
        return self.attempts.begin(person, scenario, seed, at)

    def attempt(self, attempt_id: int, person: str) -> Attempt:
        """Raises UnknownPractice where this person has none of this number."""
        found = self.attempts.one(attempt_id)
        if found is None or found.person != person:
            raise UnknownPractice(attempt_id)
        return found

    def dialogue(self, attempt: Attempt) -> Dialogue:
        """How it stands."""
        with self._lock:
            if attempt.id not in self._held:
                self._hold_again(attempt)
            self._held.move_to_end(attempt.id)
            return self._held[attempt.id][0]

    def reply(self, attempt_id: int, person: str, text: str) -> Attempt:
        """Say this to the customer; a dialogue that is over stays as it is.

        Raises:
            UnknownPractice: this person has none of this number.
        """
        with self._lock:
            attempt = self.attempt(attempt_id, person)
            if attempt.score is not None:
                return attempt
            dialogue = self.dialogue(attempt)
            dialogue.reply(text)
            said = (*attempt.said, Said(text, attempt.hinted))
            attempt = replace(attempt, said=said, hinted=False)
            return self._kept(attempt, dialogue, ended=dialogue.ending is not None)

    def hint(self, attempt_id: int, person: str) -> str:
        """What the desk would say now; it costs.

        Raises:
            UnknownPractice: this person has none of this number.
        """
        with self._lock:
            attempt = self.attempt(attempt_id, person)
            if attempt.score is not None:
                return ""
            hint = self.dialogue(attempt).hint()
            self.attempts.keep(replace(attempt, hinted=True))
            return hint

    def leave(self, attempt_id: int, person: str) -> Attempt:
        """End it as it stands.

        Raises:
            UnknownPractice: this person has none of this number.
        """
        with self._lock:
            attempt = self.attempt(attempt_id, person)
            return self._kept(attempt, self.dialogue(attempt), ended=True)

    def _kept(self, attempt: Attempt, dialogue: Dialogue, ended: bool) -> Attempt:
        if ended:
            grade = dialogue.grade()
            attempt = replace(attempt, score=grade.score, passed=grade.passed)
        self.attempts.keep(attempt)
        return attempt

    def _hold_again(self, attempt: Attempt) -> None:
        practice = self._scenario(attempt.scenario)
        opened = self.open(practice, attempt.began_at)
        dialogue = Dialogue(opened.room, practice, attempt.began_at, attempt.seed)
        dialogue.open()
        for said in attempt.said:
            if said.hinted:
                dialogue.hint()
            dialogue.reply(said.text)
        if attempt.hinted:
            dialogue.hint()
        self._held[attempt.id] = (dialogue, opened.leave)
        while len(self._held) > AT_HAND:
            _, (_, leave) = self._held.popitem(last=False)
            leave()

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
