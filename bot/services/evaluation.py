"""How well a labelled file of customers' messages is understood."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.core.metrics import Judged, Report, report
from bot.core.understanding import Understanding
from bot.services.ports import Reader
from bot.services.understand_many import understand_many

Json = Mapping[str, Any]


class LabelError(ValueError):
    """A line of the file cannot be used; the message names line, field and mend."""

    def __init__(self, line: int, field: str, mend: str) -> None:
        super().__init__(f"line {line}: {field}: {mend}")


@dataclass(frozen=True, slots=True)
class Labelled:
    """One line of the file."""

    text: str
    intent: str
    accept: frozenset[str]
    slice: str = ""
    context: bool = False


@dataclass(frozen=True, slots=True)
class Evaluation:
    report: Report
    judged: tuple[Judged, ...]
    degraded: int
    """Messages understood by key phrases alone: with any of these the figures are not Rasa's."""

    @property
    def errors(self) -> list[Judged]:
        return [one for one in self.judged if not one.right]


def evaluate(reader: Reader, labelled: Iterable[Labelled]) -> Evaluation:
    """Understand every message and count what was right.

    Raises:
        UnderstandingDown: a message was not understood, so that nothing can be counted.
    """
    cases = list(labelled)
    answers = list(understand_many(reader, (case.text for case in cases)))
    judged = tuple(_judge(case, answer) for case, answer in zip(cases, answers, strict=True))
    return Evaluation(report(judged), judged, sum(answer.degraded for answer in answers))


def read_labelled(lines: Iterable[str]) -> Iterator[Labelled]:
    """The labelled messages of a JSONL file; empty lines are passed over.

    Raises:
        LabelError: a line is not JSON, lacks a field or has one of another kind.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _labelled(number, _parsed(number, line))


def _parsed(number: int, line: str) -> Json:
    try:
        content = json.loads(line)
    except ValueError as error:
        raise LabelError(number, "line", f"must be JSON ({error})") from None
    if not isinstance(content, dict):
        raise LabelError(number, "line", "must be a JSON object with text and intent")
    return content


def _labelled(number: int, content: Json) -> Labelled:
    text = _field(number, content, "text", str)
    intent = _field(number, content, "intent", str)
    if not intent:
        raise LabelError(number, "intent", "must not be empty")
    accept = _field(number, content, "accept", list, [])
    if not all(isinstance(name, str) for name in accept):
        raise LabelError(number, "accept", "must be a list of intent names")
    return Labelled(
        text=text,
        intent=intent,
        accept=frozenset([intent, *accept]),
        slice=_field(number, content, "slice", str, ""),
        context=_field(number, content, "context", bool, False),
    )


KINDS = {str: "a text", list: "a list", bool: "true or false"}


def _field[T](number: int, content: Json, name: str, kind: type[T], default: T | None = None) -> T:
    value = content.get(name, default)
    if value is None and default is None:
        raise LabelError(number, name, f"is missing; it must be {KINDS[kind]}")
    if value is None:
        return default  # type: ignore[return-value]
    if not isinstance(value, kind):
        raise LabelError(number, name, f"must be {KINDS[kind]}")
    return value


def _judge(case: Labelled, answer: Understanding) -> Judged:
    return Judged(
        text=case.text,
        intent=case.intent,
        accept=case.accept,
        guesses=tuple(intent.name for intent in answer.ranking),
        unsure=answer.unsure,
        slice=case.slice,
        context=case.context,
    )
