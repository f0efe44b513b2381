"""How well customers are understood: figures from labelled messages and what was made of them."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.core.understanding import TALK

OUT_OF_SCOPE = "out_of_scope"

BEFORE_THE_SALE = frozenset(
    {"presale_question", "payment_coupon", "delivery_options", "out_of_range"}
)

EXAMPLES = 3
"""Texts shown for a confusion."""

NOT_AFTER_SALES = TALK | BEFORE_THE_SALE | {OUT_OF_SCOPE}


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled message and what was understood of it."""

    text: str
    intent: str
    """What the label says the customer wants."""
    accept: frozenset[str]
    """Every answer that is right, the label among them."""
    guesses: tuple[str, ...]
    """What was understood, best first."""
    unsure: bool = False
    slice: str = ""
    context: bool = False
    """Cannot be told from the message alone."""

    @property
    def guess(self) -> str | None:
        return self.guesses[0] if self.guesses else None

    @property
    def right(self) -> bool:
        return self.guess in self.accept

    @property
    def credited(self) -> str:
        """The label this message counts for: an accepted answer is as good as the label itself."""
        return self.guess if self.guess is not None and self.right else self.intent


@dataclass(frozen=True, slots=True)
class Score:
    """Shares are 0 to 1; of no messages there is no share."""

    messages: int
    top1: float | None
    top3: float | None
    macro_f1: float | None


@dataclass(frozen=True, slots=True)
class Rejection:
    """What becomes of messages that are none of the shop's business, and of those that are."""

    out_of_scope: int
    rejected: float | None
    """Share of them that was understood as out of scope or not surely understood."""
    in_scope: int
    wrongly_rejected: float | None
    """The same share of all other messages."""


@dataclass(frozen=True, slots=True)
class Confusion:
    meant: str
    understood: str
    times: int
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    groups: dict[str, Score]
    """By name, in reading order: all, without context, …, then each slice."""
    rejection: Rejection
    confusions: tuple[Confusion, ...]
    unsure: float | None


def report(judged: Sequence[Judged]) -> Report:
    """Every figure about these messages."""
    return Report(
        groups=_groups(judged),
        rejection=rejection(judged),
        confusions=confusions(judged),
        unsure=_share(judged, lambda one: one.unsure),
    )


def score(judged: Sequence[Judged]) -> Score:
    return Score(
        messages=len(judged),
        top1=_share(judged, lambda one: one.right),
        top3=_share(judged, lambda one: not one.accept.isdisjoint(one.guesses[:3])),
        macro_f1=macro_f1(judged),
    )


def macro_f1(judged: Sequence[Judged]) -> float | None:
    """The mean F1 of the intents that occur as labels, each counting the same however rare."""
    meant = Counter(one.credited for one in judged)
    understood = Counter(one.guess for one in judged)
    right = Counter(one.guess for one in judged if one.right)
    scores = [2 * right[label] / (meant[label] + understood[label]) for label in meant]
    return sum(scores) / len(scores) if scores else None


def rejection(judged: Sequence[Judged]) -> Rejection:
    outside = [one for one in judged if one.intent == OUT_OF_SCOPE]
    inside = [one for one in judged if OUT_OF_SCOPE not in one.accept]
    return Rejection(
        len(outside), _share(outside, _rejected), len(inside), _share(inside, _rejected)
    )


def confusions(judged: Iterable[Judged]) -> tuple[Confusion, ...]:
    """Which intent was taken for which, the most frequent first."""
    texts: dict[tuple[str, str], list[str]] = {}
    for one in judged:
        if not one.right:
            texts.setdefault((one.intent, one.guess or ""), []).append(one.text)
    ordered = sorted(texts.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(
        Confusion(meant, understood, len(found), tuple(found[:EXAMPLES]))
        for (meant, understood), found in ordered
    )


def _groups(judged: Sequence[Judged]) -> dict[str, Score]:
    alone = [one for one in judged if not one.context]
    groups = {
        "all": judged,
        "without context": alone,
        "without talk": [one for one in judged if one.intent not in TALK],
        "without context and talk": [one for one in alone if one.intent not in TALK],
        "after-sales": [one for one in judged if one.intent not in NOT_AFTER_SALES],
    }
    for name in sorted({one.slice for one in judged if one.slice}):
        groups[f"slice {name}"] = [one for one in judged if one.slice == name]
    return {name: score(members) for name, members in groups.items()}


def _rejected(one: Judged) -> bool:
    return one.unsure or one.guess == OUT_OF_SCOPE or one.guess is None


def _share(judged: Sequence[Judged], holds: Callable[[Judged], bool]) -> float | None:
    return sum(map(holds, judged)) / len(judged) if judged else None
