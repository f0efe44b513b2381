"""A promise as whoever must keep it reads it: what, by when, to whom, by whom, in which case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.core.conversation import Speaker
from bot.core.money import plain
from bot.core.policy import Policy
from bot.core.privacy import mask
from bot.core.promises import Kind, Parties, Promise, fate

UNKNOWN = Parties()


@dataclass(frozen=True, slots=True)
class ShownPromise:
    id: str
    what: str
    fate: str
    """「今天18:00到期」"""
    late: bool
    made: str
    """「11月26日小周答应慢慢走的鱼」"""
    case: str
    order_no: str
    conversation_id: str


def shown(
    promises: Sequence[Promise],
    parties: Mapping[str, Parties],
    policy: Policy,
    now: datetime,
) -> list[ShownPromise]:
    """The promises in words, in their order."""
    return [_one(one, parties.get(one.id, UNKNOWN), policy, now) for one in promises]


def _one(promise: Promise, parties: Parties, policy: Policy, now: datetime) -> ShownPromise:
    commitment, made = promise.commitment, promise.made_at
    amount = plain(commitment.amount) if commitment.amount else ""
    money = f"（{amount}元）" if amount and amount not in commitment.what else ""
    playbook = policy.for_intent(promise.case) if promise.case else None
    verb = "留的跟进，客户" if commitment.kind is Kind.FOLLOW_UP else "答应"
    author = "机器人" if promise.by is Speaker.BOT else parties.author or "客服"
    return ShownPromise(
        promise.id,
        f"{commitment.what}{money}",
        fate(promise, now),
        promise.lapsed(now),
        f"{made.month}月{made.day}日 {author} {verb} {mask(parties.customer) or '（没留名字）'}",
        playbook.title if playbook else "",
        promise.order_no or "",
        promise.conversation_id,
    )
