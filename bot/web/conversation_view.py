"""One conversation as the page shows it: the chat, the latest advice, the orders it may concern."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot import wiring
from bot.core.conversation import Conversation, Speaker, Turn
from bot.core.orders import Order
from bot.core.policy import Policy
from bot.services.order_details import OrderDetails, age, details, moment
from bot.web.shown_advice import ShownAdvice, find_step, show

NAMES = {Speaker.CUSTOMER: "客户", Speaker.AGENT: "客服", Speaker.BOT: "机器人"}
ORDERS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class ShownTurn:
    id: str
    speaker: str
    name: str
    text: str
    at: str
    step: str
    """What an agent's or the bot's words were recognised as; empty for a customer's."""


@dataclass(frozen=True, slots=True)
class ConversationView:
    id: str
    turns: tuple[ShownTurn, ...] = ()
    advice: ShownAdvice | None = None
    """On the customer's latest message."""
    answered: bool = False
    """Somebody has replied since."""
    cards: tuple[OrderDetails, ...] = ()
    more_orders: int = 0
    """How many further orders the customer has."""

    @property
    def order_no(self) -> str:
        """The order's number, where it is known which one is meant."""
        return self.cards[0].order_no if len(self.cards) == 1 else ""


def view(parts: wiring.Serving, conversation_id: str, now: datetime) -> ConversationView:
    """The conversation as it stands; an empty one where none has this id."""
    kept = wiring.conversations(parts.database)
    conversation = kept.load(conversation_id)
    if conversation is None:
        return ConversationView(conversation_id)
    policy = parts.policy.current().for_shop(conversation.shop)
    asked = next((t for t in reversed(conversation.turns) if t.speaker is Speaker.CUSTOMER), None)
    body = kept.advice(conversation_id, asked.id) if asked else None
    sent = [turn.id for turn in conversation.turns]
    orders = _orders(parts, conversation, body["order_no"] if body else None)
    return ConversationView(
        id=conversation_id,
        turns=tuple(_turn(turn, policy, now) for turn in conversation.turns),
        advice=show(body, policy, sent) if body else None,
        answered=asked is not None and conversation.turns[-1] is not asked,
        cards=tuple(details(order, policy.facts, now) for order in orders[:ORDERS_SHOWN]),
        more_orders=max(len(orders) - ORDERS_SHOWN, 0),
    )


def _turn(turn: Turn, policy: Policy, now: datetime) -> ShownTurn:
    at = moment(turn.at, now)
    return ShownTurn(
        id=turn.id,
        speaker=turn.speaker.value,
        name=NAMES[turn.speaker],
        text=turn.text,
        at=at.rpartition(" ")[2] if age(turn.at, now) == "今天" else at,
        step="" if turn.speaker is Speaker.CUSTOMER else _step(turn, policy),
    )


def _step(turn: Turn, policy: Policy) -> str:
    found = find_step(turn.reading.case, turn.reading.step, policy)
    return found.title if found else ""


def _orders(
    parts: wiring.Serving, conversation: Conversation, advised: str | None
) -> tuple[Order, ...]:
    """The order that is known to be meant, else all that the customer has, newest first."""
    orders = wiring.orders(parts.database)
    order_no = advised or conversation.order_no
    found: Iterable[Order | None]
    if order_no:
        found = [orders.by_order_no(order_no)]
    else:
        found = orders.by_nickname(conversation.nickname) if conversation.nickname else []
    return tuple(order for order in found if order)
