"""`records list`, `export`, `import`: the shop's registers at the command line."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

import typer

from bot import wiring
from bot.commands.screen import print_json
from bot.core.moments import SHANGHAI
from bot.core.people import Person, Role
from bot.core.records import State
from bot.services.casework import Casework, Listing
from bot.web.shown_record import as_json, import_as_json


def find(by: Person, register: str | None, state: str | None, as_json_: bool) -> None:
    """Print the records, newest first."""
    with _casework() as casework:
        found = casework.find(by, Listing(register, State(state) if state else None))
    if as_json_:
        print_json([as_json(seen) for seen in found])
        return
    for seen in found:
        record = seen.record
        missing = f"还缺 {'、'.join(seen.missing)}" if seen.missing else ""
        told = (str(record.id), record.register, record.state.value, record.order_no)
        typer.echo("  ".join(filter(None, (*told, record.reason, missing))))


def export(by: Person, path: Path, registers: list[str]) -> None:
    """Write the registers into this file."""
    with _casework() as casework:
        path.write_bytes(wiring.record_sheets(casework).export(by, registers))
    typer.echo(str(path))


def take_back(by: Person, path: Path, as_json_: bool) -> int:
    """Take over what was written in this workbook. Returns 1 when a row was refused."""
    with _casework() as casework:
        report = wiring.record_import(casework).run(
            by, datetime.now(SHANGHAI), path.read_bytes(), path.name
        )
    if as_json_:
        print_json(import_as_json(report))
    else:
        typer.echo(
            f"{report.rows} rows 行: {report.added} new 新增, {report.changed} changed 更新, "
            f"{report.unchanged} unchanged 不变, {len(report.refused)} refused 未导入"
        )
        for row in report.refused:
            typer.echo(f"  {row.sheet} | {row.row} | {row.reason}")
    return 1 if report.refused else 0


def person(role: str, name: str) -> Person:
    return Person(name, Role(role))


@contextmanager
def _casework() -> Iterator[Casework]:
    with closing(wiring.shop_database()) as database:
        yield wiring.casework(database, wiring.policy_store())
