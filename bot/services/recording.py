"""What a reply that was sent writes into the registers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from bot.core.conversation import Conversation, Speaker, Turn
from bot.core.facts import Facts
from bot.core.parameters import NotInForce
from bot.core.people import TITLES, Person, Role
from bot.core.playbook import Playbook, Step
from bot.core.policy import Policy
from bot.core.recognition import Recognised
from bot.core.record_changes import Doing, Draft
from bot.services.ports import Orders
from bot.services.record_values import record_values
from bot.services.situation import known_after
from bot.services.words import Words

LIMIT = "agent_compensation_limit"


@dataclass(frozen=True, slots=True)
class Recording:
    """Drafts the entry that the carried-out step makes, with all that is known by then."""

    policy: Callable[[], Policy]
    orders: Orders
    words: Words

    def entries(
        self,
        conversation: Conversation,
        reply: Turn,
        recognised: Recognised | None,
        advice: Mapping[str, Any] | None,
    ) -> tuple[Draft, ...]:
        """The entries that come with this reply; none for most.

        Args:
            advice: the latest one in this conversation.
        """
        policy = self.policy()
        playbook = policy.playbooks.get(recognised.playbook) if recognised else None
        step = playbook.step(recognised.step) if playbook and recognised else None
        if playbook is None or step is None or step.record is None:
            return ()
        number = (advice or {}).get("order_no") or conversation.order_no
        order = self.orders.by_order_no(number) if number else None
        facts = known_after(conversation, reply, order, policy, self.words)
        values = record_values(facts, order, _amount(playbook, step, reply, facts, policy), policy)
        known = {"order_no": number or "", **values}
        register = policy.registers[step.record]
        return (
            Draft(
                register,
                register.entry(known, step.fields).fields,
                _doing(conversation, reply, policy),
                conversation.id,
                to_approve=step.approval == Role.SUPERVISOR,
            ),
        )


def agent_limit(policy: Policy, day: date) -> Decimal:
    """What an agent may give on one order; nothing where no figure says so."""
    try:
        return policy.figures.number(LIMIT, day)
    except (KeyError, NotInForce):
        return Decimal(0)


def _doing(conversation: Conversation, reply: Turn, policy: Policy) -> Doing:
    role = Role.BOT if reply.speaker is Speaker.BOT else Role.AGENT
    limit = agent_limit(policy, reply.at.date())
    source = f"会话 {conversation.id} 消息 {reply.id}"
    return Doing(Person(reply.author or TITLES[role], role), reply.at, limit, source)


def _amount(
    playbook: Playbook, step: Step, reply: Turn, facts: Facts, policy: Policy
) -> Decimal | None:
    """The amount that the reply named; what the rules give where it was no suggestion's."""
    if reply.reading.amount is not None:
        return Decimal(reply.reading.amount)
    if step.amount is None:
        return None
    return playbook.amounts[step.amount].amount(facts, policy.figures, reply.at.date())
