"""How much is understood of the held-out messages as they are, and of each with every kind of noise.

``python -m tests.bench_understanding`` prints the figures beside the recorded ones and exits 1 where
one has fallen; ``--record`` writes them anew. Messages and noise are the same at every run.
"""

import argparse
import hashlib
import json
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, replace
from itertools import islice
from pathlib import Path

from bot.adapters.rasa_process import RasaFiles, RasaProcess
from bot.adapters.rasa_understanding import RasaReader
from bot.core.judged import Judged
from bot.core.metrics import score
from bot.language.noise import KINDS, noisy
from bot.services.evaluation import Labelled, judge, read_labelled
from bot.services.understand_many import understand_many

CHECKOUT = Path(__file__).resolve().parents[1]
HELDOUT = CHECKOUT / "data/heldout"
RECORDED = CHECKOUT / "tests/nlu/noise_figures.json"
CLEAN = "clean"
ASKED = 300
"""Messages a kind of noise is measured on; all of them with every kind would take minutes."""
SEEDS = (1, 2, 3, 4)
"""A kind that changes few messages changes each of them several times."""
SLACK = 0.05
"""How far a share may be below the recorded one: chance moves it by about 3 points."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares, 0 to 1, of messages whose first intent is right, and that have it among three."""

    messages: int
    top1: float
    top3: float
    unchanged_top1: float
    """The first share of the very same messages without the noise."""


def main() -> None:
    options = read_options()
    began = time.perf_counter()
    with reader(options.rasa_url) as rasa:
        found = measured(rasa, held_out())
    print_table(found, recorded())
    print(f"{time.perf_counter() - began:.0f} s")
    if options.record:
        record(found)
        return
    fallen = list(findings(found, recorded()))
    print("\n".join(fallen), file=sys.stderr)
    sys.exit(1 if fallen else 0)


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rasa-url", help="a running Rasa instead of one of our own")
    parser.add_argument("--record", action="store_true", help="write the recorded figures anew")
    return parser.parse_args()


@contextmanager
def reader(rasa_url: str | None) -> Iterator[RasaReader]:
    if rasa_url:
        with closing(RasaReader(rasa_url)) as found:
            yield found
        return
    with tempfile.TemporaryDirectory(prefix="shouhou-bench-") as folder:
        files = RasaFiles(CHECKOUT, CHECKOUT / "models/shouhou.tar.gz", Path(folder) / "rasa.log")
        with RasaProcess(files) as rasa, closing(RasaReader(rasa.url)) as found:
            yield found


def held_out() -> list[Labelled]:
    """The held-out messages that can be understood alone, each once."""
    files = sorted(HELDOUT.glob("*.jsonl"))
    lines = (line for file in files for line in file.read_text("utf-8").splitlines())
    return list({one.text: one for one in read_labelled(lines) if not one.context}.values())


def measured(rasa: RasaReader, messages: list[Labelled]) -> dict[str, Figures]:
    """The figures without noise, then those of each kind."""
    clean = dict(zip((one.text for one in messages), judged(rasa, messages), strict=True))
    found = {CLEAN: figures(clean.values(), clean.values())}
    for kind in KINDS:
        pairs = list(islice(with_noise(kind, messages), ASKED))
        noised = judged(rasa, [replace(one, text=written) for one, written in pairs])
        found[kind] = figures(noised, [clean[one.text] for one, _ in pairs])
    return found


def with_noise(kind: str, messages: list[Labelled]) -> Iterator[tuple[Labelled, str]]:
    """Each message that this noise changes and what it becomes, in an order that has no meaning.

    New messages come between the others and leave most of the first ones what they were.
    """
    mixed = sorted(messages, key=lambda one: hashlib.sha256(f"{kind} {one.text}".encode()).digest())
    for seed in SEEDS:
        for one in mixed:
            if (written := noisy(one.text, kind, seed)) != one.text:
                yield one, written


def judged(rasa: RasaReader, messages: list[Labelled]) -> tuple[Judged, ...]:
    answers = understand_many(rasa, (one.text for one in messages))
    return tuple(judge(one, answer) for one, answer in zip(messages, answers, strict=True))


def figures(noised: Iterable[Judged], unchanged: Iterable[Judged]) -> Figures:
    after, before = score(list(noised)), score(list(unchanged))
    shares = (round(share or 0.0, 3) for share in (after.top1, after.top3, before.top1))
    return Figures(after.messages, *shares)


def recorded() -> dict[str, Figures]:
    rows = json.loads(RECORDED.read_text("utf-8")) if RECORDED.exists() else {}
    return {kind: Figures(**row) for kind, row in rows.items()}


def record(found: Mapping[str, Figures]) -> None:
    """One line a kind, so that a change shows as what it is."""
    rows = (f"  {json.dumps(kind)}: {json.dumps(asdict(one))}" for kind, one in found.items())
    RECORDED.write_text("{\n" + ",\n".join(rows) + "\n}\n", encoding="utf-8")


def findings(found: Mapping[str, Figures], before: Mapping[str, Figures]) -> Iterator[str]:
    """One line for each share that has fallen too far, or was never recorded."""
    for kind, now in found.items():
        if kind not in before:
            yield f"{kind}: no recorded figure; python -m tests.bench_understanding --record"
            continue
        pairs = {"top 1": (now.top1, before[kind].top1), "top 3": (now.top3, before[kind].top3)}
        for name, (is_now, was) in pairs.items():
            if is_now < was - SLACK:
                yield f"{kind}: {name} is {is_now:.1%}, was {was:.1%} when recorded"


def print_table(found: Mapping[str, Figures], before: Mapping[str, Figures]) -> None:
    print(
        f"{'noise':<20}{'messages':>9}{'unchanged':>11}{'top 1':>8}{'lost':>7}{'top 3':>8}{'recorded':>16}"
    )
    for kind, now in found.items():
        lost = f"{now.unchanged_top1 - now.top1:.1%}" if kind != CLEAN else ""
        was = before.get(kind)
        then = f"{was.top1:.1%} {was.top3:.1%}" if was else "-"
        print(
            f"{kind:<20}{now.messages:>9}{now.unchanged_top1:>11.1%}{now.top1:>8.1%}{lost:>7}"
            f"{now.top3:>8.1%}{then:>16}"
        )


if __name__ == "__main__":
    main()
