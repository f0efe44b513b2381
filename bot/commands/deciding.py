"""`advise`, `replay`, `check-policy`, `import-orders`: what the playbooks decide, and on what."""

import csv
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import typer

from bot import wiring
from bot.commands.casebook import as_row, casebook_lines
from bot.commands.screen import print_json, rasa_progress
from bot.core.policy import Policy
from bot.services.order_import import ImportReport, Progress
from bot.web.shown_advice import ShownReason, ShownRegister, show

REFUSED_SHOWN = 50
"""Refused rows that are shown; the list beside the file holds them all."""


def advise(order_no: str, text: str, as_json: bool, as_of: date | None = None) -> None:
    """Print the advice on this message about this order, as JSON or as a person would read it."""
    with rasa_progress() as (progress, _):
        advice = wiring.advise_once(order_no, text, progress, as_of)
    if as_json:
        print_json(advice)
    else:
        typer.echo("\n".join(_advice_lines(advice, wiring.policy_of(order_no))))


def replay(paths: Sequence[Path], check: bool, as_of: date | None = None) -> int:
    """Print the last advice of each scenario; with ``check``, the differences on standard error.

    Returns the exit code: 1 when something differs.
    """
    different = 0
    with rasa_progress() as (progress, _):
        for played in wiring.replay(paths, progress, as_of):
            print_json(played.line)
            for difference in played.differences if check else ():
                typer.echo(f"{played.line['id']}: {difference}", err=True)
                different = 1
    return different


def replay_difference(other: Path, logs: Sequence[Path]) -> None:
    """Print each advice that the other policy would change, a JSON object a line, then how many."""
    from bot.services.comparison import Compared

    count = Compared()
    with rasa_progress() as (progress, _):
        for change in wiring.compare(other, logs, count, progress):
            print_json(asdict(change))
    typer.echo(
        f"{count.conversations} 段对话 conversations, {count.advices} 条建议 advices, "
        f"{count.changed} 条会变 change",
        err=True,
    )


def check_policy(as_json: bool) -> int:
    """Print what is held of each case and what is wrong with the policy. Returns 1 when anything
    is missing or wrong.
    """
    checked = wiring.check_policy()
    if as_json:
        rows = [as_row(one) for one in checked.casebook]
        print_json({"problems": list(checked.problems), "casebook": rows})
    else:
        typer.echo("\n".join([*casebook_lines(checked.casebook), *checked.problems]))
    missing = [what for one in checked.casebook for what in one.problems]
    if not as_json and not checked.problems and not missing:
        typer.echo("规则齐全 nothing is missing")
    return 1 if checked.problems or missing else 0


def import_orders(path: Path, as_json: bool) -> None:
    """Import the file and print what became of its rows."""
    report = wiring.import_orders(path, _show_import)
    refused = list(_refused_rows(report))
    if as_json:
        print_json(
            {**asdict(report), "refused_file": _text(report.refused_file), "refused_rows": refused}
        )
    else:
        typer.echo(
            f"{report.sheet}: {report.rows} rows 行; orders 订单: {report.added} new 新增, "
            f"{report.changed} changed 更新, {report.unchanged} unchanged 不变; "
            f"{report.refused} rows refused 行未导入"
        )
        for row in refused:
            typer.echo("  " + " | ".join(filter(None, row.values())))
        if report.refused_file:
            typer.echo(f"全部未导入的行 all refused rows: {report.refused_file}")


def _advice_lines(advice: Mapping[str, Any], policy: Policy) -> Iterator[str]:
    """The advice as the page tells it, a thing a line."""
    shown = show(advice, policy)
    yield _line("理解", "；".join(str(guess) for guess in shown.guesses) or "没听懂")
    if shown.choices:
        likely = (f"{choice.title} {choice.percent}" for choice in shown.choices)
        yield _line("或许是", " / ".join(likely))
    yield _line("规程", f"{shown.case or '没有'} ({advice['case']} / {shown.step})")
    yield _line("结论", advice["verdict"]["text"])
    yield _line("谁来定", "，".join(filter(None, [shown.decider, shown.approval])))
    yield from (_line("依据", f"{r.title}：{r.value} ({_origin(r)})") for r in shown.reasons)
    yield from (_line("数值", figure) for figure in shown.figures)
    yield from (_line("出处", source) for source in shown.sources)
    yield from (_line("要问", question) for question in shown.ask)
    yield from (_line("回复", reply.text) for reply in shown.replies)
    if shown.register:
        yield from _register_lines(shown.register)
    if shown.follow_up:
        yield _line("跟进", shown.follow_up)
    yield from (_line("注意", warning) for warning in shown.warnings)


def _register_lines(register: ShownRegister) -> Iterator[str]:
    yield _line("登记", "，".join(filter(None, [register.name, register.keeper])))
    yield from (_line("", f"{name}：{value}") for name, value in register.fields.items())
    if register.missing:
        yield _line("还缺", "、".join(register.missing))


def _origin(reason: ShownReason) -> str:
    return "，".join(filter(None, [reason.origin, reason.day]))


def _line(label: str, text: str) -> str:
    """The label in a column of three characters, each as wide as two others."""
    return f"{label}{'  ' * (3 - len(label))}  {text}"


def _show_import(progress: Progress) -> None:
    if sys.stderr.isatty():
        typer.echo(f"\r{progress.rows} rows, {progress.orders} orders", nl=False, err=True)


def _refused_rows(report: ImportReport) -> Iterator[dict[str, str]]:
    if report.refused_file is not None:
        with report.refused_file.open(encoding="utf-8-sig", newline="") as rows:
            yield from islice(csv.DictReader(rows), REFUSED_SHOWN)


def _text(path: Path | None) -> str | None:
    return None if path is None else str(path)
