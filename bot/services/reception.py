"""What the bot says to a customer by itself, and when it gives the customer to a colleague.

It sends the desk's reply only where the playbook leaves the reply to the bot, else it asks the
neutral questions of the step; whatever allows, refuses, pays or promises goes to a colleague.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.core.attendance import A_VISIT, COMPLAINTS, TAKES_MESSAGE, since_colleague
from bot.core.conversation import Conversation, Speaker, Turn
from bot.core.handed_over import HandedOver, Handoff, Why
from bot.core.mood import Mood, mood_of
from bot.core.orders import Order
from bot.core.playbook import Decision, Role
from bot.core.policy import Policy
from bot.core.service_hours import answered_by, in_words, somebody_is_there
from bot.core.understanding import Understanding
from bot.services.desk import Desk, Message
from bot.services.handoff import handoff_of
from bot.services.order_card import OrderCard, card_of
from bot.services.ports import Orders
from bot.services.ports.chat import Handoffs
from bot.services.ports.desk import DeskState

RECEPTION = "reception"
"""The playbook whose steps are the bot's own sentences."""
ON_REQUEST, TAKES_OVER = "colleague_on_request", "colleague_takes_over"
APOLOGISES = "colleague_after_apology"
IS_COMING, NOTED, READS_BACK = "colleague_is_coming", "message_noted", "read_back_order"
QUESTIONS, FAQ = ("usage_help", "presale_question", "payment_coupon"), "faq"
"""The playbooks and the step that word an answer of the FAQ, also in the middle of another case."""
MISSES = frozenset({"out_of_scope", "unclear"})
"""The playbooks by which the bot says that it cannot help."""
SAID_AT_MOST = 2
"""What was asked or told so often and did not help is left to a colleague."""
TELLS = (Decision.COLLECT, Decision.INFORM)
"""What the bot may send at most, and only where the playbook leaves it to the bot."""
ANSWERED_BY = "answered_by"
"""The placeholder for the moment by which a colleague answers."""
NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back to the customer's channel; without texts the bot is silent on purpose."""

    texts: tuple[str, ...] = ()
    advice: Mapping[str, Any] | None = None
    handoff: Handoff | None = None
    card: OrderCard | None = None


@dataclass(frozen=True, slots=True)
class _Visit:
    """One message of a customer and all that bears on the bot's answer to it."""

    message: Message
    advice: Mapping[str, Any]
    policy: Policy
    conversation: Conversation
    closed_at: datetime | None
    """Since when a colleague had nothing left to do."""

    @property
    def before(self) -> tuple[Turn, ...]:
        """The turns before this message: one that comes again is answered as the first time."""
        turns = self.conversation.turns
        ids = [turn.id for turn in turns]
        return turns[: ids.index(self.message.id)]

    @property
    def since_colleague(self) -> tuple[Turn, ...] | None:
        """The turns since the bot handed over or a colleague wrote; ``None`` without either."""
        return since_colleague(self.before, self.message.at, self.closed_at)

    @property
    def upset(self) -> bool:
        """The customer complains, or is angry about whatever it is."""
        number = len(self.before) + 1
        angry = mood_of(self.conversation.turns[:number]) is Mood.ANGRY
        return self.advice["case"] in COMPLAINTS or angry

    @property
    def left_until(self) -> str:
        """By when a colleague answers, in words; empty while somebody is there."""
        figures, at = self.policy.figures, self.message.at
        if somebody_is_there(figures, at):
            return ""
        return in_words(answered_by(figures, at), at)

    def times_said(self, step: str) -> int:
        return sum(turn.reading.step == step for turn in self.before)


class Reception:
    """Answers customers for the bot; what it says is noted in the conversation as its turn."""

    def __init__(
        self,
        desk: Desk,
        policy: Callable[[], Policy],
        orders: Orders,
        state: DeskState,
        handoffs: Handoffs,
    ) -> None:
        self._desk = desk
        self._policy = policy
        self._orders = orders
        self._state = state
        self._handoffs = handoffs

    def answer(self, message: Message, heard: Understanding) -> Answer:
        """The desk's reply where it is the bot's to give, else its questions, else a hand-over."""
        return self._answer(self._visit(message, heard))

    def answer_question(self, message: Message, heard: Understanding) -> Answer:
        """The shop's own answer where its FAQ has one; otherwise as to any message."""
        visit = self._visit(message, heard)
        found = visit.policy.faq.answer(message.text)
        if found is None or visit.since_colleague is not None:
            return self._answer(visit)
        question = next((i.name for i in heard.ranking if i.name in QUESTIONS), QUESTIONS[0])
        text = self._worded(visit, FAQ, {"faq_answer": found}, question)
        return self._say(visit, text, f"{question}.{FAQ}")

    def hand_over(self, message: Message, heard: Understanding) -> Answer:
        """Give the customer, who asks for it, to a colleague."""
        visit = self._visit(message, heard)
        if visit.since_colleague is not None:
            return self._wait(visit)
        return self._hand_over(visit, Why.REQUEST)

    def look_up(self, message: Message, heard: Understanding) -> Answer:
        """The customer's order, read back masked; nothing when it is not known which one."""
        visit = self._visit(message, heard)
        order = self._order(visit)
        if order is None:
            return Answer()
        card = card_of(order, visit.policy.facts)
        if visit.since_colleague is not None or not order.lines:
            return Answer(card=card)
        text = self._worded(visit, READS_BACK, card.values())
        self._note(visit, "order", text, f"{RECEPTION}.{READS_BACK}")
        return Answer((text,), card=card)

    def _visit(self, message: Message, heard: Understanding) -> _Visit:
        advice = self._desk.advise(message, heard)
        seen = self._state.one(message.conversation_id)
        assert seen is not None  # the desk has just kept the message
        policy = self._policy().for_shop(seen.conversation.shop)
        return _Visit(message, advice, policy, seen.conversation, seen.mark.closed_at)

    def _order(self, visit: _Visit) -> Order | None:
        number = visit.advice["order_no"]
        return self._orders.by_order_no(number) if number else None

    def _answer(self, visit: _Visit) -> Answer:
        if visit.since_colleague is not None:
            return self._wait(visit)
        if visit.upset:
            return self._hand_over(visit, Why.DECISION)
        if _goes_in_circles(visit) or _misses_again(visit):
            return self._hand_over(visit, Why.NO_ANSWER)
        text = _reply(visit) or _questions(visit)
        if text:
            return self._say(visit, text, visit.advice["replies"][0]["script"])
        return self._hand_over(visit, Why.DECISION)

    def _hand_over(self, visit: _Visit, why: Why) -> Answer:
        order = self._order(visit)
        message = visit.message
        promised = self._desk.ledger.at_contact(message.conversation_id, order, message.at)
        handoff = handoff_of(why, visit.advice, visit.conversation, order, visit.policy, promised)
        self._handoffs.keep(HandedOver(message.conversation_id, message.id, message.at, handoff))
        step, values = self._parting(visit, why)
        return replace(
            self._say(visit, self._worded(visit, step, values), f"{RECEPTION}.{step}"),
            handoff=handoff,
        )

    def _parting(self, visit: _Visit, why: Why) -> tuple[str, Mapping[str, str]]:
        """With which step the bot hands over, and what its words are filled with."""
        if visit.left_until:
            return TAKES_MESSAGE, {ANSWERED_BY: visit.left_until}
        if why is Why.REQUEST:
            return ON_REQUEST, NOTHING
        return APOLOGISES if visit.upset else TAKES_OVER, NOTHING

    def _wait(self, visit: _Visit) -> Answer:
        """A colleague has the customer: say once that they are coming, then leave it to them."""
        since = visit.since_colleague or ()
        if any(t.speaker is Speaker.AGENT or t.reading.step in (IS_COMING, NOTED) for t in since):
            return Answer(advice=visit.advice)
        step, values = IS_COMING, NOTHING
        if visit.left_until:
            step, values = NOTED, {ANSWERED_BY: visit.left_until}
        return self._say(visit, self._worded(visit, step, values), f"{RECEPTION}.{step}")

    def _worded(
        self,
        visit: _Visit,
        step: str,
        values: Mapping[str, str] = NOTHING,
        playbook: str = RECEPTION,
    ) -> str:
        used = visit.times_said(step)
        return visit.policy.scripts.replies(f"{playbook}.{step}", values, used)[0].text

    def _say(self, visit: _Visit, text: str, script: str) -> Answer:
        text = _one_message(text)
        self._note(visit, "bot", text, script)
        return Answer((text,), visit.advice)

    def _note(self, visit: _Visit, what: str, text: str, script: str) -> None:
        message = visit.message
        note_id = f"{message.id}:{what}"
        self._desk.observe(message.conversation_id, note_id, text, message.at, Speaker.BOT, script)


def _reply(visit: _Visit) -> str:
    """The desk's reply, where the playbook leaves it to the bot."""
    advice = visit.advice
    if advice["decided_by"] != Role.BOT or advice["decision"] not in TELLS or not advice["replies"]:
        return ""
    text: str = advice["replies"][0]["text"]
    return text


def _questions(visit: _Visit) -> str:
    """The neutral questions of a step that only asks."""
    if visit.advice["decision"] != Decision.COLLECT:
        return ""
    facts = visit.policy.facts
    return " ".join(q for one in visit.advice["ask"] if (q := facts[one["fact"]].question))


def _goes_in_circles(visit: _Visit) -> bool:
    """The step has been carried out on this visit before, and again; small talk may be repeated."""
    case, step = visit.advice["case"], visit.advice["step"]
    playbook = visit.policy.for_intent(case) if case else None
    asks = visit.advice["decision"] == Decision.COLLECT
    lately = tuple(t for t in visit.before if visit.message.at - t.at <= A_VISIT)
    said = replace(visit.conversation, turns=lately).times_done(case, step)
    return said >= SAID_AT_MOST and (asks or (playbook is not None and not playbook.generic))


def _misses_again(visit: _Visit) -> bool:
    """The bot would say again that it cannot help, as it did the last times."""
    replies = visit.advice["replies"]
    if not replies or replies[0]["script"].partition(".")[0] not in MISSES:
        return False
    books = (visit.policy.playbooks.get(name) for name in MISSES)
    misses = {step.id for book in books if book for step in book.steps}
    lately = [t for t in visit.before if visit.message.at - t.at <= A_VISIT]
    said = [t.reading.step for t in lately if t.speaker is Speaker.BOT][-SAID_AT_MOST:]
    return len(said) == SAID_AT_MOST and all(step in misses for step in said)


def _one_message(text: str) -> str:
    """Without blank lines: Rasa's channels would send what follows one as another message."""
    return "\n".join(line for line in text.splitlines() if line.strip())
