"""An evaluation as one page of HTML that needs nothing else: to look at, and to keep to oneself."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from bot.core.judged import Judged
from bot.core.metrics import IntentScore, confused
from bot.core.selective import PERCENT_ANSWERED
from bot.core.significance import Interval, Paired
from bot.services.earlier_run import Since
from bot.services.evaluation import Before, Evaluation
from bot.web import evaluation_plots as plots
from bot.web import evaluation_words as words
from bot.web.evaluation_matrix import matrix

EXAMPLES = 5
"""Messages shown for a confusion."""
DOUBTFUL = 0.05
"""From this p-value on, a difference may well be chance."""
FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Figure:
    """A group's figure with what chance would make of it."""

    value: float | None
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    messages: int
    top1: Figure
    top3: Figure
    macro_f1: Figure


@dataclass(frozen=True, slots=True)
class Example:
    """A message that was misunderstood, and what was written just before."""

    text: str
    confidence: float
    last: Before | None


@dataclass(frozen=True, slots=True)
class Mistake:
    meant: str
    understood: str
    times: int
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    title: str
    figures: Paired

    @property
    def beyond_chance(self) -> bool:
        return self.figures.p < DOUBTFUL


def evaluation_page(
    name: str, found: Evaluation, changes: Since | None, at: datetime, top_errors: int
) -> str:
    """The page.

    Args:
        name: the labelled file's.
        at: when it was measured.
        top_errors: confusions to show.
    """
    groups = list(_groups(found))
    return _template().render(
        name=name,
        at=at,
        found=found,
        report=found.report,
        groups=groups,
        whole=groups[0],
        compared=_compared(changes),
        changed=changes.changed if changes else (),
        bars=plots.bars(found.report.calibration),
        mistakes=list(_mistakes(found, top_errors)),
        more_mistakes=max(0, len(found.report.confusions) - top_errors),
        families=_families(found.report.intents),
        matrix=matrix(found.judged),
        percent_answered=PERCENT_ANSWERED,
        frame=plots.Frame(),
        plots=plots,
        words=words,
    )


@cache
def _template() -> Template:
    environment = Environment(
        # The house's colours are the running pages' own.
        loader=FileSystemLoader([FOLDER / "pages", FOLDER / "static"]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("evaluation.html")


def _groups(found: Evaluation) -> Iterator[Group]:
    for name, score in found.report.groups.items():
        ends = found.intervals[name]
        yield Group(
            words.group(name),
            score.messages,
            Figure(score.top1, ends.top1),
            Figure(score.top3, ends.top3),
            Figure(score.macro_f1, ends.macro_f1),
        )


def _compared(changes: Since | None) -> list[Compared]:
    """The whole first."""
    if changes is None:
        return []
    return [Compared(words.group(name), one) for name, one in changes.groups.items()]


def _mistakes(found: Evaluation, top_errors: int) -> Iterator[Mistake]:
    before = {id(one): case.before for one, case in zip(found.judged, found.labelled, strict=True)}

    def example(one: Judged) -> Example:
        return Example(one.text, one.confidence, next(reversed(before[id(one)]), None))

    for (meant, understood), messages in list(confused(found.judged).items())[:top_errors]:
        examples = tuple(example(one) for one in messages[:EXAMPLES])
        yield Mistake(meant, understood, len(messages), examples)


def _families(scores: Sequence[IntentScore]) -> list[tuple[str, list[IntentScore]]]:
    """The intents by family, in the families' order."""
    ordered = sorted(scores, key=lambda one: words.in_order(one.intent))
    by_family = groupby(ordered, key=lambda one: words.family(one.intent))
    return [(family, list(members)) for family, members in by_family]
