"""How an evaluation is shown: as JSON or as tables."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from rich.table import Table
from rich.text import Text

from bot.core.metrics import Confusion
from bot.services.evaluation import Evaluation


def as_report(evaluation: Evaluation, top_errors: int) -> dict[str, Any]:
    """The figures; shares are 0 to 1 with four decimals, null of no messages."""
    found = evaluation.report
    groups = {name: _rounded(asdict(score)) for name, score in found.groups.items()}
    return {
        **groups["all"],
        "groups": groups,
        "rejection": _rounded(asdict(found.rejection)),
        "unsure": _rounded({"share": found.unsure})["share"],
        "degraded": evaluation.degraded,
        "confusions": [asdict(one) for one in found.confusions[:top_errors]],
    }


def tables(evaluation: Evaluation, top_errors: int) -> Iterator[Any]:
    found = evaluation.report
    scores = Table("messages", "n", "top 1", "top 3", "macro-F1", title="Understanding")
    for name, one in found.groups.items():
        scores.add_row(name, str(one.messages), *map(_percent, (one.top1, one.top3, one.macro_f1)))
    yield scores
    out = found.rejection
    yield (
        f"out of scope rejected: {_percent(out.rejected)} of {out.out_of_scope}; "
        f"others rejected: {_percent(out.wrongly_rejected)} of {out.in_scope}; "
        f"unsure: {_percent(found.unsure)}"
    )
    yield _confusions(found.confusions[:top_errors])


def _confusions(confusions: tuple[Confusion, ...]) -> Table:
    table = Table("times", "meant", "understood", "for example", title="Most frequent confusions")
    for one in confusions:
        # Text, because customers' own square brackets are no markup.
        examples = Text("\n".join(one.examples))
        table.add_row(str(one.times), one.meant, one.understood or "nothing", examples)
    return table


def _rounded(figures: dict[str, Any]) -> dict[str, Any]:
    return {
        name: round(value, 4) if isinstance(value, float) else value
        for name, value in figures.items()
    }


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.1%}"
