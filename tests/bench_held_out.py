"""How the held-out messages are understood after the turns before them, and what answering costs.

``python -m tests.bench_held_out [FILE.jsonl …]`` prints the figures of data/heldout, or of other
labelled files.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

from bot.adapters.context_file import beside, read_context
from bot.core.calibration import calibration
from bot.core.judged import Judged
from bot.core.metrics import groups, score
from bot.core.selective import cheapest_threshold, cost, selective
from bot.core.understanding import SURE
from bot.services.evaluation import evaluate, read_labelled
from tests.bench_understanding import CHECKOUT, HELDOUT, reader

SHOWN = ("all", "without context", "after-sales", "talk or context")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("files", nargs="*", type=Path, default=sorted(HELDOUT.glob("*.jsonl")))
    options.add_argument("--rasa-url", help="a running Rasa instead of one of our own")
    read = options.parse_args()
    context = read_context(beside(CHECKOUT / "models/shouhou.tar.gz"))
    with reader(read.rasa_url) as rasa:
        found = {
            file.stem: evaluate(rasa, read_labelled(file.read_text("utf-8").splitlines()), context)
            for file in read.files
        }
    judged = {name: one.judged for name, one in found.items()}
    for line in table(judged):
        print(line)


def table(judged: dict[str, tuple[Judged, ...]]) -> Iterator[str]:
    yield f"{'held-out':<16}" + "".join(f"{name:>28}" for name in SHOWN)
    for name, members in judged.items():
        parts = groups(members)
        yield f"{name:<16}" + "".join(f"{shares(parts[group]):>28}" for group in SHOWN)
    together = [one for members in judged.values() for one in members]
    yield f"{'together':<16}" + "".join(f"{shares(groups(together)[g]):>28}" for g in SHOWN)
    yield f"expected calibration error {calibration(together).error or 0:.3f}"
    cheapest = cheapest_threshold(together) or 0.0
    yield (
        f"a message costs {cost(together, SURE):.3f} at the threshold in use ({SURE}), "
        f"{cost(together, cheapest):.3f} at the cheapest ({cheapest})"
    )
    if at := selective(together).at:
        yield (
            f"85 % answered (at {at.threshold:.2f}): of {selective(together).out_of_scope} out of scope "
            f"{at.rejected or 0:.1%} rejected, of the answered {at.right or 0:.1%} right"
        )


def shares(members: list[Judged]) -> str:
    """How many, and the shares right at first and among three."""
    found = score(members)
    return f"{found.top1 or 0:.1%} {found.top3 or 0:.1%} of {found.messages}" if members else "-"


if __name__ == "__main__":
    main()
