"""What a step's wording promises, whatever variant is sent: it will stand in the ledger."""

from collections.abc import Sequence
from datetime import datetime

from bot.core.parameters import NotInForce
from bot.core.policy import Policy
from bot.core.promises import Kind
from bot.core.scripts import fill, placeholders
from bot.services.promising import commitments_in

TITLES = {
    Kind.PAYMENT: "打款",
    Kind.CALL_BACK: "回电话",
    Kind.REPLY: "答复",
    Kind.RESEND: "补发",
    Kind.SHIP: "发货",
}
"""A deed is told by its words alone, and those stand on the page already."""
ANY_SUM, ANY_DAY = "9", "12月31日"
"""What stands for a sum and for a fact that only an order knows."""


def promised(script: str, policy: Policy, now: datetime) -> Sequence[str]:
    """The kinds of promises in the variants of this wording, as people call them."""
    found = {
        commitment.kind
        for text in policy.scripts.variants(script)
        for commitment in commitments_in(
            _filled(text, policy, now), now, policy.figures.working_days
        )
    }
    return [title for kind, title in TITLES.items() if kind in found]


def _filled(text: str, policy: Policy, now: datetime) -> str:
    return fill(text, {name: _value(name, policy, now) for name in placeholders(text)})


def _value(name: str, policy: Policy, now: datetime) -> str:
    if name not in policy.figures:
        return ANY_SUM if name == "amount" else ANY_DAY
    try:
        return policy.figures[name].shown_on(now.date())
    except NotInForce:
        return ANY_SUM
