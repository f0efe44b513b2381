"""What a command shows: JSON for programs, tables for people, progress where someone watches."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import typer

USUAL_SECONDS = 10
STARTING = "Rasa 正在启动 starting …"


LINE_ENDS = str.maketrans({end: f"\\u{ord(end):04x}" for end in "\x85\u2028\u2029"})
"""Characters inside a text that some programs take for the end of a line; JSON leaves them in."""


def json_line(content: Any) -> str:
    """One line that stays one line for every program that reads lines; without its end."""
    return json.dumps(content, ensure_ascii=False).translate(LINE_ENDS)


def print_json(content: Any) -> None:
    typer.echo(json_line(content))


def print_tables(*tables: Any) -> None:
    from rich.console import Console

    console = Console()
    for table in tables:
        console.print(table)


@contextmanager
def rasa_progress(
    announce: bool = False,
) -> Iterator[tuple[Callable[[float], None], Callable[[], None]]]:
    """How to show the seconds while Rasa starts, on standard error, and how to stop showing them.

    Where no terminal is, ``announce`` says once that it has begun; when Rasa runs already, nothing
    is said.
    """
    from rich.console import Console
    from rich.status import Status

    status = Status(STARTING, console=Console(stderr=True))
    told = not announce or status.console.is_terminal

    def show(seconds: float) -> None:
        nonlocal told
        if not told:
            typer.echo(STARTING, err=True)
            told = True
        status.start()
        status.update(f"{STARTING} {seconds:.0f} s / ≈ {USUAL_SECONDS} s")

    try:
        yield show, status.stop
    finally:
        status.stop()


def explain_waiting_for_input() -> None:
    if sys.stdin.isatty():
        typer.echo("一行一句,Ctrl-D 结束 / one message a line, Ctrl-D ends", err=True)
