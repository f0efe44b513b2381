"""What a colleague gets with a customer whom the bot hands over: nothing has to be asked again."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from bot.core.conversation import Conversation, from_json, sayings
from bot.core.facts import Fact, Origin, Scope, merge
from bot.core.handed_over import Handoff, Why
from bot.core.order_facts import facts_of
from bot.core.orders import Order
from bot.core.playbook import Role
from bot.core.policy import Policy
from bot.core.privacy import mask
from bot.services.composing import shown


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
    cases = _cases(advice, conversation)
    known = _known(cases, advice, conversation, order, policy)
    ready: Mapping[str, Any] = (advice["handover"] or {}).get("packet") or {
        "case": advice["case"],
        "order_no": advice["order_no"],
        "facts": {},
        "said": [mask(turn.text) for turn in conversation.customer_turns()],
    }
    facts = {policy.facts[name].title: shown(name, known[name], policy) for name in known}
    promises = {"promises": list(promised)} if promised else {}
    packet = {
        **ready,
        **promises,
        "facts": {**facts, **ready["facts"]},
        "wants": [book.title for case in cases if (book := policy.for_intent(case))],
        "done": [*_done(cases, conversation, policy)],
        "next": advice["verdict"]["text"],
    }
    return Handoff(why, _who(advice), packet, (*known, *(("order_no",) if order else ())))


def _who(advice: Mapping[str, Any]) -> str:
    """Who takes over; what the bot might have done itself goes to an agent."""
    by: str = advice["decided_by"]
    return Role.AGENT.value if by == Role.BOT else by


def _cases(advice: Mapping[str, Any], conversation: Conversation) -> list[str]:
    """What the customer wants, the latest first."""
    case = advice["case"]
    return [*dict.fromkeys([*([case] if case else []), *conversation.cases])]


def _done(cases: Sequence[str], conversation: Conversation, policy: Policy) -> Iterator[str]:
    """The steps that have been carried out, by their titles."""
    for case in reversed(cases):
        playbook = policy.for_intent(case)
        for step in playbook.steps if playbook and not playbook.generic else ():
            if conversation.times_done(case, step.id):
                yield step.title


def _known(
    cases: Sequence[str],
    advice: Mapping[str, Any],
    conversation: Conversation,
    order: Order | None,
    policy: Policy,
) -> dict[str, Fact]:
    """Every fact that bears on the cases and that a colleague has a name for."""
    counting = policy.generic_intents | {None, *cases}
    said = sayings(conversation.turns, counting, policy.facts)
    bearing = _bearing(cases, policy)
    told = [(name, fact) for name, fact in said if name in bearing]
    from_order = facts_of(order) if order else ()
    facts, _ = merge([*told, *from_order, *_went_by(advice, policy)])
    return {name: fact for name in facts if name in policy.facts and (fact := facts.get(name))}


def _bearing(cases: Sequence[str], policy: Policy) -> frozenset[str]:
    """The facts on which the cases turn, and what customers say of themselves."""
    books = [book for case in cases if (book := policy.for_intent(case))]
    turning = {name for book in books for name in book.facts()}
    asked = {name for book in books for step in book.steps for name in step.ask}
    about_them = {name for name, one in policy.facts.items() if one.scope is Scope.CONVERSATION}
    return frozenset(turning | asked | about_them)


def _went_by(advice: Mapping[str, Any], policy: Policy) -> Iterator[tuple[str, Fact]]:
    """The facts that the rules went by; some of them were read out of notes."""
    for reason in advice["verdict"]["reasons"]:
        definition = policy.facts.get(reason["fact"])
        if definition:
            day = reason["as_of"] and date.fromisoformat(reason["as_of"])
            value = from_json(definition.kind, reason["value"])
            yield definition.name, Fact(value, Origin(reason["from"]), day)
