"""Questions with one right answer: is it allowed, what is wrong with a reply, in which order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a phone call."""

    id: str
    title: str
    lines: tuple[str, ...]
    """Ways to say it."""


@dataclass(frozen=True, slots=True)
class DrillTexts:
    """What drills are made of beside the rules; each part may be empty."""

    spoiled: tuple[str, ...] = ()
    """Sentences that spoil a reply."""
    phone: tuple[Stage, ...] = ()
    """The stages of a call, in their order."""


@dataclass(frozen=True, slots=True)
class Question:
    asks: str
    choices: tuple[str, ...]
    right: int
    """Which choice, from 0."""
    why: str
    item: str
    """What the answer shows a person's skill of."""
    source: str = ""
    deciding: tuple[tuple[str, str], ...] = ()
    """The facts that decide it, title and value: told with the answer, never before."""
    says: tuple[str, ...] = ()
    """The words that it is about."""


@dataclass(frozen=True, slots=True)
class Answered:
    question: Question
    given: int | None

    @property
    def right(self) -> bool:
        return self.given == self.question.right


def answered(questions: Sequence[Question], given: Mapping[int, int]) -> tuple[Answered, ...]:
    """Each question with what was answered; nothing where it was left out."""
    return tuple(Answered(one, given.get(number)) for number, one in enumerate(questions))


def shuffled[T](things: Sequence[T], seed: int, name: str) -> list[T]:
    """In another order, the same for the same seed."""

    def key(place: int) -> bytes:
        return sha256(f"{seed}/{name}/{place}".encode()).digest()

    return [things[place] for place in sorted(range(len(things)), key=key)]


def phone_drill(stages: Sequence[Stage], seed: int, source: str) -> tuple[Question, ...]:
    """The lines of a call out of order: which is the how-manieth."""
    lines = [(place, one, one.lines[seed % len(one.lines)]) for place, one in enumerate(stages)]
    numbers = tuple(f"第 {place + 1} 步" for place in range(len(stages)))
    return tuple(
        Question(
            asks="这句该在第几步说？",
            choices=numbers,
            right=place,
            why=f"{numbers[place]}：{stage.title}",
            item=f"phone.{stage.id}",
            source=source,
            says=(line,),
        )
        for place, stage, line in shuffled(lines, seed, "phone")
    )
