"""`make-scenario`: proposes a practice scenario from a past conversation, for a lead to review."""

import typer

from bot import wiring


def make_scenario(conversation_id: str) -> None:
    """Print it as YAML, and where it belongs.

    Raises:
        LookupError: no conversation has this id.
        ValueError: nothing in it was served.
    """
    case, text = wiring.scenario_of(conversation_id)
    typer.echo(f"# 提议：看过、改过称呼和说法，再加到 bot/policy/scenarios/{case}.yml 的末尾。")
    typer.echo(
        f"# 补全客户的其他几种说法，然后跑 check-policy 和 tests/policy/test_practice.py。\n{text}"
    )
