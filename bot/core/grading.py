"""What a practised dialogue is worth: every point that is lost names its line, why, where the rule
stands, and a better wording. The same dialogue always gets the same grade.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any

from bot.core.filing import Filing, late_follow_up, wrong_amount, wrong_registers
from bot.core.guard_rules import Rule, Severity
from bot.core.manner import is_kind
from bot.core.playbook import COMMITTING, Decision
from bot.core.practice_customer import Ending

FULL = 100
PASSES = 80
"""From here on a dialogue passes, unless something in it fails it outright."""
SURE = 0.6
"""Under it a step is only shown as doubtful and costs nothing."""


class Part(StrEnum):
    END = "end"
    """What became of the customer's matter."""
    RULES = "rules"
    """What must not be said or promised."""
    PROCEDURE = "procedure"
    SERVICE = "service"


class Fault(StrEnum):
    """What can be wrong with a dialogue."""

    NOT_DONE = "not_done"
    WRONG_RECORD = "wrong_record"
    WRONG_AMOUNT_FILED = "wrong_amount_filed"
    LATE_FOLLOW_UP = "late_follow_up"
    FORBIDDEN = "forbidden"
    """A promise that nobody may give, or words that the guard does not let out."""
    WRONG_AMOUNT = "wrong_amount"
    TOO_SOON = "too_soon"
    """A decision before its questions are answered, or a later step in place of a question."""
    ASKED_AGAIN = "asked_again"
    HINT = "hint"
    NO_APOLOGY = "no_apology"
    COLD = "cold"
    MANNER = "manner"
    """Something else that the guard would have put otherwise."""
    NO_CLOSING = "no_closing"
    SLOW = "slow"


@dataclass(frozen=True, slots=True)
class Weight:
    part: Part
    cost: int
    title: str
    fails: bool = False
    """Whatever the rest, the dialogue does not pass."""


WEIGHTS: Mapping[Fault, Weight] = {
    Fault.NOT_DONE: Weight(Part.END, FULL, "没办完", fails=True),
    Fault.WRONG_RECORD: Weight(Part.END, 25, "登记不对", fails=True),
    Fault.WRONG_AMOUNT_FILED: Weight(Part.END, 25, "登记的金额不对", fails=True),
    Fault.LATE_FOLLOW_UP: Weight(Part.END, 15, "跟进晚了"),
    Fault.FORBIDDEN: Weight(Part.RULES, FULL, "不能说的话", fails=True),
    Fault.WRONG_AMOUNT: Weight(Part.RULES, FULL, "金额不对", fails=True),
    Fault.TOO_SOON: Weight(Part.PROCEDURE, 15, "没问清就定"),
    Fault.ASKED_AGAIN: Weight(Part.PROCEDURE, 10, "重复问"),
    Fault.HINT: Weight(Part.PROCEDURE, 5, "看了提示"),
    Fault.NO_APOLOGY: Weight(Part.SERVICE, 5, "没有先安抚"),
    Fault.COLD: Weight(Part.SERVICE, 5, "语气冷"),
    Fault.MANNER: Weight(Part.SERVICE, 5, "说法可以更好"),
    Fault.NO_CLOSING: Weight(Part.SERVICE, 5, "没有结束语"),
    Fault.SLOW: Weight(Part.SERVICE, 5, "回得慢"),
}
HINT = WEIGHTS[Fault.HINT].cost
_OF_RULE = {
    Rule.AMOUNT.value: Fault.WRONG_AMOUNT,
    Rule.RESPECT.value: Fault.COLD,
    Rule.CLOSING.value: Fault.NO_CLOSING,
}


@dataclass(frozen=True, slots=True)
class Exchange:
    """One reply of the trainee: what the desk advised, and what the reply did."""

    text: str
    advised: str
    """The step that the desk advised."""
    allowed: frozenset[str]
    """The steps that its suggestions carry out."""
    better: str
    """The first suggestion; empty where there is none."""
    source: str
    """Where the advised step stands in the documents."""
    title: str
    """What the advised step does."""
    step: str | None
    confidence: float
    decision: Decision | None
    asks: bool = False
    """The step puts a question."""
    question_due: bool = False
    """The advised step does."""
    playbook: str = ""
    """Whose step is advised."""
    findings: Sequence[Mapping[str, Any]] = ()
    """The guard's."""
    hinted: bool = False
    again: tuple[str, ...] = ()
    """Titles of facts that it asks for and that are known."""
    kindness_due: bool = False
    """Each of the desk's suggestions is sorry, or has understood."""
    closing: bool = False
    """The customer was served: only a last word was wanted."""
    late: timedelta | None = None
    """How far over the shop's reply clock it came."""

    @property
    def doubtful(self) -> bool:
        """It is not sure which step the words carry out."""
        return not self.closing and (self.step is None or self.confidence < SURE)

    @property
    def as_advised(self) -> bool:
        return self.step in self.allowed | {self.advised}


@dataclass(frozen=True, slots=True)
class Result:
    """What a dialogue came to."""

    ending: Ending | None
    goal: str
    """What it was to come to, in words."""
    closed: bool = True
    """The customer had a last word, or none was wanted."""
    better: str = ""
    """What could be said where it stands."""
    filed: Filing | None = None
    """What the trainee wrote down; nothing where they were not asked to."""
    right: Filing = field(default_factory=Filing)
    """What the rules want written down."""
    source: str = ""
    """Where it stands that this is written down."""


@dataclass(frozen=True, slots=True)
class Point:
    """A point that is lost."""

    line: int
    """The reply's number, from 1; 0: the dialogue as a whole."""
    fault: Fault
    why: str
    source: str = ""
    better: str = ""

    @property
    def part(self) -> Part:
        return WEIGHTS[self.fault].part

    @property
    def cost(self) -> int:
        return WEIGHTS[self.fault].cost

    @property
    def fails(self) -> bool:
        return WEIGHTS[self.fault].fails


@dataclass(frozen=True, slots=True)
class Grade:
    passed: bool
    score: int
    """Out of :data:`FULL`."""
    points: tuple[Point, ...]
    doubtful: tuple[int, ...]
    """The replies of which nobody can be sure what they did."""


def grade(exchanges: Sequence[Exchange], result: Result) -> Grade:
    """What the dialogue is worth."""
    points = [*_end(result, exchanges)]
    for number, exchange in enumerate(exchanges, 1):
        points += points_of(number, exchange)
    points = [*{(one.line, one.fault, one.why): one for one in points}.values()]
    score = max(0, FULL - sum(point.cost for point in points))
    passed = score >= PASSES and not any(point.fails for point in points)
    doubtful = [number for number, one in enumerate(exchanges, 1) if one.doubtful]
    return Grade(passed, score, tuple(points), tuple(doubtful))


def points_of(number: int, exchange: Exchange) -> Iterator[Point]:
    """What this reply loses."""
    rules = [*_rules(number, exchange)]
    yield from rules
    yield from _service(number, exchange)
    if exchange.hinted:
        yield Point(number, Fault.HINT, "这一句是看过提示说的")
    # What the guard does not let out was decided too soon as well: one fault, one point.
    if not any(point.fails for point in rules):
        yield from _procedure(number, exchange)


def _end(result: Result, exchanges: Sequence[Exchange]) -> Iterator[Point]:
    ending, better = result.ending, result.better
    if ending is None or not ending.served:
        what = "客户没等到结果，走了" if ending else "还没办完"
        yield Point(0, Fault.NOT_DONE, f"{what}：要走到「{result.goal}」", better=better)
        return
    if not result.closed:
        why = "事情办完了，要有一句感谢，并请客户有事再来"
        yield Point(len(exchanges), Fault.NO_CLOSING, why, better=better)
    if result.filed is None:
        return
    for fault, wrong in (
        (Fault.WRONG_RECORD, wrong_registers),
        (Fault.WRONG_AMOUNT_FILED, wrong_amount),
        (Fault.LATE_FOLLOW_UP, late_follow_up),
    ):
        if why := wrong(result.filed, result.right):
            yield Point(0, fault, why, result.source)


def _rules(number: int, exchange: Exchange) -> Iterator[Point]:
    for found in exchange.findings:
        fault = _OF_RULE.get(found["rule"])
        if found["severity"] == Severity.BLOCK.value:
            fault = fault if fault is Fault.WRONG_AMOUNT else Fault.FORBIDDEN
        elif fault is Fault.NO_CLOSING:
            continue  # whether there was a last word is seen at the end
        elif fault in (None, Fault.WRONG_AMOUNT):
            fault = Fault.MANNER
        yield Point(
            number,
            fault or Fault.MANNER,
            found["why"],
            found["source"] or exchange.source,
            found["better"] or exchange.better,
        )


def _service(number: int, exchange: Exchange) -> Iterator[Point]:
    if exchange.kindness_due and not is_kind(exchange.text):
        why = "客户遇到了麻烦，先道一声歉，或说一句理解"
        yield Point(number, Fault.NO_APOLOGY, why, exchange.source, exchange.better)
    if exchange.late:
        minutes = max(1, round(exchange.late / timedelta(minutes=1)))
        yield Point(number, Fault.SLOW, f"比约定的回复时间晚了{minutes}分钟")


def _procedure(number: int, exchange: Exchange) -> Iterator[Point]:
    if exchange.closing or exchange.doubtful or exchange.as_advised:
        return
    if exchange.again:
        why = f"已经知道了，不用再问：{'、'.join(exchange.again)}"
        yield Point(number, Fault.ASKED_AGAIN, why, exchange.source, exchange.better)
    elif exchange.decision in COMMITTING or (exchange.question_due and not exchange.asks):
        decides = exchange.decision in COMMITTING
        why = f"{'现在还不能定' if decides else '还没问清'}，先「{exchange.title}」"
        yield Point(number, Fault.TOO_SOON, why, exchange.source, exchange.better)
