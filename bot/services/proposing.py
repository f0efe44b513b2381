"""What a shop proposes to a customer, one thing after the other, and how much it may offer: the
desk is asked as if the customer said no each time, and its guard about each sum.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from bot.core.facts import Fact, Origin
from bot.core.guard_rules import Severity
from bot.core.money import exact, plain
from bot.core.playbook import Decision, Playbook
from bot.core.understanding import Intent, Understanding
from bot.core.verdict import decide
from bot.services.desk import Message
from bot.services.practising import LINE_EVERY, Dialogue

AGREEMENT = frozenset({"remedy", "ladder_answer"})
"""The facts by which a customer takes what is proposed, or does not."""
DECLINES = "不行，太少了"
MOST = 5
"""Proposals after which nothing new is expected."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the desk has its agent say, and what the guard says of each sum at that moment."""

    script: str
    """``<playbook>.<step>``"""
    decision: Decision
    text: str
    why: str
    source: str
    amount: Decimal | None = None
    offers: bool = True
    """It leaves the customer something that was not proposed before."""
    faults: Mapping[Decimal, Mapping[str, Any] | None] = field(default_factory=dict)
    """By the sum: what blocks an offer of it; nothing where it may go out."""


def bargains(book: Playbook) -> bool:
    """Whether the case has something to propose that a customer may decline."""
    return any(one.decision is Decision.ALLOW and AGREEMENT & {*one.ask} for one in book.steps)


def proposes(dialogue: Dialogue) -> bool:
    """Whether the desk proposes something now that the customer may decline."""
    case, _, name = dialogue.advised.partition(".")
    book = dialogue.room.policy().playbooks.get(case)
    step = book.step(name) if book else None
    return bool(step and step.decision is Decision.ALLOW and AGREEMENT & {*step.ask})


def proposals(dialogue: Dialogue, sums: Sequence[Decimal]) -> Iterator[Proposal]:
    """What is proposed now, then what after each no, up to the first that grants nothing more.

    The dialogue cannot be gone on with: its customer has said what they never would.
    """
    advice, seen = dialogue.advice, set[str]()
    for number in range(MOST):
        found = _proposal(dialogue, advice, sums)
        if found is None or found.script in seen:
            return
        yield found
        seen.add(found.script)
        if found.decision is not Decision.ALLOW:
            return
        advice = _declined(dialogue, found, number)


def offer(amount: Decimal) -> str:
    """The words in which a sum is offered."""
    return f"这边补偿您{plain(amount)}元，您看可以吗？"


def _proposal(
    dialogue: Dialogue, advice: Mapping[str, Any], sums: Sequence[Decimal]
) -> Proposal | None:
    if not advice["replies"]:
        return None
    policy, decision = dialogue.room.policy(), Decision(advice["decision"])
    first, amount = advice["replies"][0], advice["amount"]
    return Proposal(
        first["script"],
        decision,
        first["text"],
        advice["verdict"]["text"],
        "；".join(policy.cited(one["doc"], one["at"]) for one in advice["verdict"]["sources"]),
        Decimal(amount) if amount else None,
        decision is not Decision.REFUSE or _other_way(dialogue, first["script"], amount),
        {one: _fault(dialogue, one) for one in sums},
    )


def _other_way(dialogue: Dialogue, script: str, refused: str | None) -> bool:
    """Whether some answer to what is asked would be granted with another thing than this sum."""
    policy, known = dialogue.room.policy(), dialogue.room.desk.known(dialogue.practice.id)
    case, _, name = script.partition(".")
    book = policy.playbooks[case]
    step = book.step(name)
    answers = [
        (asked, value)
        for asked in (step.ask if step else ())
        if asked in AGREEMENT
        for value in policy.facts[asked].values
    ]
    for asked, value in answers:
        facts = known.with_(**{asked: Fact(value, Origin.CUSTOMER)})
        found = decide(book, facts, policy.figures, dialogue.at.date())
        same = found.amount is not None and exact(found.amount) == refused
        if found.decision is Decision.ALLOW and not same:
            return True
    return False


def _fault(dialogue: Dialogue, amount: Decimal) -> Mapping[str, Any] | None:
    found = dialogue.room.desk.check(dialogue.practice.id, offer(amount), dialogue.at)
    return next((one for one in found if one["severity"] == Severity.BLOCK), None)


def _declined(dialogue: Dialogue, made: Proposal, number: int) -> Mapping[str, Any]:
    """The advice once the proposal was made and the customer has said no."""
    customer, desk = dialogue.practice.id, dialogue.room.desk
    dialogue.at += LINE_EVERY
    desk.observe(customer, f"proposed-{number}", made.text, dialogue.at, script=made.script)
    dialogue.at += LINE_EVERY
    said = Message(customer, f"declined-{number}", DECLINES, dialogue.at, nickname=customer)
    return desk.advise(said, Understanding(DECLINES, (Intent("deny", 1.0),)))
