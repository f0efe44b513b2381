"""`import-scripts`: a shop's own wording into a pack for review."""

from collections import Counter
from pathlib import Path

import typer

from bot import wiring
from bot.commands.screen import print_json


def import_scripts(path: Path, folder: Path, as_json: bool) -> None:
    """Write the pack and print how many passages were placed, and why the others were not."""
    found = wiring.import_scripts(path, folder)
    left = Counter(one.mend for one in found.left)
    if as_json:
        print_json(
            {
                "folder": str(folder),
                "placed": len(found.placed),
                "steps": [
                    f"{case}.{step}" for case, steps in found.scripts.items() for step in steps
                ],
                "left": dict(left.most_common()),
            }
        )
    else:
        typer.echo(f"{len(found.placed)} 段已放入，待审 placed, to be reviewed: {folder}")
        for mend, count in left.most_common():
            typer.echo(f"{count} 段没有放入 left: {mend}")
        typer.echo(f"先看 read first: {folder / 'review.md'}")
