"""Which message the shop owes a buyer on a day: confirming, reminding, thanking, asking."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from bot.core.facts import FactDef, Facts, Value, merge
from bot.core.order_facts import facts_of
from bot.core.orders import Order
from bot.core.policy import Policy
from bot.core.reading import Reader, mark
from bot.core.scripts import Reply, placeholders
from bot.core.verdict import decide
from bot.language import dates
from bot.services.composing import shown
from bot.services.noted import noted
from bot.services.words import plain

CASE = "after_the_sale"


@dataclass(frozen=True, slots=True)
class Outreach:
    order_no: str
    step: str
    title: str
    replies: tuple[Reply, ...]
    """The message, in several wordings."""


def due_message(order: Order, policy: Policy, today: date) -> Outreach | None:
    """The message that is due to this order's buyer; what was sent stands in the order's notes."""
    known = (*facts_of(order), *noted(order, policy.facts, partial(_read, policy.facts), today))
    facts, _ = merge(known)
    playbook = policy.playbooks[CASE]
    step = decide(playbook, facts, policy.figures, today).step
    if step is playbook.steps[-1]:
        return None
    script = f"{CASE}.{step.id}"
    replies = policy.scripts.replies(script, _values(script, facts, policy, today))
    return Outreach(order.order_no, step.id, step.title, replies)


def _read(defs: Mapping[str, FactDef], text: str, day: date) -> Mapping[str, Value]:
    """What was done shows in the words alone, so no entities are looked for."""
    return Reader(defs, dates.resolve).note(mark(text, (), plain), day)


def _values(script: str, facts: Facts, policy: Policy, today: date) -> dict[str, str]:
    """What the placeholders stand for, as far as it is known."""
    wanted = {name for text in policy.scripts.variants(script) for name in placeholders(text)}
    figures = {n: policy.figures[n].shown_on(today) for n in wanted if n in policy.figures}
    told = {n: shown(n, fact, policy) for n in wanted if (fact := facts.get(n))}
    return figures | told
