"""What a colleague gets with a customer whom the bot hands over: nothing has to be asked again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from bot.core.conversation import Conversation, from_json, sayings
from bot.core.facts import Fact, Origin, merge
from bot.core.order_facts import facts_of
from bot.core.orders import Order
from bot.core.playbook import Role
from bot.core.policy import Policy
from bot.core.privacy import mask
from bot.services.composing import shown


class Why(StrEnum):
    """Why the bot gives the customer to a colleague."""

    DECISION = "decision"
    """The next step is not the bot's to take."""
    REQUEST = "request"
    """The customer wants a person."""
    NO_ANSWER = "no_answer"
    """It asked twice, or told twice, and that did not help."""


@dataclass(frozen=True, slots=True)
class Handoff:
    reason: Why
    to: str
    """The role that has to decide."""
    packet: Mapping[str, Any]
    """The case, the order, the facts known, what the customer said, what is next."""


def handoff_of(
    why: Why,
    advice: Mapping[str, Any],
    conversation: Conversation,
    order: Order | None,
    policy: Policy,
    promised: Sequence[str] = (),
) -> Handoff:
    """All that is known with this advice, in words; contacts masked.

    Args:
        promised: what was promised earlier and what became of it.
    """
    ready: Mapping[str, Any] = (advice["handover"] or {}).get("packet") or {
        "case": advice["case"],
        "order_no": advice["order_no"],
        "facts": _known(advice, conversation, order, policy),
        "said": [mask(turn.text) for turn in conversation.customer_turns()],
    }
    promises = {"promises": list(promised)} if promised else {}
    packet = {**ready, **promises, "next": advice["verdict"]["text"]}
    return Handoff(why, _who(advice), packet)


def _who(advice: Mapping[str, Any]) -> str:
    """Who takes over; what the bot might have done itself goes to an agent."""
    by: str = advice["decided_by"]
    return Role.AGENT.value if by == Role.BOT else by


def _known(
    advice: Mapping[str, Any], conversation: Conversation, order: Order | None, policy: Policy
) -> dict[str, str]:
    """Every fact by its title, as a colleague reads it."""
    counting = policy.generic_intents | {None, advice["case"]}
    said = sayings(conversation.turns, counting, policy.facts)
    from_order = facts_of(order) if order else ()
    facts, _ = merge([*said, *from_order, *_went_by(advice, policy)])
    return {
        policy.facts[name].title: shown(name, fact, policy)
        for name in facts
        if (fact := facts.get(name)) and name in policy.facts
    }


def _went_by(advice: Mapping[str, Any], policy: Policy) -> Iterator[tuple[str, Fact]]:
    """The facts that the rules went by; some of them were read out of notes."""
    for reason in advice["verdict"]["reasons"]:
        definition = policy.facts.get(reason["fact"])
        if definition:
            day = reason["as_of"] and date.fromisoformat(reason["as_of"])
            value = from_json(definition.kind, reason["value"])
            yield definition.name, Fact(value, Origin(reason["from"]), day)
