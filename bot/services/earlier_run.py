"""An evaluation's answers, kept as JSONL, and what has changed since: two runs, one file."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.core.judged import Judged
from bot.core.metrics import groups
from bot.core.significance import Paired, paired
from bot.services.evaluation import Evaluation, Labelled, draw
from bot.services.json_lines import Line, LineError, json_lines

KEPT = 5
"""Guesses of a message that are kept."""


class AnswerError(LineError):
    """A line of the answers cannot be used; the message names line, field and mend."""

    which = "answers: "


class OtherMessages(ValueError):
    """The answers are to other messages than those of the labelled file."""

    def __init__(self, unanswered: Sequence[str], unasked: int) -> None:
        what = (
            [f"{len(unanswered)} without an answer (first: {unanswered[0]})"] if unanswered else []
        )
        what += [f"{unasked} answered but not in the file"] if unasked else []
        super().__init__(
            f"the messages differ 不是同一批消息: {', '.join(what)}; "
            "write the answers anew from this very file: shouhou eval FILE --answers …"
        )


@dataclass(frozen=True, slots=True)
class Answered:
    """What a run understood of one message."""

    id: str
    text: str
    guesses: tuple[str, ...]
    """Best first."""


@dataclass(frozen=True, slots=True)
class Since:
    """What has changed since an earlier run."""

    groups: Mapping[str, Paired]
    """By name; without groups that have no messages."""
    changed: tuple[tuple[Judged, Judged], ...]
    """Each message that is right in one run alone: as it was before, as it is now."""


def answers(judged: Iterable[Judged]) -> Iterator[dict[str, Any]]:
    """A line for each message, to be kept; confidences with four decimals."""
    for one in judged:
        yield {
            "id": one.id,
            "text": one.text,
            "guesses": one.guesses[:KEPT],
            "confidence": round(one.confidence, 4),
            "right": one.right,
        }


def read_answers(lines: Iterable[str], labelled: Sequence[Labelled]) -> list[Answered]:
    """The answer to each labelled message, in their order, from what ``answers`` wrote.

    A message is known by id and text; where several are the same, their order tells them apart.

    Raises:
        AnswerError: a line is not JSON, lacks a field or has one of another kind.
        OtherMessages: a message has no answer, or an answer no message.
    """
    waiting: dict[tuple[str, str], list[Answered]] = {}
    for line in json_lines(lines, "id, text and guesses", AnswerError):
        one = _answered(line)
        waiting.setdefault((one.id, one.text), []).append(one)
    found: list[Answered] = []
    unanswered: list[str] = []
    for case in labelled:
        if same := waiting.get((case.id, case.text)):
            found.append(same.pop(0))
        else:
            unanswered.append(case.id or case.text)
    unasked = sum(map(len, waiting.values()))
    if unanswered or unasked:
        raise OtherMessages(unanswered, unasked)
    return found


def since(earlier: Sequence[Answered], evaluation: Evaluation) -> Since:
    """What has changed, both runs judged by the labels as they are now."""
    now = evaluation.judged
    before = [
        replace(one, guesses=old.guesses, confidences=())
        for one, old in zip(now, earlier, strict=True)
    ]
    were = groups(before)
    compared = {name: paired(were[name], are, draw()) for name, are in groups(now).items()}
    return Since(
        {name: one for name, one in compared.items() if one},
        tuple((old, new) for old, new in zip(before, now, strict=True) if old.right != new.right),
    )


def _answered(line: Line) -> Answered:
    return Answered(line.id(), line.field("text", str), line.texts("guesses", "intent names"))
