"""The command line `shouhou`: each command translates its options and calls one function."""

import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

import typer
from typer.exceptions import TyperException

app = typer.Typer(
    help="网店售后客服台 the after-sales desk of an online shop.",
    add_completion=False,
    rich_markup_mode=None,  # rich alone would take half of the time in which --help must answer
    pretty_exceptions_enable=False,
)

DEBUG_SETTING = "SHOUHOU_DEBUG"

Day = Annotated[
    datetime | None,
    typer.Option("--as-of", formats=["%Y-%m-%d"], help="The day to decide for; today."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, one line.")]
Files = Annotated[
    list[Path] | None, typer.Argument(help="Scenario files; with --diff also logs (.jsonl).")
]


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8080,
    demo: Annotated[
        bool, typer.Option("--demo/--no-demo", help="Fill in a demo shop's orders.")
    ] = False,
) -> None:
    """启动 Start Rasa and the application, until stopped."""
    from bot.commands.serve import serve as run

    run(host, port, demo)


@app.command()
def parse(
    texts: Annotated[list[str] | None, typer.Argument(metavar="[TEXT…]")] = None,
    as_json: AsJson = True,
) -> None:
    """理解 Print what is understood of each text, or each line of input: a JSON object a line."""
    from bot.commands.reading import parse as run

    run(texts or [])


@app.command(name="eval")
def evaluate(
    file: Annotated[
        Path, typer.Argument(help="JSONL: text, intent; also accept, slice, context, before, id.")
    ],
    as_json: AsJson = False,
    top_errors: Annotated[int, typer.Option(min=0, help="Confusions to show.")] = 15,
    html: Annotated[
        Path | None, typer.Option(help="Where to write the page; outside the project.")
    ] = None,
    answers: Annotated[
        Path | None, typer.Option(help="Write what was understood of each message: JSONL.")
    ] = None,
    against: Annotated[
        Path | None, typer.Option(help="Compare with the answers of an earlier run.")
    ] = None,
) -> None:
    """评测 Measure how well a labelled file is understood, and write a page to look at."""
    from bot.commands.evaluating import Wanted
    from bot.commands.evaluating import evaluation as run

    run(file, Wanted(top_errors, as_json, html, answers, against))


@app.command()
def advise(
    text: Annotated[str, typer.Argument(help="The customer's message.")],
    order: Annotated[str, typer.Option(help="Order number.")],
    as_of: Day = None,
    as_json: AsJson = False,
) -> None:
    """建议 Give one advice about an order."""
    from bot.commands.deciding import advise as run

    run(order, text, as_json, as_of.date() if as_of else None)


@app.command()
def replay(
    files: Files = None,
    check: Annotated[bool, typer.Option("--check", help="Exit 1 on a difference.")] = False,
    diff: Annotated[
        Path | None,
        typer.Option(help="A shop's pack or another checkout: which advices would change."),
    ] = None,
    as_of: Day = None,
    as_json: AsJson = True,
) -> None:
    """重演 Play scenarios through the real path: the last advice of each, a JSON object a line."""
    from bot.commands.deciding import replay as run
    from bot.commands.deciding import replay_difference

    if diff is not None:
        replay_difference(diff, files or [])
    elif files:
        raise typer.Exit(run(files, check, as_of.date() if as_of else None))
    else:
        raise typer.BadParameter("name the scenario files 写上场景文件")


@app.command()
def check_policy(as_json: AsJson = False) -> None:
    """检查规则 Check that playbooks, parameters, wording and facts are complete and consistent."""
    from bot.commands.deciding import check_policy as run

    raise typer.Exit(run(as_json))


@app.command()
def import_orders(
    file: Annotated[Path, typer.Argument(help="The platform's export: CSV or XLSX.")],
    as_json: AsJson = False,
) -> None:
    """导入订单 Import a platform's order export; each refused row is reported with its reason."""
    from bot.commands.deciding import import_orders as run

    run(file, as_json)


At = Annotated[datetime | None, typer.Option(help="The moment to judge by; now when absent.")]


@app.command()
def duties(at: At = None, as_json: AsJson = False) -> None:
    """今天要办 What is to be done today and by when; promises and follow-ups that are due."""
    from bot.commands.duties import duties as run

    run(at, as_json)


@app.command()
def handover(at: At = None, as_json: AsJson = False) -> None:
    """交班 Every open case with its next step, every open record and promise."""
    from bot.commands.duties import handover as run

    run(at, as_json)


records = typer.Typer(help="登记表 The registers: list, export, import.", no_args_is_help=True)
app.add_typer(records, name="records")

WhoIsIt = Annotated[
    Literal["agent", "supervisor", "finance", "warehouse", "lead"],
    typer.Option("--role", help="In which role; it decides what may be seen and done."),
]
WhoName = Annotated[str, typer.Option("--name", help="Your name, for the history.")]


@records.command(name="list")
def list_records(
    role: WhoIsIt,
    name: WhoName,
    register: Annotated[str | None, typer.Option(help="Only this register.")] = None,
    state: Annotated[
        Literal["待办", "处理中", "完成", "驳回"] | None, typer.Option(help="Only in this state.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """列出 List records, newest first."""
    from bot.commands import records as run

    run.find(run.person(role, name), register, state, as_json)


@records.command(name="export")
def export_records(
    file: Annotated[Path, typer.Argument(help="The workbook to write: XLSX.")],
    role: WhoIsIt,
    name: WhoName,
    register: Annotated[
        list[str] | None, typer.Option(help="Only this register; may be repeated.")
    ] = None,
) -> None:
    """导出 Write the registers as a workbook, a sheet each."""
    from bot.commands import records as run

    run.export(run.person(role, name), file, register or [])


@records.command(name="import")
def import_records(
    file: Annotated[Path, typer.Argument(help="An exported workbook: XLSX.")],
    role: WhoIsIt,
    name: WhoName,
    as_json: AsJson = False,
) -> None:
    """导入 Take over what was written in an exported workbook; exit 1 when a row was refused."""
    from bot.commands import records as run

    raise typer.Exit(run.take_back(run.person(role, name), file, as_json))


@app.command()
def import_scripts(
    file: Annotated[Path, typer.Argument(help="The shop's own wording: .docx, .txt or .xlsx.")],
    into: Annotated[
        Path | None, typer.Option(help="Folder for the pack; <file>.pack beside the file.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """导入话术 Propose a case and step for each passage; writes a pack that waits for review."""
    from bot.commands.loading import import_scripts as run

    run(file, into or file.with_name(f"{file.stem}.pack"), as_json)


@app.command()
def practise(
    scenario: Annotated[str, typer.Argument(help="Which customer; any when absent.")] = "",
    seed: Annotated[int | None, typer.Option(help="The same seed: the same customer.")] = None,
    noise: Annotated[bool, typer.Option(help="The customer types as in a hurry.")] = False,
    listed: Annotated[bool, typer.Option("--list", help="Only list the customers.")] = False,
) -> None:
    """练习 Practise on a simulated customer: write replies, a line each, and read the grade."""
    from bot.commands.practising import list_scenarios
    from bot.commands.practising import practise as run

    if listed:
        list_scenarios()
    else:
        run(scenario, seed, noise)


@app.command()
def make_scenario(
    conversation: Annotated[str, typer.Argument(help="The conversation's id.")],
) -> None:
    """出练习 Propose a practice customer from a past conversation, masked, for a lead to review."""
    from bot.commands.scenario_making import make_scenario as run

    run(conversation)


@app.command()
def learn(
    logs: Annotated[
        list[Path],
        typer.Argument(help="Chats or labelled messages (.jsonl), or a message a line (.txt)."),
    ],
    as_json: AsJson = False,
) -> None:
    """学习 Learn from the shop's own chats; publishes nothing that is worse (exit 1)."""
    from bot.commands.learning import learn as run

    raise typer.Exit(run(logs, as_json))


def main() -> None:
    """Run a command; what the user can mend is one line on standard error and exit code 2."""
    _speak_utf8()
    try:
        sys.exit(app(sys.argv[1:] or ["--help"], prog_name="shouhou", standalone_mode=False))
    except typer.Abort:
        sys.exit(1)
    except Exception as error:
        if os.environ.get(DEBUG_SETTING) or not _mendable(error):
            raise
        typer.echo(f"error: {_explained(error)}", err=True)
        sys.exit(2)


def _mendable(error: Exception) -> bool:
    """Whether the user can mend it: a file, a value, something not running; the rest is ours."""
    from bot.core.tables import BrokenTable
    from bot.services.order_columns import NotAnOrderExport
    from bot.services.ports import PolicyError, TrainingFailed, UnderstandingDown

    if isinstance(error, (KeyError, IndexError)):
        return False
    said = (TyperException, ValueError, LookupError, PolicyError, TrainingFailed)
    outside = (OSError, BrokenTable, NotAnOrderExport, UnderstandingDown)
    return isinstance(error, said + outside)


def _explained(error: Exception) -> str:
    if isinstance(error, TyperException):
        return f"{error.format_message()} (shouhou --help)"
    if isinstance(error, UnicodeDecodeError):
        return f"the file is not UTF-8 (byte {error.start}): save it as UTF-8"
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}"
    return " ".join(str(error).split())


def _speak_utf8() -> None:
    """Chinese must come out whole whatever the machine's locale is."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


if __name__ == "__main__":
    main()
