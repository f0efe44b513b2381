"""How an evaluation is shown: as JSON or as tables."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from rich.table import Table
from rich.text import Text

from bot.core.judged import Judged
from bot.core.metrics import ALL, Confusion, Report
from bot.core.selective import PERCENT_ANSWERED
from bot.core.significance import Interval, Intervals, Paired
from bot.services.earlier_run import Since
from bot.services.evaluation import Evaluation


def as_report(
    evaluation: Evaluation, top_errors: int, changes: Since | None = None
) -> dict[str, Any]:
    """The figures; shares are 0 to 1 with four decimals, null of no messages."""
    found = evaluation.report
    groups = {
        name: asdict(score) | {"intervals": _ends(evaluation.intervals[name])}
        for name, score in found.groups.items()
    }
    figures: dict[str, Any] = {
        **groups[ALL],
        "groups": groups,
        "rejection": asdict(found.rejection),
        "unsure": found.unsure,
        "degraded": evaluation.degraded,
        "confusions": [asdict(one) for one in found.confusions[:top_errors]],
        "calibration": asdict(found.calibration),
        "selective": asdict(found.selective),
        "intents": [
            asdict(one) | {"precision": one.precision, "recall": one.recall, "f1": one.f1}
            for one in found.intents
        ],
    }
    if changes:
        figures["against"] = _against(changes)
    return {name: _rounded(one) for name, one in figures.items()}


def tables(evaluation: Evaluation, top_errors: int, changes: Since | None = None) -> Iterator[Any]:
    found = evaluation.report
    scores = Table("messages", "n", "top 1", "top 3", "macro-F1", title="Understanding")
    for name, one in found.groups.items():
        ends = evaluation.intervals[name]
        scores.add_row(
            name,
            str(one.messages),
            _with_ends(one.top1, ends.top1),
            _with_ends(one.top3, ends.top3),
            _with_ends(one.macro_f1, ends.macro_f1),
        )
    yield scores
    yield "in brackets: 95 % intervals"
    yield from _doubt(found)
    if changes:
        yield _comparison(changes)
    yield _confusions(found.confusions[:top_errors])


def _doubt(found: Report) -> Iterator[str]:
    """What becomes of messages that are not, or not surely, understood."""
    out = found.rejection
    yield (
        f"out of scope rejected: {_percent(out.rejected)} of {out.out_of_scope}; "
        f"others rejected: {_percent(out.wrongly_rejected)} of {out.in_scope}; "
        f"unsure: {_percent(found.unsure)}"
    )
    if at := found.selective.at:
        yield (
            f"answering {PERCENT_ANSWERED} % of what is in scope (confidence {at.threshold:.2f}): "
            f"out of scope rejected: {_percent(at.rejected)}; "
            f"right of the answered: {_percent(at.right)}"
        )
    sure = found.calibration
    if sure.error is not None:
        yield f"expected calibration error: {sure.error:.3f}; Brier: {sure.brier:.3f}"


def _comparison(changes: Since) -> Table:
    columns = ("messages", "n", "before", "now", "difference", "mended", "spoilt", "p")
    table = Table(*columns, title="Top 1 since the earlier run")
    for name, one in changes.groups.items():
        ends = f"({one.interval.low:+.1%}, {one.interval.high:+.1%})"
        table.add_row(
            name,
            str(one.messages),
            _percent(one.before),
            _percent(one.now),
            f"{one.difference:+.1%} {ends}",
            str(one.mended),
            str(one.spoilt),
            f"{one.p:.2g}",
        )
    return table


def _confusions(confusions: tuple[Confusion, ...]) -> Table:
    table = Table("times", "meant", "understood", "for example", title="Most frequent confusions")
    for one in confusions:
        # Text, because customers' own square brackets are no markup.
        examples = Text("\n".join(one.examples))
        table.add_row(str(one.times), one.meant, one.understood or "nothing", examples)
    return table


def _against(changes: Since) -> dict[str, Any]:
    return {
        "groups": {name: _paired(one) for name, one in changes.groups.items()},
        "changed": [_changed(before, now) for before, now in changes.changed],
    }


def _paired(one: Paired) -> dict[str, Any]:
    # The p-value keeps its digits: 0.00004 is no 0.
    p = float(f"{one.p:.4g}")
    ends = [one.interval.low, one.interval.high]
    return asdict(one) | {"difference": one.difference, "interval": ends, "p": p}


def _changed(before: Judged, now: Judged) -> dict[str, Any]:
    return {
        "id": now.id,
        "text": now.text,
        "meant": now.intent,
        "before": before.guess,
        "now": now.guess,
        "right": now.right,
    }


def _ends(intervals: Intervals) -> dict[str, list[float] | None]:
    """Each figure's lower and upper end."""
    named: Mapping[str, Interval | None] = {
        "top1": intervals.top1,
        "top3": intervals.top3,
        "macro_f1": intervals.macro_f1,
    }
    return {name: [one.low, one.high] if one else None for name, one in named.items()}


def _rounded(figures: Any) -> Any:
    match figures:
        case float():
            return round(figures, 4)
        case dict():
            # A p-value has its digits already.
            return {name: one if name == "p" else _rounded(one) for name, one in figures.items()}
        case list() | tuple():
            return [_rounded(one) for one in figures]
        case _:
            return figures


def _with_ends(figure: float | None, ends: Interval | None) -> str:
    if ends is None:
        return _percent(figure)
    return f"{_percent(figure)} ({100 * ends.low:.1f}–{100 * ends.high:.1f})"


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.1%}"
