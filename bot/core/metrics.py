"""How well customers are understood: figures from labelled messages and what was made of them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.core.calibration import Calibration, calibration
from bot.core.judged import Judged, mean, share
from bot.core.selective import Selective, selective
from bot.core.understanding import OUT_OF_SCOPE, TALK

BEFORE_THE_SALE = frozenset(
    {"presale_question", "payment_coupon", "delivery_options", "out_of_range"}
)

EXAMPLES = 3
"""Texts shown for a confusion."""

NOT_AFTER_SALES = TALK | BEFORE_THE_SALE | {OUT_OF_SCOPE}

ALL = "all"

type Answer = tuple[str, str | None]
"""The label a message counts for, and the first guess."""


@dataclass(frozen=True, slots=True)
class Score:
    """Shares are 0 to 1; of no messages there is no share."""

    messages: int
    top1: float | None
    top3: float | None
    macro_f1: float | None


@dataclass(frozen=True, slots=True)
class IntentScore:
    """How well one intent is told from the others; shares are 0 to 1."""

    intent: str
    meant: int
    """Messages that count for it; an accepted answer counts for itself."""
    understood: int
    right: int

    @property
    def precision(self) -> float | None:
        """How often it is meant when it is understood."""
        return self.right / self.understood if self.understood else None

    @property
    def recall(self) -> float | None:
        """How often it is understood when it is meant."""
        return self.right / self.meant if self.meant else None

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.meant + self.understood)


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
    intents: tuple[IntentScore, ...]
    """By name, those that were meant or understood."""
    calibration: Calibration
    selective: Selective


def report(judged: Sequence[Judged]) -> Report:
    """Every figure about these messages that needs no chance."""
    return Report(
        groups={name: score(members) for name, members in groups(judged).items()},
        rejection=rejection(judged),
        confusions=confusions(judged),
        unsure=share(judged, lambda one: one.unsure),
        intents=intent_scores(judged),
        calibration=calibration(judged),
        selective=selective(judged),
    )


def groups(judged: Sequence[Judged]) -> dict[str, list[Judged]]:
    """The messages that are looked at together, by name, in reading order."""
    found = {
        ALL: list(judged),
        "without context": [one for one in judged if not one.context],
        "without talk": [one for one in judged if one.intent not in TALK],
        "without context and talk": [one for one in judged if not _talk_or_context(one)],
        "talk or context": [one for one in judged if _talk_or_context(one)],
        "after-sales": [one for one in judged if one.intent not in NOT_AFTER_SALES],
    }
    for name in sorted({one.slice for one in judged if one.slice}):
        found[f"slice {name}"] = [one for one in judged if one.slice == name]
    return found


def score(judged: Sequence[Judged]) -> Score:
    return Score(
        messages=len(judged),
        top1=share(judged, lambda one: one.right),
        top3=share(judged, lambda one: one.right_in_three),
        macro_f1=macro_f1(judged),
    )


def macro_f1(judged: Iterable[Judged]) -> float | None:
    """The mean F1 of the intents that occur as labels, each counting the same however rare."""
    return counted_macro_f1(_answers(judged))


def counted_macro_f1(answers: Mapping[Answer, int]) -> float | None:
    """As ``macro_f1``, from how often each label was understood as what."""
    seen: defaultdict[str | None, int] = defaultdict(int)
    for (label, guess), times in answers.items():
        seen[label] += times
        seen[guess] += times
    # A dict, not a set: summed in the same order, the mean is the same to the last digit.
    meant = dict.fromkeys(label for label, _ in answers)
    return mean([2 * answers.get((label, label), 0) / seen[label] for label in meant])


def intent_scores(judged: Iterable[Judged]) -> tuple[IntentScore, ...]:
    """Each intent that was meant or understood, by name."""
    answers = _answers(judged)
    meant, understood = Counter[str](), Counter[str]()
    for (label, guess), times in answers.items():
        meant[label] += times
        if guess is not None:
            understood[guess] += times
    return tuple(
        IntentScore(name, meant[name], understood[name], answers[name, name])
        for name in sorted({*meant, *understood})
    )


def rejection(judged: Sequence[Judged]) -> Rejection:
    outside = [one for one in judged if one.is_out_of_scope]
    inside = [one for one in judged if one.is_in_scope]
    return Rejection(len(outside), share(outside, _rejected), len(inside), share(inside, _rejected))


def confusions(judged: Iterable[Judged]) -> tuple[Confusion, ...]:
    """Which intent was taken for which, the most frequent first."""
    return tuple(
        Confusion(meant, understood, len(found), tuple(one.text for one in found[:EXAMPLES]))
        for (meant, understood), found in confused(judged).items()
    )


def confused(judged: Iterable[Judged]) -> dict[tuple[str, str], list[Judged]]:
    """The messages of each confusion by what was meant and what was understood (empty: nothing),
    the most frequent first.
    """
    found: dict[tuple[str, str], list[Judged]] = {}
    for one in judged:
        if not one.right:
            found.setdefault((one.intent, one.guess or ""), []).append(one)
    return dict(sorted(found.items(), key=lambda item: (-len(item[1]), item[0])))


def _answers(judged: Iterable[Judged]) -> Counter[Answer]:
    return Counter((one.credited, one.guess) for one in judged)


def _talk_or_context(one: Judged) -> bool:
    return one.context or one.intent in TALK


def _rejected(one: Judged) -> bool:
    return one.unsure or one.guess in (OUT_OF_SCOPE, None)
