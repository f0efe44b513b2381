"""What a record can be filled with: the facts and the order, whole, as those who work on it need
them.
"""

from collections.abc import Mapping
from decimal import Decimal

from bot.core.facts import Fact, Facts, Kind
from bot.core.money import exact, plain
from bot.core.orders import Order
from bot.core.policy import Policy


def told(name: str, fact: Fact, policy: Policy) -> str:
    """A fact's value in words, whole: for those who work with it, and for nobody else."""
    definition = policy.facts.get(name)
    if definition is None:
        return str(fact.value)
    if definition.kind is Kind.MONEY and isinstance(fact.value, Decimal):
        return plain(fact.value)
    return definition.shown(fact.value)


def record_values(
    facts: Facts, order: Order | None, amount: Decimal | None, policy: Policy
) -> Mapping[str, str]:
    """All that is known, by the names under which a register's fields ask for it."""
    known = {name: told(name, fact, policy) for name in facts if (fact := facts.get(name))}
    if amount is not None:
        known["amount"] = exact(amount)
    if order:
        known |= {
            "order_no": order.order_no,
            "recipient": order.recipient or "",
            "phone": order.phone or "",
            "address": order.address or "",
        }
        known.setdefault("line_title", "、".join(line.title for line in order.lines))
    return known
