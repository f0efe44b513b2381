"""How a customer whom one practises on answers: by what the reply did, and by nothing else.

The same seed and the same replies give the same conversation.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256

from bot.core.playbook import Decision
from bot.core.practice import Persona, Practice


class Mood(StrEnum):
    """What a customer has words for beside the facts."""

    AGAIN = "again"
    """Asked what was told already."""
    UNKNOWN = "unknown"
    """Asked what they do not know."""
    IMPATIENT = "impatient"
    """The reply did nothing for them."""
    GOES_ON = "goes_on"
    """Told something, and waits for what comes next."""
    CONTENT = "content"
    RESIGNED = "resigned"
    LEAVES = "leaves"


class Ending(StrEnum):
    CONTENT = "content"
    RESIGNED = "resigned"
    """Refused, and told so: that may be right."""
    LEFT = "left"
    """Patience is at its end."""


type Manners = Mapping[Persona, Mapping[Mood, tuple[str, ...]]]
"""How each kind of customer puts it."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a reply did."""

    step: str | None = None
    """The step that it surely carried out."""
    decision: Decision | None = None
    """What that step decides."""
    asked: tuple[str, ...] = ()
    """The facts that it asks for."""
    kind: bool = False
    """It is sorry, or has understood."""


@dataclass(frozen=True, slots=True)
class Mind:
    """What the customer remembers."""

    patience: int
    told: frozenset[str] = frozenset()
    steps: frozenset[str] = frozenset()
    replies: int = 0
    calmed: bool = False
    ending: Ending | None = None


@dataclass(frozen=True, slots=True)
class Customer:
    """A practice customer with a seed, which picks among their ways to say a thing."""

    practice: Practice
    manners: Manners
    seed: int = 0

    def opens(self) -> tuple[Mind, tuple[str, ...]]:
        """The first line."""
        return Mind(self.practice.patience), (self._pick("opening", 0, self.practice.opening),)

    def hears(self, mind: Mind, heard: Heard) -> tuple[Mind, tuple[str, ...]]:
        """What the customer answers; nothing more follows once the mind has an ending."""
        number = mind.replies + 1
        mind = replace(mind, replies=number)
        if heard.step == self.practice.goal:
            ending = Ending.RESIGNED if heard.decision is Decision.REFUSE else Ending.CONTENT
            return replace(mind, ending=ending), (self._says(Mood(ending.value), number),)
        again = [fact for fact in heard.asked if fact in mind.told]
        lines = [*self._answers(mind, heard.asked, number)]
        moved = bool(lines) or heard.step not in {None, *mind.steps}
        mind = self._after(mind, heard, moved, again)
        if mind.patience <= 0:
            return replace(mind, ending=Ending.LEFT), (self._says(Mood.LEAVES, number),)
        if again:
            repeated = (self._answer(fact, number) for fact in again)
            lines = [self._says(Mood.AGAIN, number), *repeated, *lines]
        lines = lines or [self._says(self._at_a_loss(heard, moved), number)]
        return mind, (*lines, *(self.practice.volunteers if number == 1 else ()))

    def _after(self, mind: Mind, heard: Heard, moved: bool, again: Sequence[str]) -> Mind:
        """Patience goes with what leads nowhere; one kind word wins a lost round back."""
        patience = mind.patience - (not moved) - bool(again)
        calmed = mind.calmed
        if heard.kind and patience < self.practice.patience and not calmed:
            patience, calmed = patience + 1, True
        return replace(
            mind,
            patience=patience,
            calmed=calmed,
            told=mind.told | {fact for fact in heard.asked if fact in self.practice.knows},
            steps=mind.steps | ({heard.step} if heard.step else set()),
        )

    def _answers(self, mind: Mind, asked: Sequence[str], number: int) -> list[str]:
        fresh = dict.fromkeys(fact for fact in asked if fact not in mind.told)
        return [self._answer(fact, number) for fact in fresh if fact in self.practice.knows]

    def _at_a_loss(self, heard: Heard, moved: bool) -> Mood:
        if heard.asked:
            return Mood.UNKNOWN
        return Mood.GOES_ON if moved else Mood.IMPATIENT

    def _answer(self, fact: str, number: int) -> str:
        return self._pick(fact, number, self.practice.knows[fact])

    def _says(self, mood: Mood, number: int) -> str:
        return self._pick(mood.value, number, self.manners[self.practice.persona][mood])

    def _pick(self, what: str, number: int, ways: Sequence[str]) -> str:
        drawn = sha256(f"{self.seed}/{self.practice.id}/{what}/{number}".encode()).digest()
        return ways[int.from_bytes(drawn[:4]) % len(ways)]
