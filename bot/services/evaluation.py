"""How well a labelled file of customers' messages is understood."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from bot.core.context import ContextModel
from bot.core.conversation import Speaker
from bot.core.judged import Judged
from bot.core.metrics import Report, groups, report
from bot.core.significance import Draw, Intervals, intervals
from bot.core.understanding import Understanding
from bot.language.exchange import Said
from bot.services.in_conversation import LOOKED_BACK, after_turns, remembered
from bot.services.json_lines import Line, LineError, json_lines
from bot.services.ports import Reader
from bot.services.understand_many import understand_many

SEED = 20240101
"""The same draws in every run: figures differ only where answers do."""


class LabelError(LineError):
    """A line of the labelled file cannot be used; the message names line, field and mend."""


@dataclass(frozen=True, slots=True)
class Before:
    """What was written before the message."""

    speaker: Speaker
    text: str


@dataclass(frozen=True, slots=True)
class Labelled:
    """One line of the file."""

    text: str
    intent: str
    accept: frozenset[str]
    slice: str = ""
    context: bool = False
    before: tuple[Before, ...] = ()
    """Oldest first."""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Evaluation:
    report: Report
    intervals: Mapping[str, Intervals]
    """By group."""
    labelled: tuple[Labelled, ...]
    judged: tuple[Judged, ...]
    """In the order of the labelled messages."""
    degraded: int
    """Messages understood by key phrases alone: with any of these the figures are not Rasa's."""

    @property
    def errors(self) -> list[Judged]:
        return [one for one in self.judged if not one.right]


def evaluate(
    reader: Reader, labelled: Iterable[Labelled], context: ContextModel | None = None
) -> Evaluation:
    """Understand every message, after the turns before it, and count what was right.

    Raises:
        UnderstandingDown: a message was not understood, so that nothing can be counted.
    """
    cases = tuple(labelled)
    answers = list(_understood(reader, cases, context))
    judged = tuple(judge(case, answer) for case, answer in zip(cases, answers, strict=True))
    return Evaluation(
        report=report(judged),
        intervals={name: intervals(found, draw()) for name, found in groups(judged).items()},
        labelled=cases,
        judged=judged,
        degraded=sum(answer.degraded for answer in answers),
    )


def draw() -> Draw:
    """Chance that falls the same way each time it begins."""
    chance = Random(SEED)
    return lambda places: chance.choices(range(places), k=places)


def read_labelled(lines: Iterable[str]) -> Iterator[Labelled]:
    """The labelled messages of a JSONL file; empty lines are passed over.

    Raises:
        LabelError: a line is not JSON, lacks a field or has one of another kind.
    """
    return map(_labelled, json_lines(lines, "text and intent", LabelError))


def judge(case: Labelled, answer: Understanding) -> Judged:
    """The answer to a message, held against its label."""
    return Judged(
        text=case.text,
        intent=case.intent,
        accept=case.accept,
        guesses=tuple(intent.name for intent in answer.ranking),
        unsure=answer.unsure,
        slice=case.slice,
        context=case.context,
        confidences=tuple(intent.confidence for intent in answer.ranking),
        id=case.id,
    )


def _understood(
    reader: Reader, cases: Sequence[Labelled], context: ContextModel | None
) -> Iterator[Understanding]:
    """What is made of each message, in their order."""
    earlier = {
        turn.text
        for case in cases
        for turn in case.before
        if context is not None and turn.speaker is Speaker.CUSTOMER
    }
    texts = dict.fromkeys([*(case.text for case in cases), *sorted(earlier)])
    heard = dict(zip(texts, understand_many(reader, texts), strict=True))
    return (_in_context(case, heard, context) for case in cases)


def _in_context(
    case: Labelled, heard: Mapping[str, Understanding], context: ContextModel | None
) -> Understanding:
    before = case.before[-LOOKED_BACK:] if context else ()
    said = [Said(turn.speaker is Speaker.CUSTOMER, turn.text) for turn in before]
    wanted = [remembered(heard[turn.text]) for turn in before if turn.speaker is Speaker.CUSTOMER]
    return after_turns(heard[case.text], said, wanted, context)


def _labelled(line: Line) -> Labelled:
    text = line.field("text", str)
    intent = line.field("intent", str)
    if not intent:
        raise line.wrong("intent", "must not be empty")
    return Labelled(
        text=text,
        intent=intent,
        accept=frozenset([intent, *line.texts("accept", "intent names", [])]),
        slice=line.field("slice", str, ""),
        context=line.field("context", bool, False),
        before=tuple(
            _before(line, number, turn)
            for number, turn in enumerate(line.field("before", list, []), start=1)
        ),
        id=line.id(),
    )


def _before(line: Line, number: int, turn: Any) -> Before:
    match turn:
        case {"role": "customer" | "agent" | "bot" as role, "text": str(text)}:
            return Before(Speaker(role), text)
    raise line.wrong(
        "before", f"turn {number} must be an object with role (customer, agent or bot) and text"
    )
