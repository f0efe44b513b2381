"""One conversation as the desk shows it: the chat, the advice, the orders, what stands beside."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot import wiring
from bot.core.basis import basis
from bot.core.conversation import Conversation, Speaker, Turn
from bot.core.handed_over import HandedOver, asked_again
from bot.core.held import Held, HeldState
from bot.core.mood import Mood, mood_of
from bot.core.orders import Order
from bot.core.people import Person
from bot.core.policy import Policy
from bot.core.privacy import mask
from bot.services.casework import Listing
from bot.services.order_details import OrderDetails, clock, details, moment
from bot.services.ports.chat import Photo
from bot.services.ports.desk import Seen
from bot.web.shown_advice import ShownAdvice, find_step, show
from bot.web.shown_row import CHANNELS

NAMES = {Speaker.CUSTOMER: "客户", Speaker.AGENT: "客服", Speaker.BOT: "机器人"}
ORDERS_SHOWN = 5
RECORDS_SHOWN = 5
GREETING, CLOSING = "greet.welcome", "goodbye.farewell"


@dataclass(frozen=True, slots=True)
class ShownTurn:
    id: str
    speaker: str
    name: str
    text: str
    at: str
    step: str
    """What an agent's or the bot's words were recognised as; empty for a customer's."""
    delivery: str = ""
    photo: Photo | None = None


@dataclass(frozen=True, slots=True)
class ShownStep:
    title: str
    now: bool
    done: bool


@dataclass(frozen=True, slots=True)
class ShownEntry:
    id: int
    register: str
    state: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words to put in at the cursor."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class ConversationView:
    id: str
    who: str = ""
    channel: str = ""
    closed: bool = False
    mood: Mood = Mood.CALM
    turns: tuple[ShownTurn, ...] = ()
    advice: ShownAdvice | None = None
    """On the customer's latest message."""
    basis: str = ""
    """What that advice rests on."""
    answered: bool = False
    """Somebody has replied since."""
    cards: tuple[OrderDetails, ...] = ()
    more_orders: int = 0
    """How many further orders the customer has."""
    procedure: tuple[ShownStep, ...] = ()
    promises: tuple[str, ...] = ()
    records: tuple[ShownEntry, ...] = ()
    handed: HandedOver | None = None
    """With what the bot gave the customer to a person last."""
    asked_again: tuple[str, ...] = ()
    """What of it was asked for again, by titles."""
    held: Held | None = None
    pieces: tuple[Piece, ...] = ()
    draft: str = ""
    returned: Held | None = None
    """The reply of one's own that was given back last, while it is still the matter."""

    @property
    def order_no(self) -> str:
        """The order's number, where it is known which one is meant."""
        return self.cards[0].order_no if len(self.cards) == 1 else ""


def view(
    parts: wiring.Serving, conversation_id: str, now: datetime, me: Person
) -> ConversationView:
    """The conversation as it stands, as everybody of this role sees it; an empty one where none
    has this id.
    """
    found = wiring.desk_state(parts).one(conversation_id) if conversation_id else None
    if found is None:
        return ConversationView("")
    conversation = found.conversation
    policy = parts.policy.current().for_shop(conversation.shop)
    asked = next((t for t in reversed(conversation.turns) if t.speaker is Speaker.CUSTOMER), None)
    kept = wiring.conversations(parts.database)
    body = kept.advice(conversation_id, asked.id) if asked else None
    orders = _orders(parts, conversation, body["order_no"] if body else None)
    order = orders[0] if len(orders) == 1 else None
    last = conversation.turns[-1] if conversation.turns else None
    closed_at = found.mark.closed_at
    handed = wiring.handoffs(parts.database).latest(conversation_id)
    photos = wiring.photos(parts.database).of(conversation_id)
    return ConversationView(
        id=conversation_id,
        who=conversation.nickname or "客户",
        channel=CHANNELS.get(found.channel, found.channel),
        closed=closed_at is not None and last is not None and closed_at >= last.at,
        mood=mood_of(conversation.turns),
        turns=tuple(_turns(found, photos, policy, now)),
        advice=show(body, policy, [t.id for t in conversation.turns]) if body else None,
        basis=basis(body) if body else "",
        answered=asked is not None and last is not asked,
        cards=tuple(details(one, policy.facts, now) for one in orders[:ORDERS_SHOWN]),
        more_orders=max(len(orders) - ORDERS_SHOWN, 0),
        procedure=tuple(_procedure(conversation, body, policy)) if body else (),
        promises=tuple(parts.desk.ledger.at_contact(conversation_id, order, now)),
        records=tuple(_records(parts, order, me)) if order else (),
        handed=handed,
        asked_again=tuple(_asked_again(handed, conversation, policy)),
        held=wiring.held_replies(parts).waiting(conversation_id),
        pieces=tuple(_pieces(order, policy, now)),
    )


def with_own(parts: wiring.Serving, shown: ConversationView, me: Person) -> ConversationView:
    """The same with what only this person has: the draft, and a reply that was given back."""
    if not shown.id:
        return shown
    draft = wiring.desk_state(parts).draft(me.name, shown.id)
    latest = wiring.held_replies(parts).latest(shown.id, me.name)
    returned = latest if latest and latest.state is HeldState.RETURNED and draft else None
    return replace(shown, draft=draft, returned=returned)


def quoted(findings: Iterable[Mapping[str, Any]], text: str) -> list[dict[str, Any]]:
    """Findings of the guard with the words they are about."""
    return [{**one, "quote": text[one["start"] : one["end"]]} for one in findings]


def _turns(
    seen: Seen, photos: Mapping[str, Photo], policy: Policy, now: datetime
) -> Iterator[ShownTurn]:
    for number, turn in enumerate(seen.conversation.turns, start=1):
        by_us = turn.speaker is not Speaker.CUSTOMER
        yield ShownTurn(
            id=turn.id,
            speaker=turn.speaker.value,
            name=turn.author or NAMES[turn.speaker],
            text=turn.text,
            at=clock(turn.at, now),
            step=_step(turn, policy) if by_us else "",
            delivery="已送达" if by_us and number <= seen.mark.delivered else "",
            photo=photos.get(turn.id),
        )


def _asked_again(
    handed: HandedOver | None, conversation: Conversation, policy: Policy
) -> Iterator[str]:
    for name in asked_again(handed, conversation.turns) if handed else ():
        yield policy.facts[name].title


def _step(turn: Turn, policy: Policy) -> str:
    found = find_step(turn.reading.case, turn.reading.step, policy)
    return found.title if found else ""


def _procedure(
    conversation: Conversation, body: Mapping[str, Any], policy: Policy
) -> Iterator[ShownStep]:
    """The steps of the case's playbook: what was done, and which one is next."""
    playbook = policy.for_intent(body["case"]) if body["case"] else None
    if playbook is None or playbook.generic:
        return
    for step in playbook.steps:
        now = step.id == body["step"]
        done = conversation.times_done(body["case"], step.id) > 0
        yield ShownStep(step.title, now, done)


def _records(parts: wiring.Serving, order: Order, me: Person) -> Iterator[ShownEntry]:
    listing = Listing(order_no=order.order_no, limit=RECORDS_SHOWN)
    for seen in parts.casework.find(me, listing):
        record = seen.record
        yield ShownEntry(record.id, record.register, record.state.value, tuple(seen.missing))


def _pieces(order: Order | None, policy: Policy, now: datetime) -> Iterator[Piece]:
    """A greeting, the facts that customers ask for, a closing."""
    yield from _worded("问候", GREETING, policy)
    if order and order.tracking_no:
        yield Piece("单号", f"{order.courier or '快递'}单号 {order.tracking_no}")
    if order and order.events:
        latest = max(order.events, key=lambda event: event.at)
        yield Piece("最新物流", f"{moment(latest.at, now)} {mask(latest.text)}")
    yield from _worded("结束语", CLOSING, policy)


def _worded(title: str, script: str, policy: Policy) -> Iterator[Piece]:
    variants = policy.scripts.replies(script, {})
    if variants:
        yield Piece(title, variants[0].text)


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
