"""`eval`: how often customers are understood rightly, in figures, on a page, since last time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import typer

from bot.commands.figures import as_report, tables
from bot.commands.private_files import private_place, state_place, write_private
from bot.commands.reading import ready_reader
from bot.commands.screen import json_line, print_json, print_tables
from bot.core.moments import SHANGHAI
from bot.services.earlier_run import Answered, answers, read_answers, since
from bot.services.evaluation import Labelled, evaluate, read_labelled
from bot.web.evaluation_page import evaluation_page


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be shown, written and compared."""

    top_errors: int
    """Confusions to show."""
    as_json: bool = False
    page: Path | None = None
    """Where the page goes; without JSON there is one in any case."""
    answers: Path | None = None
    """Where each message's answer goes."""
    against: Path | None = None
    """An earlier run's answers, to compare with."""


def evaluation(path: Path, wanted: Wanted) -> None:
    """Measure, print the figures and write what is wanted.

    Raises:
        LabelError, AnswerError: a line cannot be used.
        OtherMessages: the earlier answers are to other messages.
        InsideProject: a file with customers' words would be inside the project.
    """
    # All that can be refused comes before Rasa is started in vain.
    labelled = _labelled(path)
    earlier = _earlier(wanted.against, labelled)
    page = _page_place(path, wanted)
    kept = _answers_place(path, wanted.answers)
    from bot import wiring

    with ready_reader(key_phrases=False) as reader:
        found = evaluate(reader, labelled, wiring.context_model())
    changes = since(earlier, found) if earlier is not None else None
    if kept is not None:
        write_private(kept, "".join(f"{json_line(one)}\n" for one in answers(found.judged)))
    if page is not None:
        now = datetime.now(SHANGHAI)
        write_private(page, evaluation_page(path.name, found, changes, now, wanted.top_errors))
    if wanted.as_json:
        print_json(as_report(found, wanted.top_errors, changes))
    else:
        print_tables(*tables(found, wanted.top_errors, changes))
        typer.echo(f"网页 page: {page}")


def _labelled(path: Path) -> list[Labelled]:
    with path.open(encoding="utf-8-sig") as lines:
        return list(read_labelled(lines))


def _earlier(path: Path | None, labelled: Sequence[Labelled]) -> list[Answered] | None:
    if path is None:
        return None
    with path.open(encoding="utf-8-sig") as lines:
        return read_answers(lines, labelled)


def _page_place(path: Path, wanted: Wanted) -> Path | None:
    if wanted.page is not None:
        return private_place(wanted.page)
    return None if wanted.as_json else state_place("eval", f"{path.stem}.html")


def _answers_place(path: Path, wanted: Path | None) -> Path | None:
    if wanted is None:
        return None
    place = private_place(wanted)
    if place == path.resolve():
        raise ValueError(f"{wanted}: 这是标注文件 that is the labelled file; choose another name")
    return place
