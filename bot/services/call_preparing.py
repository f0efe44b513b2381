"""What is settled before a call: which proposal is made first, which is kept for second, and how
much one may offer. The answers are those of the desk and of its guard.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.core.days import Unit
from bot.core.drills import Question, shuffled
from bot.core.money import plain
from bot.core.parameters import Figures
from bot.core.playbook import Decision
from bot.core.policy import Policy
from bot.services.practising import Dialogue
from bot.services.proposing import Proposal, offer, proposals

CHOICES = 4
ASKS_SUPERVISOR = "自己不提办法，请主管来定"


@dataclass(frozen=True, slots=True)
class _Limit:
    """The most that may be offered, and sums that are not that."""

    most: Decimal
    too_much: tuple[Decimal, ...]
    """Which the guard does not let out, the lowest first."""
    less: tuple[Decimal, ...]
    """The highest first."""
    why: str
    """What the guard says of the lowest that is too much."""
    source: str


def call_prepared(dialogue: Dialogue, seed: int, rule: str) -> tuple[Question, ...]:
    """First proposal, second proposal, limit: of this customer as the dialogue stands; nothing
    where the rules leave no two things to propose, or no sum to offer.

    Args:
        rule: where it stands that all this is settled beforehand.
    """
    policy = dialogue.room.policy()
    figures = _sums(policy.figures, dialogue.at.date())
    # A yuan more is asked about as well: what is the most must not be exceeded by anything.
    sums = {asked for one in figures for asked in (one, one + 1, one * 2)}
    found = tuple(proposals(dialogue, sorted(sums)))
    limit = _limit(found, figures, policy)
    if limit is None or len(found) < 2 or not found[1].offers:
        return ()
    first, second = found[:2]
    wrong = [*(_said(one) for one in found[2:]), offer(limit.too_much[0]), ASKS_SUPERVISOR]
    return (
        _which("打这个电话，先提哪一个办法？", first, [_said(second), *wrong], "first", seed, rule),
        _which(
            "客户要是不同意，第二个准备哪一个？",
            second,
            [_said(first), *wrong],
            "second",
            seed,
            rule,
        ),
        _how_much(limit, seed, rule),
    )


def _sums(figures: Figures, day: date) -> frozenset[Decimal]:
    """The sums of money that the rules name."""
    named = (figures[name] for name in figures.names() if figures[name].unit is Unit.CNY)
    values = (one.on(day) for one in named if figures.in_force((one.name,), day))
    return frozenset(one for one in values if isinstance(one, Decimal))


def _limit(found: Sequence[Proposal], figures: frozenset[Decimal], policy: Policy) -> _Limit | None:
    passes = {one for made in found for one, fault in made.faults.items() if fault is None}
    # A limit is a figure of the rules; where something beside them passes, there is none.
    if not passes or max(passes) not in figures:
        return None
    most = max(passes)
    granting = next(made for made in found if made.faults[most] is None)
    higher = sorted({one for named in figures for one in (named, named * 2) if one > most})
    fault = granting.faults[higher[0]] if higher else None
    if fault is None:
        return None
    lower = sorted((one for one in figures if one < most), reverse=True)
    source = policy.named(fault["source"]) or granting.source
    return _Limit(most, tuple(higher), tuple(lower), fault["why"], source)


def _which(
    asks: str, right: Proposal, wrong: Sequence[str], item: str, seed: int, rule: str
) -> Question:
    answer = _said(right)
    some = [one for one in dict.fromkeys(wrong) if one != answer][: CHOICES - 1]
    choices = tuple(shuffled([answer, *some], seed, item))
    source = f"{right.source}；{rule}"
    return Question(asks, choices, choices.index(answer), right.why, f"phone.{item}", source)


def _how_much(limit: _Limit, seed: int, rule: str) -> Question:
    sums = [limit.most, *limit.less[:1], *limit.too_much][:CHOICES]
    choices = tuple(shuffled([f"{plain(one)} 元" for one in sums], seed, "limit"))
    most = f"{plain(limit.most)} 元"
    why = f"最多{most}。{limit.why}"
    asks = "不请示主管，最多可以答应补多少钱？"
    source = f"{limit.source}；{rule}"
    return Question(asks, choices, choices.index(most), why, "phone.limit", source)


def _said(made: Proposal) -> str:
    """What is proposed, without the words of comfort before it: those would tell which comes
    when.
    """
    if made.decision is Decision.HANDOVER:
        return ASKS_SUPERVISOR
    _, _, rest = made.text.partition("。")
    whole = made.amount is None or plain(made.amount) in rest
    return rest if rest and whole else made.text
