"""Small shops, orders and conversations for tests: each gives only what the test speaks of."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from bot.core.amounts import AmountRule
from bot.core.conversation import Conversation, Reading, Speaker, Turn
from bot.core.days import Unit
from bot.core.facts import Fact, FactDef, Facts, Origin, Value
from bot.core.moments import SHANGHAI
from bot.core.orders import Line, Order
from bot.core.parameters import Figure, Figures, Parameter
from bot.core.playbook import Condition, Decision, Playbook, Step, Test
from bot.core.policy import Policy
from bot.core.scripts import Scripts
from bot.core.understanding import Intent, Understanding

TODAY = date(2026, 3, 12)
"""A Thursday."""
FIRST_DAY = date(2024, 1, 1)


def parameter(name: str, value: Figure, unit: Unit = Unit.DAY) -> Parameter:
    return Parameter(name, name, unit, {FIRST_DAY: value})


def figures(*parameters: Parameter) -> Figures:
    return Figures({one.name: one for one in parameters})


NO_FIGURES = figures()


def known(origin: Origin = Origin.CUSTOMER, /, **values: Value) -> Facts:
    return Facts({name: Fact(value, origin) for name, value in values.items()})


def when(
    fact: str, test: Test = Test.IS, *values: Value, parameter: str | None = None
) -> Condition:
    return Condition(fact, test, values, parameter)


def step(
    step_id: str, decision: Decision = Decision.INFORM, *conditions: Condition, ask: str = ""
) -> Step:
    return Step(step_id, decision, conditions, ask=(ask,) if ask else ())


def playbook(
    name: str,
    *steps: Step,
    intents: Sequence[str] = (),
    bot: bool = False,
    grounds: Mapping[Decision, tuple[Condition, ...]] | None = None,
    amounts: Mapping[str, AmountRule] | None = None,
) -> Playbook:
    return Playbook(
        name,
        name,
        tuple(intents) or (name,),
        bot,
        steps or (step("end", Decision.HANDOVER),),
        grounds=grounds or {},
        amounts=amounts or {},
    )


def policy(
    *playbooks: Playbook,
    facts: Iterable[FactDef] = (),
    figures: Figures = NO_FIGURES,
    scripts: Mapping[str, Sequence[str]] | None = None,
) -> Policy:
    return Policy(
        figures,
        {one.name: one for one in facts},
        {one.id: one for one in playbooks},
        Scripts(scripts or {}),
    )


def heard(text: str = "…", /, *, unsure: bool = False, **intents: float) -> Understanding:
    """Understood as these intents, the surest first."""
    ranking = sorted(intents.items(), key=lambda intent: -intent[1])
    return Understanding(text, tuple(Intent(*one) for one in ranking), unsure=unsure)


def moment(day: date = TODAY, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=SHANGHAI)


def turn(
    speaker: Speaker, text: str = "…", day: date = TODAY, reading: Reading | None = None
) -> Turn:
    return Turn(f"{speaker}-{text}", speaker, text, moment(day), reading or Reading())


def asks(reading: Reading | None = None, text: str = "…", day: date = TODAY) -> Turn:
    """A customer's turn."""
    return turn(Speaker.CUSTOMER, text, day, reading)


def replies(reading: Reading | None = None, text: str = "…", day: date = TODAY) -> Turn:
    """An agent's turn."""
    return turn(Speaker.AGENT, text, day, reading)


def conversation(*turns: Turn) -> Conversation:
    return Conversation("c-1", turns=turns)


def line(title: str, qty: int = 1, paid: str | None = None, unit_price: str | None = None) -> Line:
    return Line(
        title,
        title,
        qty,
        Decimal(paid) if paid else None,
        Decimal(unit_price) if unit_price else None,
    )


def order(number: str, *titles: str) -> Order:
    return Order(number, lines=tuple(line(title) for title in titles))
